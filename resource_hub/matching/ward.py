"""A list for many people at once: one assignment under the room there is, each person's part of it explained."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from resource_hub.accounts.work import Work
from resource_hub.core.errors import Fault
from resource_hub.core.language import Sentence
from resource_hub.inventory.models import Market
from resource_hub.matching.errors import BadQuestion
from resource_hub.matching.policy import current
from resource_hub.matching.queries import acceptance_of, columns_of, prices_of, rooms_of
from resource_hub.matching.rules import show
from resource_hub.matching.rules.allocation import NONE, assign
from resource_hub.matching.rules.assess import Assessment, assess
from resource_hub.matching.rules.lots import order
from resource_hub.matching.values import Bools, Columns, Floats, Ints, Match, Query, Reason, Rooms
from resource_hub.matching.values.ward import WardRow

MOST_CASES = 60
ALTERNATIVES = 3
_EQUAL = 1e-9


@dataclass(frozen=True)
class _Market:
    """What all cases share."""

    id: str
    columns: Columns
    rooms: Rooms
    price: Floats


def ward_list(work: Work, market: Market, queries: Mapping[str, Query]) -> tuple[WardRow, ...]:
    """Propose a service to each person (by id) for each of their needs, so that together they are helped best.

    Nobody gets less than what would be left after all others had chosen. Nothing is written and no place is held. A
    handoff takes one place where places are counted; where nobody counts there is room for all. Refuses with
    bad_question more than 60 persons' needs.
    """
    cases = [(person, replace(query, needs=(need,))) for person, query in queries.items() for need in query.needs]
    if len(cases) > MOST_CASES:
        text = Sentence("Choose fewer people: a list holds at most %(most)s needs.", most=MOST_CASES)
        raise BadQuestion(text, faults=(Fault("people", "too_many", text),))
    columns = columns_of(work.session, market)
    prices = prices_of(work.session, market.id, columns)
    here = _Market(market.id, columns, rooms_of(work.session, market.id, columns), prices)
    left = np.where(np.isnan(here.rooms.free), np.inf, here.rooms.free)
    firsts, places = _placed(work, here, [query for _person, query in cases], left)
    for place in places[places != NONE]:
        left[place] -= 1
    return tuple(_rows(work, here, cases, (firsts, places), left))


def _placed(work: Work, here: _Market, queries: list[Query], room: Floats) -> tuple[Ints, Ints]:
    """Return for each case the row that it would choose alone, and the one that it is given."""
    listed = []
    for query in queries:
        judged = _judged(work, here, query)
        fits = np.flatnonzero(judged.passed & (room >= 1))
        # As many as there are cases are enough: the others cannot fill them all.
        best = fits[order(judged.score[fits], here.columns.keys[fits], query.seed)][: len(queries)]
        listed.append((best, judged.score[best]))
    rows = np.unique(np.concatenate([best for best, _scores in listed])) if listed else np.zeros(0, dtype=np.int64)
    worth = np.full((len(listed), len(rows)), -np.inf)
    for case, (best, scores) in enumerate(listed):
        worth[case, np.searchsorted(rows, best)] = scores
    given = assign(worth, room[rows])
    places = np.array([NONE if place == NONE else rows[place] for place in given], dtype=np.int64)
    return np.array([best[0] if len(best) else NONE for best, _scores in listed], dtype=np.int64), places


def _judged(work: Work, here: _Market, query: Query) -> Assessment:
    acceptance = acceptance_of(work.session, here.id, here.columns, query.needs, query.at, current())
    price = None if query.ignore_prices else here.price
    return assess(here.columns, here.rooms, query, current(), price=price, acceptance=acceptance)


def _rows(
    work: Work, here: _Market, cases: list[tuple[str, Query]], found: tuple[Ints, Ints], left: Floats
) -> Iterator[WardRow]:
    firsts, places = found
    wanted = Counter(firsts.tolist())
    for (person, query), first, place in zip(cases, firsts.tolist(), places.tolist(), strict=True):
        judged = _judged(work, here, query)
        others = _shown(here, query, judged, left >= 1, ALTERNATIVES + 1)
        mine = _shown(here, query, judged, np.arange(len(here.columns)) == place, 1)
        match = mine[0] if mine else None
        rest = [one for one in others if match is None or one.listing != match.listing]
        same = place != NONE and judged.score[place] >= judged.score[first] - _EQUAL
        why = None if same else _why(here, first, place, wanted[first] - 1)
        yield WardRow(person, query.needs[0], match, tuple(rest[:ALTERNATIVES]), why)


def _shown(here: _Market, query: Query, judged: Assessment, rows: Bools, limit: int) -> tuple[Match, ...]:
    of = replace(judged, answers=judged.answers & rows)
    return show.matches(here.columns, here.rooms, replace(query, limit=limit), of)


def _why(here: _Market, first: int, place: int, others: int) -> Reason:
    if place == NONE:
        return Reason("ward_nothing")
    values = {"name": here.columns.listings[first].name, "places": int(here.rooms.free[first])}
    return Reason("ward_shared", values | {"others": others}) if others else Reason("ward_kept", values)
