"""Several needs: the plan found is the best there is, by brute force; and it is told in plain words."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resource_hub.matching.policy import current
from resource_hub.matching.rules.assess import assess
from resource_hub.matching.rules.baskets import MOST_BASKETS, MOST_NEEDS, Candidate, baskets, best
from resource_hub.matching.values import Mode, Query
from resource_hub.matching.values.baskets import Basket
from resource_hub.matching.values.policy import BasketPolicy
from tests.matching.build import ORIGIN, Row, columns, query, rooms

COSTS = BasketPolicy(handoff=0.05, trip=0.1)
FOOD, POWER, HOME = "food-insecurity", "utility-insecurity", "homelessness"
ALL_THREE = query(needs=(FOOD, POWER, HOME))
NORTH, SOUTH = (ORIGIN.latitude + 0.01, ORIGIN.longitude), (ORIGIN.latitude - 0.01, ORIGIN.longitude)

services = st.lists(
    st.builds(
        Candidate,
        id=st.text("abcdef", min_size=1, max_size=3),
        row=st.just(0),
        chances=st.dictionaries(st.integers(0, 2), st.sampled_from([0.1, 0.3, 0.5, 0.9]), min_size=1),
        price=st.sampled_from([0.0, 0.2]),
        place=st.sampled_from(["", "here", "there", "far"]),
    ),
    max_size=5,
    unique_by=lambda candidate: candidate.id,
)


def every_loss(found: list[Candidate], policy: BasketPolicy) -> list[float]:
    """The losses of all ways to give each need to a service, the best first."""
    needs = sorted({need for candidate in found for need in candidate.chances})
    losses = []
    for givers in product(*([one for one in found if need in one.chances] for need in needs)):
        asked = {one.id: one for one in givers}.values()
        helped = sum(one.chances[need] for need, one in zip(needs, givers, strict=True))
        trips = len({one.place for one in asked} - {""})
        losses.append(sum(one.price + policy.handoff for one in asked) + trips * policy.trip - helped)
    return sorted(losses) if needs else []


@settings(deadline=None, max_examples=150)
@given(services)
def test_the_best_plans_are_those_of_brute_force(found: list[Candidate]) -> None:
    plans = best(found, COSTS)

    assert [plan.loss for plan in plans] == pytest.approx(every_loss(found, COSTS)[:MOST_BASKETS])
    assert len({frozenset(plan.chosen) for plan in plans}) == len(plans)


@settings(deadline=None, max_examples=50)
@given(services)
def test_a_plan_covers_each_need_once(found: list[Candidate]) -> None:
    needs = sorted({need for candidate in found for need in candidate.chances})

    for plan in best(found, COSTS):
        assert sorted(need for _name, asked in plan.chosen for need in asked) == needs


@settings(deadline=None, max_examples=50)
@given(services.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_the_order_of_the_services_changes_nothing(both: tuple[list[Candidate], list[Candidate]]) -> None:
    found, mixed = both

    assert best(mixed, COSTS) == best(found, COSTS)


def planned(rows: list[Row], asked: Query = ALL_THREE) -> tuple[Basket, ...]:
    table, room = columns(rows), rooms(rows)
    return baskets(table, asked, assess(table, room, asked, current()), current().basket)


def given_to(basket: Basket) -> dict[str, str]:
    return {need: handoff.listing.name for handoff in basket.handoffs for need in handoff.needs}


def test_one_service_for_everything_wins_over_three_that_are_as_good() -> None:
    rows = [
        Row("all", needs={FOOD: 1.0, POWER: 1.0, HOME: 1.0}),
        *(Row(need, needs={need: 1.0}) for need in (FOOD, POWER, HOME)),
    ]

    first = planned(rows)[0]

    assert given_to(first) == dict.fromkeys((FOOD, POWER, HOME), "all")
    assert (len(first.handoffs), first.trips) == (1, 1)


def test_two_services_in_one_place_are_one_trip() -> None:
    rows = [
        Row("food north", needs={FOOD: 1.0}, at=NORTH),
        Row("power north", needs={POWER: 1.0}, at=NORTH),
        Row("power south", needs={POWER: 1.0}, at=SOUTH),
    ]

    first, second = planned(rows, query(needs=(FOOD, POWER)))

    assert given_to(first) == {FOOD: "food north", POWER: "power north"}
    assert (first.trips, second.trips) == (1, 2)
    assert first.value == pytest.approx(second.value + current().basket.trip)


def test_a_much_better_place_is_worth_a_second_trip() -> None:
    rows = [
        Row("food north", needs={FOOD: 1.0}, at=NORTH),
        Row("power north", needs={POWER: 1.0}, at=NORTH, status="no-capacity"),
        Row("power south", needs={POWER: 1.0}, at=SOUTH, status="capacity", free=9),
    ]

    assert given_to(planned(rows, query(needs=(FOOD, POWER)))[0])[POWER] == "power south"


def test_what_comes_to_the_person_needs_no_trip() -> None:
    rows = [Row("meals", needs={FOOD: 1.0}, modes=Mode.HOME), Row("line", needs={POWER: 1.0}, modes=Mode.PHONE)]

    [only] = planned(rows, query(needs=(FOOD, POWER)))

    assert only.trips == 0


def test_places_that_are_not_known_exactly_are_not_taken_for_one() -> None:
    secret = [Row(need, needs={need: 1.0}, confidential=True) for need in (FOOD, POWER)]
    by_zip = [Row(need, needs={need: 1.0}, approximate=True) for need in (FOOD, POWER)]

    for rows in (secret, by_zip):
        assert planned(rows, query(needs=(FOOD, POWER)))[0].trips == 2


def test_a_need_that_nobody_answers_is_named() -> None:
    [only] = planned([Row("pantry", needs={FOOD: 1.0})])

    assert only.uncovered == (POWER, HOME)
    assert planned([]) == ()


def test_who_is_left_out_is_in_no_basket() -> None:
    rows = [Row("closed", needs={FOOD: 1.0, POWER: 1.0}, active=False), Row("open", needs={POWER: 1.0})]

    assert given_to(planned(rows)[0]) == {POWER: "open"}


def test_one_need_has_a_list_and_so_have_too_many() -> None:
    rows = [Row("pantry")]
    many = (FOOD, POWER, HOME, "stress", "veteran-status", "social-connection")

    assert planned(rows, query()) == ()
    assert len(many) > MOST_NEEDS
    assert planned(rows, query(needs=many)) == ()
    assert planned(rows, query(needs=many[:MOST_NEEDS])) != ()


def test_the_value_is_the_help_less_the_costs() -> None:
    [only] = planned([Row("both", needs={FOOD: 1.0, POWER: 0.5})], query(needs=(FOOD, POWER)))
    [match] = _listed([Row("both", needs={FOOD: 1.0, POWER: 0.5})])

    costs = current().basket
    assert only.value == pytest.approx(1.5 * match - costs.handoff - costs.trip)


def test_a_scarce_place_costs_its_price_once() -> None:
    scarce = Candidate("a", 0, {0: 0.5, 1: 0.5}, price=0.3, place="here")

    [plan] = best([scarce], COSTS)

    assert plan.chosen == (("a", (0, 1)),)
    assert plan.loss == pytest.approx(0.3 + 0.05 + 0.1 - 1.0)


def _listed(rows: list[Row]) -> list[float]:
    table, room, asked = columns(rows), rooms(rows), query(needs=(FOOD, POWER))
    judged = assess(table, room, asked, current())
    return [float(value) for value in judged.factors[1:].prod(axis=0)]
