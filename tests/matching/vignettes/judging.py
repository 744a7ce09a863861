"""Ranks a vignette and says which of its expectations are missed, and how far the order agrees with the grades."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from math import log2

import numpy as np

from resource_hub.matching.policy import current
from resource_hub.matching.rules import show
from resource_hub.matching.rules.assess import assess
from resource_hub.matching.rules.baskets import baskets
from resource_hub.matching.values import Exclusion, Match, Policy
from resource_hub.matching.values.baskets import Basket
from tests.matching.build import columns, rooms
from tests.matching.vignettes.reading import Vignette


@dataclass(frozen=True)
class Answer:
    """What the ranking says to a vignette."""

    vignette: Vignette
    matches: tuple[Match, ...]
    exclusions: tuple[Exclusion, ...]
    baskets: tuple[Basket, ...]

    @cached_property
    def places(self) -> Mapping[str, int]:
        return {match.listing.name: place for place, match in enumerate(self.matches)}

    @cached_property
    def by_name(self) -> Mapping[str, Match]:
        return {match.listing.name: match for match in self.matches}

    @cached_property
    def out(self) -> Mapping[str, str]:
        return {one.listing.name: one.code for one in self.exclusions}


def answer(vignette: Vignette, policy: Policy | None = None) -> Answer:
    """Rank a vignette's market, by the policy in force unless another is given."""
    policy = policy or current()
    table, room = columns(vignette.rows, vignette.zone), rooms(vignette.rows)
    table = replace(table, state=vignette.state)
    judged = assess(table, room, vignette.query, policy, price=np.array(vignette.prices))
    return Answer(
        vignette,
        show.matches(table, room, vignette.query, judged),
        tuple(show.exclusions(table, vignette.query, judged)),
        baskets(table, vignette.query, judged, policy.basket),
    )


def misses(said: Answer) -> list[str]:
    """Return each expectation that is not met, in words."""
    expect = said.vignette.expect
    unknown = set(expect) - {"first", "order", "out", "asks", "eligible", "state", "plan", "trips"}
    named = f"{said.vignette.file}: {said.vignette.id}: "
    wrong = [f"no such expectation: {key}" for key in sorted(unknown)]
    wrong += [*_order(said), *_rows(said), *_plan(said)]
    return [named + text for text in wrong]


def ndcg(said: Answer) -> float:
    """Return how near the order comes to the best order of the grades, 1 at most; what is not graded counts 0."""
    grades = [said.vignette.grades.get(match.listing.name, 0) for match in said.matches]
    best = _gain(sorted(said.vignette.grades.values(), reverse=True))
    return _gain(grades) / best if best else 1.0


def _gain(grades: Sequence[int]) -> float:
    return float(sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(grades)))


def _order(said: Answer) -> Iterator[str]:
    expect, listed = said.vignette.expect, [match.listing.name for match in said.matches]
    if "first" in expect and listed[:1] != [expect["first"]]:
        yield f"“{expect['first']}” should be first, but the list is {_scored(said)}"
    for chain in expect.get("order", []):
        for better, worse in pairwise(chain):
            if said.places.get(better, len(listed)) >= said.places.get(worse, len(listed)):
                yield f"“{better}” should stand above “{worse}”, but the list is {_scored(said)}"


def _rows(said: Answer) -> Iterator[str]:
    expect = said.vignette.expect
    if dict(said.out) != expect.get("out", {}):
        yield f"left out should be {expect.get('out', {})}, but it is {dict(said.out)}"
    for name, facts in expect.get("asks", {}).items():
        asked = [question.fact for question in said.by_name[name].questions]
        if not set(facts) <= set(asked):
            yield f"“{name}” should ask for {facts}, but it asks for {asked}"
    for name in expect.get("eligible", []):
        if not said.by_name[name].eligible:
            yield f"“{name}” should be known to be open to this person"
    for name, state in expect.get("state", {}).items():
        if (found := said.by_name[name].opening.state.value) != state:
            yield f"“{name}” should be {state}, but it is {found}"


def _plan(said: Answer) -> Iterator[str]:
    expect = said.vignette.expect
    if "plan" not in expect:
        return
    best = said.baskets[0]
    given = {need: handoff.listing.name for handoff in best.handoffs for need in handoff.needs}
    if given != expect["plan"]:
        yield f"the plan should be {expect['plan']}, but it is {given}"
    if best.trips != expect["trips"]:
        yield f"the plan should need {expect['trips']} trips, but it needs {best.trips}"


def _scored(said: Answer) -> str:
    return ", ".join(f"“{match.listing.name}” {match.score:.3f}" for match in said.matches)
