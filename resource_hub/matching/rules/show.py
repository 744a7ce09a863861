"""Turns judged columns into the values that are shown: the top rows with reasons, the exclusions with theirs."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from math import isnan
from zoneinfo import ZoneInfo

import numpy as np

from resource_hub.matching.rules import eligibility, reasons
from resource_hub.matching.rules.assess import EXCLUSIONS, Assessment, local_day
from resource_hub.matching.rules.distance import MODES
from resource_hub.matching.rules.exposure import first_places
from resource_hub.matching.rules.formula import FACTORS
from resource_hub.matching.rules.lots import order
from resource_hub.matching.rules.questions import questions
from resource_hub.matching.values.columns import ROOM_STATUSES, Columns, Rooms
from resource_hub.matching.values.policy import Exposure
from resource_hub.matching.values.query import Query
from resource_hub.matching.values.ranking import (
    Exclusion,
    Factor,
    Match,
    Opening,
    OpenState,
    Question,
    Reason,
    RoomShown,
    Travel,
    Truth,
)

WhyFit = Callable[[int], tuple[Reason, ...]]


def matches(
    columns: Columns,
    rooms: Rooms,
    query: Query,
    assessment: Assessment,
    exposure: Exposure | None = None,
    why_fit: WhyFit | None = None,
) -> tuple[Match, ...]:
    """Return the best rows, best first, as many as the query's limit. With `exposure` near-equals take turns.

    `why_fit` says of a row why it answers a question in words.
    """
    passed = np.flatnonzero(assessment.passed)
    ranked = passed[order(assessment.score[passed], columns.keys[passed], query.seed)]
    lots = dict(first_places(ranked, assessment.score, columns.keys, query.seed, exposure, query.limit))
    asked = questions(columns, tuple(lots), query, assessment.score)
    return tuple(
        replace(_match(columns, rooms, query, assessment, row, asked[row], why_fit), lot=lot)
        for row, lot in lots.items()
    )


def excluded_counts(assessment: Assessment) -> Mapping[str, int]:
    """Return how many rows that answer a need were left out, by the first reason that applies."""
    counted = Counter(assessment.exclusion[assessment.answers].tolist())
    return {code: counted[number] for number, code in enumerate(EXCLUSIONS)}


def exclusions(columns: Columns, query: Query, assessment: Assessment) -> Iterator[Exclusion]:
    """Yield every row that answers a need and was left out, by reason and then by name."""
    out = np.flatnonzero(assessment.answers & (assessment.exclusion >= 0))
    profiles = columns.of.eligibility
    for row in sorted(
        out.tolist(), key=lambda row: (assessment.exclusion[row], columns.listings[row].name.lower(), row)
    ):
        code = EXCLUSIONS[assessment.exclusion[row]]
        failed = (
            eligibility.failed(columns.eligibility, int(profiles[row]), query.facts) if code == "ineligible" else None
        )
        yield Exclusion(columns.listings[row], code, failed)


def _match(
    columns: Columns,
    rooms: Rooms,
    query: Query,
    assessment: Assessment,
    row: int,
    asked: tuple[Question, ...],
    why_fit: WhyFit | None,
) -> Match:
    needs = tuple(need for need, weight in zip(query.needs, assessment.needs[row], strict=True) if weight > 0)
    travel, room = _travel(columns, assessment, row), _room(rooms, columns.zone, row)
    opening = _opening(columns, assessment, row)
    today = date.fromordinal(local_day(query.at, columns.zone))
    named = reasons.fit(needs, query, float(assessment.needs[row].max())) if needs or why_fit is None else ()
    why = (
        (*named, *why_fit(row)) if why_fit else named,
        reasons.listing_right(columns, row, query),
        reasons.accept(assessment, row, room, today),
        reasons.follow_through(columns, assessment, row, query, travel),
        reasons.timeliness(opening, assessment, columns, row, query),
    )
    values = assessment.factors[:, row].tolist()
    intervals = (None, None, reasons.accept_interval(assessment, row), None, None)
    return Match(
        listing=columns.listings[row],
        needs=needs,
        score=float(assessment.score[row]),
        factors=tuple(Factor(*parts) for parts in zip(FACTORS, values, why, intervals, strict=True)),
        price=float(assessment.price[row]),
        travel=travel,
        eligible=bool(assessment.eligible[row] == Truth.YES),
        questions=asked,
        room=room,
        opening=opening,
        verified_on=_day(columns.verified_on[row]),
        confidential=bool(columns.confidential[row]),
    )


def _travel(columns: Columns, assessment: Assessment, row: int) -> Travel:
    km, minutes = float(assessment.there.km[row]), float(assessment.there.minutes[row])
    if isnan(km):
        return Travel(None, None, None, approximate=False)
    mode = MODES[assessment.there.mode[row]]
    estimated = not assessment.there.measured[row]
    return Travel(km, max(round(minutes), 1), mode, bool(columns.approximate[row]), estimated)


def _room(rooms: Rooms, zone: str, row: int) -> RoomShown:
    stated = _moment(float(rooms.as_of[row]), zone)
    return RoomShown(
        status=ROOM_STATUSES[rooms.status[row]],
        available=_whole(float(rooms.free[row])),
        as_of=stated.date() if stated else None,
        waiting_days=_whole(float(rooms.waiting_days[row])),
    )


def _opening(columns: Columns, assessment: Assessment, row: int) -> Opening:
    opens = assessment.opens
    if not assessment.believed[row]:
        return Opening(OpenState.UNKNOWN, None, None)
    state = OpenState.OPEN if opens.open[row] else OpenState.CLOSED if opens.known[row] else OpenState.UNKNOWN
    closes, next_open = (_moment(float(times[row]), columns.zone) for times in (opens.closes, opens.next_open))
    return Opening(state, next_open, closes)


def _moment(minutes: float, zone: str) -> datetime | None:
    return None if isnan(minutes) else datetime.fromtimestamp(minutes * 60, UTC).astimezone(ZoneInfo(zone))


def _whole(number: float) -> int | None:
    return None if isnan(number) else int(number)


def _day(ordinal: float) -> date | None:
    return None if isnan(ordinal) else date.fromordinal(int(ordinal))
