"""The whole ranking: who is never shown, what never ranks lower, and that the shown parts are the score."""

from dataclasses import replace
from datetime import date, timedelta
from math import prod
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resource_hub.inventory.values import Operator
from resource_hub.matching.policy import current
from resource_hub.matching.rules import show
from resource_hub.matching.rules.assess import EXCLUSIONS, assess
from resource_hub.matching.rules.formula import FACTORS, score
from resource_hub.matching.rules.lots import draw, order
from resource_hub.matching.values import Condition, Extent, Mode, Query
from tests.matching.build import AT, ORIGIN, TODAY, Row, Weekly, columns, left_out, names, query, ranked, rooms

ELDERS = Condition("age", Operator.AT_LEAST, 60, approved=True)

rows_of_a_market = st.lists(
    st.builds(
        Row,
        name=st.text("abcdefgh", min_size=4, max_size=8),
        needs=st.fixed_dictionaries(
            {}, optional={"food-insecurity": st.floats(0.1, 1), "utility-insecurity": st.floats(0.1, 1)}
        ),
        at=st.none() | st.tuples(st.floats(38.5, 39.9), st.floats(-77.5, -76)),
        confidential=st.booleans(),
        active=st.booleans(),
        modes=st.sampled_from([Mode.IN_PERSON, Mode.IN_PERSON | Mode.PHONE, Mode.HOME]),
        areas=st.sampled_from([(), (Extent("county", "Garrett"),), (Extent("postal_code", "21201"),)]),
        alternatives=st.sampled_from([(), ((ELDERS,),), ((replace(ELDERS, approved=False),),)]),
        schedules=st.sampled_from([(), (Weekly(),), (Weekly(freq="MONTHLY", byday="-1SA"),)]),
        checked=st.none() | st.dates(date(2024, 1, 1), TODAY),
        languages=st.sampled_from([(), ("es",), ("ko",)]),
        documents=st.sampled_from([(), ("has_id",)]),
        status=st.sampled_from(["unknown", "capacity", "no-capacity", "waitlist"]),
        free=st.none() | st.integers(0, 9),
        waiting_days=st.none() | st.integers(0, 40),
        as_of=st.integers(0, 60).map(lambda days: AT - timedelta(days=days)),
    ),
    max_size=12,
    unique_by=lambda row: row.name,
)
questions = st.builds(
    query,
    needs=st.sampled_from([("food-insecurity",), ("food-insecurity", "utility-insecurity")]),
    facts=st.sampled_from([{}, {"age": 30.0}, {"age": 70.0, "has_id": False}]),
    language=st.sampled_from([None, "es"]),
    max_km=st.sampled_from([None, 10.0]),
    origin=st.sampled_from([None, ORIGIN]),
    seed=st.integers(0, 3),
    limit=st.just(50),
)


@settings(deadline=None, max_examples=30)
@given(rows_of_a_market, questions)
def test_every_row_that_answers_is_shown_or_left_out_with_one_reason(rows: list[Row], asked: Query) -> None:
    shown, out = names(rows, asked), left_out(rows, asked)
    answers = {row.name for row in rows if any(row.needs.get(need) for need in asked.needs)}

    assert len(shown) == len(set(shown))
    assert set(shown) | set(out) == answers
    assert not set(shown) & set(out)
    for row in rows:
        if row.name in shown:
            assert row.active
            assert not (row.alternatives == ((ELDERS,),) and asked.facts.get("age") == 30.0)
            assert row.areas != (Extent("county", "Garrett"),)


@settings(deadline=None, max_examples=30)
@given(rows_of_a_market, questions)
def test_the_factors_shown_multiply_to_the_score(rows: list[Row], asked: Query) -> None:
    matches = ranked(rows, asked)

    for match in matches:
        assert [factor.code for factor in match.factors] == list(FACTORS)
        assert all(0 < factor.value <= 1 for factor in match.factors)
        assert abs(prod(factor.value for factor in match.factors) - match.price - match.score) < 1e-9
    assert [round(match.score, 12) for match in matches] == sorted(
        (round(match.score, 12) for match in matches), reverse=True
    )


