"""The search finds what judging every row finds: the same rows, order, scores and counts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resource_hub.matching.index import ground
from resource_hub.matching.index.board import Board
from resource_hub.matching.index.ground import part_of
from resource_hub.matching.index.search import TOLERANCE, Searcher
from resource_hub.matching.policy import current
from resource_hub.matching.rules import show
from resource_hub.matching.rules.assess import assess
from resource_hub.matching.values import Match, Query
from resource_hub.matching.values.acceptance import Acceptance
from resource_hub.matching.values.outcomes import Outcomes
from tests.matching.build import AT, ORIGIN, Row, query
from tests.matching.index.markets import QUESTIONS, Indexed, a_market, indexed

MARKETS = {seed: indexed(a_market(seed)) for seed in range(4)}


@pytest.fixture(autouse=True)
def _always_search() -> Iterator[None]:
    """Search markets that are otherwise too small to be worth it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ground, "FEW", 0)
        yield


def by_brute_force(market: Indexed, asked: Query, **words: object) -> tuple[tuple[Match, ...], int, dict[str, int]]:
    judged = assess(market.columns, market.rooms, asked, current(), **words)  # type: ignore[arg-type]  # by name
    matches = show.matches(market.columns, market.rooms, asked, judged, current().exposure)
    return matches, int(judged.passed.sum()), dict(show.excluded_counts(judged))


def by_index(market: Indexed, asked: Query, **words: object) -> tuple[tuple[Match, ...], int, dict[str, int]]:
    part = part_of(market.ground, asked, current(), **words)  # type: ignore[arg-type]  # by name
    judged = assess(part.columns, part.rooms, asked, current(), price=part.price, acceptance=part.acceptance)
    matches = show.matches(part.columns, part.rooms, asked, judged, current().exposure)
    if part.counts is None:
        return matches, int(judged.passed.sum()), dict(show.excluded_counts(judged))
    return matches, part.counts.remaining, dict(part.counts.excluded)


@settings(max_examples=60)
@given(st.sampled_from(sorted(MARKETS)), QUESTIONS)
def test_the_list_is_that_of_judging_every_row(seed: int, asked: Query) -> None:
    market = MARKETS[seed]
    slow, fast = by_brute_force(market, asked), by_index(market, asked)

    assert fast[1:] == slow[1:]
    assert [match.listing for match in fast[0]] == [match.listing for match in slow[0]]
    for mine, right in zip(fast[0], slow[0], strict=True):
        assert abs(mine.score - right.score) < 1e-9
        assert replace(mine, score=0, factors=(), questions=(), lot=right.lot) == replace(
            right, score=0, factors=(), questions=()
        )
        assert mine.lot == right.lot
        assert mine.questions == right.questions


@settings(max_examples=25)
@given(st.sampled_from(sorted(MARKETS)), QUESTIONS, st.integers(0, 99))
def test_prices_earlier_answers_and_open_requests_count_as_they_do_for_every_row(
    seed: int, asked: Query, luck: int
) -> None:
    market, asked = MARKETS[seed], replace(asked, needs=("food-insecurity",))
    random = np.random.default_rng(luck)
    rows = len(market.columns)
    line = np.sort(random.choice(rows, 40, replace=False))
    answered = random.random(40) * 30
    asked_there = random.choice(rows, 60, replace=False), random.integers(1, 5, 60)
    accepted = answered * random.random(40)
    first = np.zeros(40, dtype=np.int64)
    came = (line, first, answered, accepted, answered, 5 * answered * random.random(40))
    outcomes = Outcomes(np.array([0.7]), np.array([0.5]), *came) if luck % 4 else None
    answers = Acceptance(np.array([0.5]), line, first, answered, accepted, *asked_there, outcomes)
    extra = {"price": np.where(random.random(rows) < 0.3, random.random(rows) * 0.3, 0.0), "acceptance": answers}

    slow, fast = by_brute_force(market, asked, **extra), by_index(market, asked, **extra)

    assert [(match.listing, round(match.score, 9)) for match in fast[0]] == [
        (match.listing, round(match.score, 9)) for match in slow[0]
    ]


@settings(max_examples=40)
@given(st.sampled_from(sorted(MARKETS)), QUESTIONS)
def test_the_best_rows_have_the_best_scores(seed: int, asked: Query) -> None:
    market = MARKETS[seed]
    judged = assess(market.columns, market.rooms, asked, current())
    right = np.sort(judged.score[judged.passed])[::-1][: asked.limit]

    rows, scores = market.searcher.best(asked, current())

    np.testing.assert_allclose(scores, right, atol=TOLERANCE)
    np.testing.assert_allclose(judged.score[rows], scores, atol=TOLERANCE)
    assert judged.passed[rows].all()


