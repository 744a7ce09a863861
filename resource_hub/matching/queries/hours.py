"""When: schedules and dated exceptions as long tables. A row's own win over its service's, those over its place's."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_hub.inventory.models import Schedule, ScheduleException
from resource_hub.matching.queries.places import Place
from resource_hub.matching.rules.opening_rules import COLUMNS, Line, lines_of, span
from resource_hub.matching.values import Exceptions, Hours


def hours_of(session: Session, market_id: str, places: Sequence[Place]) -> Hours:
    """Return the opening rules and exceptions of every row."""
    schedules = _schedules(session, market_id)
    table: list[tuple[int, ...]] = []
    stated, uncertain = np.zeros(len(places), dtype=np.bool_), np.zeros(len(places), dtype=np.bool_)
    for row, place in enumerate(places):
        owners = (place.id, place.service_id, place.location_id)
        lines = next((schedules[owner] for owner in owners if owner and owner in schedules), [])
        stated[row], uncertain[row] = bool(lines), None in lines
        table += [(row, *line) for line in lines if line is not None]
    columns = np.array(table, dtype=np.int64).reshape(-1, 1 + len(COLUMNS)).T
    named = dict(zip(("row", *COLUMNS), columns, strict=True))
    return Hours(**named, stated=stated, uncertain=uncertain, exceptions=_exceptions(session, market_id, places))


def _schedules(session: Session, market_id: str) -> Mapping[str, list[Line | None]]:
    """Return the lines of each owner; None stands for a rule that cannot be followed."""
    result: dict[str, list[Line | None]] = defaultdict(list)
    for schedule in session.scalars(select(Schedule).where(Schedule.market_id == market_id)):
        owner = schedule.service_at_location_id or schedule.service_id or schedule.location_id
        if owner:
            result[owner] += lines_of(schedule)
    return result


def _exceptions(session: Session, market_id: str, places: Sequence[Place]) -> Exceptions:
    query = select(
        ScheduleException.service_at_location_id,
        ScheduleException.service_id,
        ScheduleException.on_date,
        ScheduleException.closed,
        ScheduleException.opens_at,
        ScheduleException.closes_at,
    ).where(ScheduleException.market_id == market_id)
    said: dict[str, dict[int, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for place_id, service_id, day, closed, opens_at, closes_at in session.execute(query):
        opens = None if closed else span(opens_at, closes_at)
        said[place_id or service_id or ""][day.toordinal()].append(opens or (-1, -1))
    lines = [
        (row, day, *opens)
        for row, place in enumerate(places)
        for day, spans in {**said.get(place.service_id, {}), **said.get(place.id, {})}.items()
        for opens in ([(-1, -1)] if (-1, -1) in spans else spans)
    ]
    table = np.array(lines, dtype=np.int64).reshape(-1, 4)
    return Exceptions(*table.T)