@settings(deadline=None, max_examples=30)
@given(rows_of_a_market, questions, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(rows: list[Row], asked: Query, random: Random) -> None:
    mixed = list(rows)
    random.shuffle(mixed)

    assert ranked(rows, asked) == ranked(mixed, asked)


@settings(deadline=None, max_examples=30)
@given(rows_of_a_market, questions)
def test_the_same_seed_gives_the_same_list(rows: list[Row], asked: Query) -> None:
    assert ranked(rows, asked) == ranked(rows, asked)


@settings(deadline=None, max_examples=30)
@given(rows_of_a_market, questions)
def test_a_shorter_list_is_the_beginning_of_a_longer_one(rows: list[Row], asked: Query) -> None:
    assert names(rows, replace(asked, limit=3)) == names(rows, asked)[:3]


NORTH = (ORIGIN.latitude + 0.05, ORIGIN.longitude)
WORSE = {
    "farther": {"at": NORTH},
    "staler": {"checked": TODAY - timedelta(days=300)},
    "fuller": {"status": "capacity", "free": 1},
    "worse fitting": {"needs": {"food-insecurity": 0.5}},
    "later open": {"schedules": (Weekly(byday="MO"),)},
    "asking for papers": {"other_documents": True},
    "not known to be for this person": {"alternatives": ((ELDERS,),)},
}


@pytest.mark.parametrize("words", WORSE.values(), ids=WORSE.keys())
@pytest.mark.parametrize("seed", range(5))
def test_of_two_equals_the_better_one_comes_first(words: dict[str, object], seed: int) -> None:
    better = Row("better", status="capacity", free=6)
    worse = replace(better, name="worse", **words)  # type: ignore[arg-type]  # fields by name

    assert names([worse, better], query(seed=seed)) == ["better", "worse"]


def test_equals_are_drawn_by_lot_and_each_comes_first_about_as_often() -> None:
    rows = [Row(name) for name in ("ant", "bee", "cow", "dog")]

    first = [names(rows, query(seed=seed))[0] for seed in range(400)]

    assert all(60 <= first.count(row.name) <= 140 for row in rows)
    assert all(names(rows, query(seed=seed)) == names(rows[::-1], query(seed=seed)) for seed in range(20))


def test_a_difference_below_a_billionth_of_a_thousandth_is_a_tie() -> None:
    keys = np.arange(2, dtype=np.uint64)
    near = np.array([0.5, 0.5 + 1e-14])
    firsts = {int(order(near, keys, seed)[0]) for seed in range(30)}

    assert firsts == {0, 1}
    assert [int(order(np.array([0.5, 0.5 + 1e-9]), keys, seed)[0]) for seed in range(30)] == [1] * 30
    assert len(set(draw(np.arange(1000, dtype=np.uint64), 1).tolist())) == 1000


def test_a_row_is_counted_under_the_first_reason_that_applies() -> None:
    everything = Row(
        "all", active=False, areas=(Extent("county", "Garrett"),), alternatives=((ELDERS,),), at=(39.9, -76.6)
    )
    asked = query(facts={"age": 30.0}, max_km=1)
    steps = [everything]
    for mend in ({"active": True}, {"areas": ()}, {"alternatives": ()}):
        steps.append(replace(steps[-1], **mend))

    assert [left_out([row], asked)["all"] for row in steps] == list(EXCLUSIONS)


def test_counts_agree_with_the_list_of_what_was_left_out() -> None:
    rows = [Row("a", active=False), Row("b", active=False), Row("c", alternatives=((ELDERS,),)), Row("d")]
    table, room, asked = columns(rows), rooms(rows), query(facts={"age": 30.0})
    counts = show.excluded_counts(assess(table, room, asked, current()))

    assert counts == {"inactive": 2, "outside_area": 0, "ineligible": 1, "too_far": 0}


def test_the_price_of_a_scarce_place_is_taken_off() -> None:
    rows = [Row("scarce"), Row("plenty", checked=TODAY - timedelta(days=30))]
    table, room = columns(rows), rooms(rows)
    free = assess(table, room, query(), current())
    priced = assess(table, room, query(), current(), price=np.array([0.2, 0.0]))

    assert show.matches(table, room, query(), free)[0].listing.name == "scarce"
    assert show.matches(table, room, query(), priced)[0].listing.name == "plenty"
    np.testing.assert_allclose(priced.score, score(priced.factors, np.zeros(2)) - np.array([0.2, 0.0]))