@settings(max_examples=40)
@given(st.sampled_from(sorted(MARKETS)), QUESTIONS, st.integers(0, 59), st.sampled_from([None, -3.0, 0.02, 5.0, 70.0]))
def test_neither_seconds_nor_help_that_is_needed_later_change_the_list(
    seed: int, asked: Query, seconds: int, days: float | None
) -> None:
    at = asked.at + timedelta(seconds=seconds)
    asked = replace(asked, at=at, needed_by=None if days is None else at + timedelta(days=days))
    slow, fast = by_brute_force(MARKETS[seed], asked), by_index(MARKETS[seed], asked)

    assert fast[1:] == slow[1:]
    assert [(match.listing, round(match.score, 9)) for match in fast[0]] == [
        (match.listing, round(match.score, 9)) for match in slow[0]
    ]


@settings(max_examples=40)
@given(st.sampled_from(sorted(MARKETS)), QUESTIONS, st.integers(0, 99))
def test_room_that_changes_within_a_minute_counts_at_once(seed: int, asked: Query, luck: int) -> None:
    board = Board.of(MARKETS[seed].rooms)
    market = replace(MARKETS[seed], searcher=Searcher(MARKETS[seed].searcher.index, board))
    by_index(market, asked)
    random = np.random.default_rng(luck)
    rows = random.choice(len(market.columns), 30, replace=False)
    board.store(rows, board.words(random.permutation(len(market.columns))[:30]))
    market = replace(market, rooms=board.take(np.arange(len(market.columns))))

    for _again in range(2):
        assert by_index(market, asked)[0] == by_brute_force(market, asked)[0]


def test_hours_are_looked_up_again_when_they_change() -> None:
    market = MARKETS[0]
    for minutes in (0, 30, 136, 400, 10, 60 * 7, 60 * 30, 5):
        asked = query(at=AT + timedelta(minutes=minutes))
        judged = assess(market.columns, market.rooms, asked, current())
        _rows, scores = market.searcher.best(asked, current())
        np.testing.assert_allclose(scores, np.sort(judged.score[judged.passed])[::-1][:10], atol=TOLERANCE)


@pytest.mark.parametrize("longitude", [179.99, -179.99, 0.0])
@pytest.mark.parametrize("latitude", [0.0, 89.95, -89.9, 71.3])
def test_neither_the_date_line_nor_a_pole_hides_a_place(latitude: float, longitude: float) -> None:
    origin = replace(ORIGIN, latitude=latitude, longitude=longitude)
    beyond = longitude - 0.05 if longitude < 179 else -179.97
    near = Row("near", at=(latitude, beyond if longitude else 0.02))
    far = [Row(f"far{number:04}", at=(latitude - np.sign(latitude or 1) * 3, longitude / 2)) for number in range(100)]
    market = indexed([*far, near])

    rows, _scores = market.searcher.best(query(origin=origin, limit=1), current())

    assert market.columns.listings[int(rows[0])].name == "near"


def test_an_empty_market_and_a_need_that_nobody_answers_have_no_best_rows() -> None:
    assert len(indexed([]).searcher.best(query(), current())[0]) == 0
    assert len(MARKETS[0].searcher.best(query(needs=("elder-abuse",)), current())[0]) == 0


def test_of_many_equals_all_are_found_for_the_lot() -> None:
    market = indexed([Row(f"row{number:04}") for number in range(90)])
    firsts = set()
    for seed in range(30):
        asked = query(limit=1, seed=seed)
        assert by_index(market, asked) == by_brute_force(market, asked)
        firsts.add(by_index(market, asked)[0][0].listing.name)

    assert len(firsts) > 10


@pytest.mark.parametrize("degrees", [0.03, 0.08, 0.12, 0.2, 0.3, 0.4, 0.45, 0.5, 0.6])
@pytest.mark.parametrize("by", ["walk", "drive", None])
def test_one_good_place_is_found_behind_many_poor_ones(degrees: float, by: str | None) -> None:
    poor = [Row(f"poor{number:03}", needs={"food-insecurity": 0.3}, checked=None) for number in range(50)]
    good = Row("good", at=(ORIGIN.latitude + degrees, ORIGIN.longitude), status="capacity", free=9)
    market, asked = indexed([*poor, good]), query(limit=1, by=by)

    found = by_index(market, asked)

    assert found[0][0].score == pytest.approx(by_brute_force(market, asked)[0][0].score, abs=1e-9)
    assert found[0][0].listing.name == by_brute_force(market, asked)[0][0].listing.name
