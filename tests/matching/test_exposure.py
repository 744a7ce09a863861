"""Near-equals take turns at being first: none is passed over, none is lifted over a clearly better one."""

from collections import Counter
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resource_hub.matching.policy import current
from resource_hub.matching.rules import show
from resource_hub.matching.rules.assess import assess
from resource_hub.matching.rules.exposure import first_places, propensity
from resource_hub.matching.rules.lots import order
from resource_hub.matching.values import Match, Query
from resource_hub.matching.values.lots import Lot
from resource_hub.matching.values.policy import Exposure
from tests.matching.build import Row, columns, query, rooms

TURNS = Exposure(margin=0.02, floor=0.1)
# Near the top of a list: exact equals, near-equals and clearly worse ones all occur.
some_scores = st.lists(st.sampled_from([0.5, 0.4999, 0.496, 0.4905, 0.489, 0.45, 0.2, -0.1]), min_size=1, max_size=7)
seeds = st.integers(1, 10_000)


def drawn(scores: list[float], seed: int, policy: Exposure = TURNS, most: int = 50) -> list[tuple[int, Lot]]:
    values, keys = np.array(scores), np.arange(1, len(scores) + 1, dtype=np.uint64)
    return list(first_places(order(values, keys, seed), values, keys, seed, policy, most))


def frequencies(scores: list[float], draws: int = 2500) -> list[float]:
    """How often each row comes first."""
    firsts = Counter(drawn(scores, seed, most=1)[0][0] for seed in range(1, draws + 1))
    return [firsts[row] / draws for row in range(len(scores))]


@given(some_scores, seeds)
def test_nothing_is_lost_and_nothing_lifted_over_a_clearly_better_one(scores: list[float], seed: int) -> None:
    rows = [row for row, _lot in drawn(scores, seed)]

    assert sorted(rows) == list(range(len(scores)))
    for place, row in enumerate(rows):
        overtaken = max(scores[later] for later in rows[place:])
        assert scores[row] >= overtaken - TURNS.margin * abs(overtaken) - 1e-12


@given(some_scores, seeds)
def test_a_shorter_list_is_the_beginning_of_a_longer_one(scores: list[float], seed: int) -> None:
    assert drawn(scores, seed, most=2) == drawn(scores, seed)[:2]


@given(some_scores, seeds)
def test_only_one_of_the_near_equals_moves(scores: list[float], seed: int) -> None:
    rows = [scores[row] for row, _lot in drawn(scores, seed)]
    starts = [place for place, (_row, lot) in enumerate(drawn(scores, seed)) if lot.place == 1]

    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        assert rows[start + 1 : end] == sorted(rows[start + 1 : end], reverse=True)


@given(some_scores)
def test_without_a_seed_or_a_policy_the_order_is_plain(scores: list[float]) -> None:
    assert [scores[row] for row, _lot in drawn(scores, 0)] == sorted(scores, reverse=True)
    never = Exposure(margin=0.0, floor=0.0)
    assert [scores[row] for row, _lot in drawn(scores, 5, never)] == sorted(scores, reverse=True)


def test_each_near_equal_is_first_at_least_as_often_as_the_floor_says() -> None:
    shares = frequencies([0.5, 0.4999, 0.496, 0.45])

    assert shares[3] == 0
    assert shares[1] == pytest.approx(0.1, abs=0.02)
    assert shares[2] == pytest.approx(0.1, abs=0.02)
    assert shares[0] == pytest.approx(0.8, abs=0.02)


def test_many_near_equals_are_first_equally_often() -> None:
    shares = frequencies([0.5 - 1e-6 * row for row in range(20)])

    assert min(shares) > 0.03
    assert max(shares) < 0.07


@pytest.mark.parametrize("scores", [[0.5, 0.5, 0.496], [0.5, 0.496, 0.496], [0.5] * 3, [0.5, 0.4999, 0.496, 0.496]])
def test_the_propensity_is_how_often_it_happens(scores: list[float]) -> None:
    draws = 2500
    seen: Counter[tuple[float, int]] = Counter()
    said: dict[tuple[float, int], float] = {}
    for seed in range(1, draws + 1):
        places = drawn(scores, seed)
        for row, lot in places:
            said[scores[row], lot.place] = lot.propensity
            for place in range(lot.place, len(scores) + 1):
                seen[scores[row], place] += 1

    for (score, place), chance in said.items():
        assert seen[score, place] / draws / scores.count(score) == pytest.approx(chance, abs=0.03)


def oracle(place: int, better: int, ties: int, size: int, turn: float) -> float:
    """The chance counted out: every order of the ties, every row that may be drawn."""
    rows = ["better"] * better + [f"tie {number}" for number in range(ties)] + ["worse"] * (size - better - ties)
    chances = []
    for tied in permutations(rows[better : better + ties]):
        base = [*rows[:better], *tied, *rows[better + ties :]]
        at = base.index("tie 0")
        drawn_first = [0 if chosen == at else at + (chosen > at) for chosen in range(size)]
        lifted = sum(position < place for position in drawn_first) / size
        chances.append((1 - turn) * (at < place) + turn * lifted)
    return sum(chances) / len(chances)


@settings(max_examples=60)
@given(st.data())
def test_the_propensity_is_exact(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 6))
    ties = data.draw(st.integers(1, size))
    better = data.draw(st.integers(0, size - ties))
    place, turn = data.draw(st.integers(1, size)), data.draw(st.floats(0, 1))

    assert propensity(place, better, ties, size, turn) == pytest.approx(oracle(place, better, ties, size, turn))


@given(some_scores.filter(lambda scores: scores[0] < 0.5), st.sampled_from([0.489, 0.4905, 0.496, 0.4999, 0.5, 0.51]))
def test_a_better_score_never_lowers_the_chance_of_being_first(scores: list[float], better: float) -> None:
    if better >= scores[0]:
        assert chance_first([better, *scores[1:]]) >= chance_first(scores) - 1e-12


def chance_first(scores: list[float]) -> float:
    """The exact chance of the first row to come first of all."""
    best = max(scores)
    near = [score for score in scores if score >= best - TURNS.margin * abs(best)]
    if scores[0] not in near:
        return 0.0
    better = sum(score > scores[0] for score in near)
    return propensity(1, better, near.count(scores[0]), len(near), min(1.0, TURNS.floor * len(near)))


def test_a_list_that_a_person_chooses_from_says_where_its_lots_fell() -> None:
    rows = [Row("ant"), Row("bee"), Row("cow", status="no-capacity")]
    first: Counter[str] = Counter()
    for seed in range(1, 40):
        matches = listed(rows, query(seed=seed))
        first[matches[0].listing.name] += 1
        assert [match.lot.equals for match in matches] == [2, 2, 1]
        assert [match.propensity for match in matches] == pytest.approx([0.5, 1, 1])

    assert set(first) == {"ant", "bee"}


def test_who_is_left_out_stays_out_whatever_the_lot() -> None:
    rows = [Row("ant"), Row("closed", active=False)]

    assert {match.listing.name for seed in range(30) for match in listed(rows, query(seed=seed))} == {"ant"}


def listed(rows: list[Row], asked: Query) -> tuple[Match, ...]:
    table, room = columns(rows), rooms(rows)
    return show.matches(table, room, asked, assess(table, room, asked, current()), current().exposure)
