"""Several needs: which services together cover them all with the fewest handoffs and trips.

A plan is built service by service, place by place: every way to share out the needs arises exactly once, so that the
best few plans for each set of needs covered are all that has to be kept.
"""

from bisect import insort
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, combinations, groupby
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from resource_hub.matching.rules.assess import Assessment
from resource_hub.matching.rules.formula import FACTORS
from resource_hub.matching.rules.lots import rounded
from resource_hub.matching.values.baskets import Basket, Handoff
from resource_hub.matching.values.columns import Columns, Floats
from resource_hub.matching.values.policy import BasketPolicy
from resource_hub.matching.values.query import REMOTE, Query

MOST_BASKETS = 3
# With more needs than this a list for each of them is clearer than a plan for all.
MOST_NEEDS = 5
ROWS_PER_NEED = 30
_DIGITS = 12
_SAME = 1e-9
_METRE = 5

_REMOTE = ""


@dataclass(frozen=True)
class Candidate:
    """A service that may be chosen: the chance of help with each need it answers, its price, where one has to go."""

    id: str
    row: int
    chances: Mapping[int, float]
    price: float
    place: str


class Plan(NamedTuple):
    """What a choice costs beyond the help it gives (less is better), and the services with the needs asked of each."""

    loss: float
    chosen: tuple[tuple[str, tuple[int, ...]], ...]


# The best few plans for each set of needs covered: bit n stands for need n.
Plans = dict[int, list[Plan]]


def baskets(columns: Columns, query: Query, assessment: Assessment, policy: BasketPolicy) -> tuple[Basket, ...]:
    """Return the best few ways to cover all needs, best first; none for a single need or for too many."""
    if not 1 < len(query.needs) <= MOST_NEEDS:
        return ()
    found = {candidate.id: candidate for candidate in candidates(columns, assessment)}
    plans = best(found.values(), policy)
    return tuple(_basket(columns, query, found, plan) for plan in plans)


def candidates(columns: Columns, assessment: Assessment) -> list[Candidate]:
    """Return the best rows for each need, and of those that answer several.

    A row's chance of help with a need is its chance without the fit, times its weight for that need.
    """
    others = [number for number, factor in enumerate(FACTORS) if factor != "fit"]
    chances = assessment.needs * np.prod(assessment.factors[others], axis=0)[:, None]
    chances[~assessment.passed] = 0
    several = np.where((chances > 0).sum(axis=1) > 1, chances.sum(axis=1), 0)
    rows = {row for worth in (*chances.T, several) for row in _best(columns, worth)}
    return [_candidate(columns, assessment, chances, row) for row in sorted(rows)]


def best(found: Iterable[Candidate], policy: BasketPolicy) -> list[Plan]:
    """Return the best few plans that cover every need that somebody answers, each service used at most once."""
    services = sorted(found, key=attrgetter("place", "id"))
    plans: Plans = {0: [Plan(0.0, ())]}
    for place, there in groupby(services, key=attrgetter("place")):
        trip = 0.0 if place == _REMOTE else policy.trip
        here: Plans = {}
        for service in there:
            so_far = {needs: list(some) for needs, some in here.items()}
            _extend(here, plans, service, policy.handoff + trip)
            _extend(here, so_far, service, policy.handoff)
        for needs, some in here.items():
            for plan in some:
                _keep(plans, needs, plan)
    covered = sum({1 << need for service in services for need in service.chances})
    return plans[covered] if covered else []


def _extend(into: Plans, plans: Plans, service: Candidate, cost: float) -> None:
    """Add to some plans every way to ask a service for needs that they do not cover."""
    for asked in _some(service.chances):
        needs = sum(1 << need for need in asked)
        more = cost + service.price - sum(service.chances[need] for need in asked)
        for covered, some in plans.items():
            if covered & needs == 0:
                for plan in some:
                    _keep(into, covered | needs, Plan(plan.loss + more, (*plan.chosen, (service.id, asked))))


def _keep(plans: Plans, needs: int, plan: Plan) -> None:
    some = plans.setdefault(needs, [])
    if len(some) < MOST_BASKETS or plan.loss < some[-1].loss + _SAME:
        insort(some, plan, key=_rank)
        del some[MOST_BASKETS:]


def _rank(plan: Plan) -> tuple[float, int, tuple[tuple[str, tuple[int, ...]], ...]]:
    return round(plan.loss, _DIGITS), len(plan.chosen), plan.chosen


def _some(needs: Iterable[int]) -> Iterator[tuple[int, ...]]:
    ordered = sorted(needs)
    return chain.from_iterable(combinations(ordered, count) for count in range(1, len(ordered) + 1))


def _best(columns: Columns, worth: Floats) -> list[int]:
    rows = np.flatnonzero(worth > 0)
    falling = -rounded(worth[rows])
    if len(rows) > ROWS_PER_NEED:
        near = falling <= np.partition(falling, ROWS_PER_NEED)[ROWS_PER_NEED]
        rows, falling = rows[near], falling[near]
    ranked = sorted(
        zip(falling.tolist(), rows.tolist(), strict=True),
        key=lambda pair: (pair[0], columns.listings[pair[1]].service_at_location_id),
    )
    return [row for _worth, row in ranked[:ROWS_PER_NEED]]


def _candidate(columns: Columns, assessment: Assessment, chances: Floats, row: int) -> Candidate:
    answered = {need: float(chance) for need, chance in enumerate(chances[row]) if chance > 0}
    name = columns.listings[row].service_at_location_id
    return Candidate(name, row, answered, float(assessment.price[row]), _place(columns, row, name))


def _place(columns: Columns, row: int, otherwise: str) -> str:
    """Name the place to go to; what has the same coordinates is one place, what has none of its own is another."""
    if columns.modes[row] & REMOTE:
        return _REMOTE
    latitude, longitude = columns.latitude[row], columns.longitude[row]
    known = not (columns.approximate[row] or np.isnan(latitude))
    return f"{latitude:.{_METRE}f},{longitude:.{_METRE}f}" if known else otherwise


def _basket(columns: Columns, query: Query, found: Mapping[str, Candidate], plan: Plan) -> Basket:
    needs = {name: tuple(query.needs[need] for need in asked) for name, asked in plan.chosen}
    first_need = {name: asked[0] for name, asked in plan.chosen}
    services = [found[name] for name in sorted(needs, key=first_need.__getitem__)]
    visits = {place: number for number, place in enumerate(dict.fromkeys(one.place for one in services if one.place))}
    handoffs = tuple(Handoff(columns.listings[one.row], needs[one.id], visits.get(one.place)) for one in services)
    covered = {need for some in needs.values() for need in some}
    return Basket(handoffs, tuple(need for need in query.needs if need not in covered), -plan.loss)
