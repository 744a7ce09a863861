"""What came of requests: a service is a usual one at first, judged by its own outcomes and answers in time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resource_hub.accounts.work import Work
from resource_hub.core.paths import bundled
from resource_hub.inventory.models import Market
from resource_hub.matching import phrases, policy
from resource_hub.matching.learning import learn_answer, learn_outcome
from resource_hub.matching.rules.outcomes import record, usual_days, usual_met
from resource_hub.matching.values import Factor, Match, Ranking
from resource_hub.matching.values.outcomes import Outcomes
from tests.factories import Listing, a_listing, a_market
from tests.matching.build import ENGLISH
from tests.matching.records import names, only

FOOD, RENT = "food-insecurity", "housing-instability"
POLICY = policy.current()
BEFORE = policy.read(bundled("seed") / "policy" / "2026-11.toml")
FIRST = np.zeros(1, dtype=np.int64)


def came(work: Work, market: Market, listing: Listing, met: int, unmet: int, need: str = FOOD) -> None:
    for value in [True] * met + [False] * unmet:
        learn_outcome(work, listing.service_at_location.id, market.id, (need,), known={"met": value})


def answered(work: Work, market: Market, listing: Listing, hours: float, times: int = 12) -> None:
    for _time in range(times):
        learn_answer(work, listing.service_at_location.id, market.id, (FOOD,), hours=hours)


def part(found: Match, code: str) -> Factor:
    return next(factor for factor in found.factors if factor.code == code)


def follow_through(ranking: Ranking) -> dict[str, float]:
    return {match.listing.name: part(match, "follow_through").value for match in ranking.matches}


def test_where_no_outcome_is_known_nothing_is_taken_off_and_nothing_said(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    a_listing(work, market)
    there = a_market(work, "there")
    came(work, there, a_listing(work, there), met=0, unmet=20)

    now, before = only(ranking()), only(ranking(policy=BEFORE))

    assert now.factors == before.factors
    assert now.score == before.score


def test_who_meets_fewer_needs_falls_behind_an_equal_and_who_meets_more_rises(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    good, bad, _new = (a_listing(work, market, name=name) for name in ("Good", "Bad", "New"))
    came(work, market, good, met=12, unmet=0)
    came(work, market, bad, met=1, unmet=11)

    assert names(ranking()) == ["Good", "New", "Bad"]
    for match in ranking().matches:
        assert match.score == pytest.approx(np.prod([one.value for one in match.factors]) - match.price, abs=1e-9)


def test_a_version_that_does_not_count_them_ranks_as_if_there_were_none(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    good, bad = (a_listing(work, market, name=name) for name in ("Good", "Bad"))
    came(work, market, good, met=12, unmet=0)
    came(work, market, bad, met=1, unmet=11)
    answered(work, market, bad, hours=90)

    scores = {match.score for match in ranking(policy=BEFORE).matches}

    assert len(scores) == 1
    assert set(follow_through(ranking(policy=BEFORE)).values()) == {1}


def test_a_new_service_is_taken_for_a_usual_one_of_its_market_and_need(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    a_listing(work, market, name="New", needs=(FOOD, RENT))
    came(work, market, a_listing(work, market, name="Bad", needs=(FOOD,)), met=0, unmet=30)

    assert follow_through(ranking())["New"] == pytest.approx(
        POLICY.outcomes.strength / (POLICY.outcomes.strength + 30), abs=1e-9
    )
    assert follow_through(ranking(needs=(RENT,)))["New"] == 1


def test_old_outcomes_fade(work: Work, market: Market, ranking: Callable[..., Ranking]) -> None:
    came(work, market, a_listing(work, market), met=0, unmet=8)
    half_life = timedelta(days=POLICY.acceptance.half_life_days)

    soon, later, at_last = (
        part(only(ranking(at=work.now + wait)), "follow_through").value
        for wait in (timedelta(), half_life, 12 * half_life)
    )

    assert soon < later < at_last
    assert at_last == pytest.approx(1, abs=0.01)


def test_who_answers_late_starts_late(work: Work, market: Market, ranking: Callable[..., Ranking]) -> None:
    quick, slow = (a_listing(work, market, name=name) for name in ("Quick", "Slow"))
    answered(work, market, quick, hours=2)
    answered(work, market, slow, hours=24 * 9)

    assert names(ranking()) == ["Quick", "Slow"]
    text = phrases.sentence(part(ranking().matches[1], "timeliness"), ENGLISH)
    assert text.endswith("; an answer takes about 7 days.")


def test_an_answer_that_comes_before_help_is_needed_loses_nothing(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    answered(work, market, a_listing(work, market), hours=24 * 9)

    today, later = only(ranking()), only(ranking(needed_by=work.now + timedelta(days=30)))

    assert part(today, "timeliness").value < part(later, "timeliness").value


def test_the_sentence_tells_the_outcomes_from_five_on(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    few, many = (a_listing(work, market, name=name) for name in ("Few", "Many"))
    came(work, market, few, met=2, unmet=2)
    came(work, market, many, met=7, unmet=2)
    said = {match.listing.name: phrases.sentence(part(match, "follow_through"), ENGLISH) for match in ranking().matches}

    assert "lately the need was met for 7 of 9 people; likely meets the need of 78 of 100 people" in said["Many"]
    assert "likely meets the need of" in said["Few"]
    assert "was met for" not in said["Few"]


counts = st.integers(0, 40)


@settings(deadline=None)
@given(counts, counts, st.floats(0.05, 1), st.floats(0, 1))
def test_more_met_needs_are_never_worth_less(met: int, unmet: int, usual: float, weight: float) -> None:
    rules = replace(POLICY.outcomes, weight=weight)

    def helps(met: int, unmet: int) -> float:
        sums = (np.array([float(met + unmet)]), np.array([float(met)]), np.zeros(1), np.zeros(1))
        table = Outcomes(np.array([usual]), np.zeros(1), FIRST, FIRST, *sums)
        return float(record(np.ones((1, 1)), table, rules).helps[0])

    assert 1 >= helps(met + 1, unmet) >= helps(met, unmet) - 1e-15
    assert helps(met, unmet) >= helps(met, unmet + 1) > 0
    assert weight > 0 or helps(met, unmet) == 1


@settings(deadline=None)
@given(st.lists(st.tuples(counts, counts, st.integers(0, 1)), max_size=8))
def test_the_market_s_mean_lies_between_the_prior_and_what_came(lines: list[tuple[int, int, int]]) -> None:
    met, unmet, need = (np.array([line[column] for line in lines], dtype=float) for column in range(3))
    known, of = met + unmet, need.astype(np.int64)

    shares = usual_met(of, known, met, 2, POLICY.outcomes)
    days = usual_days(of, known, 3 * known, 2, POLICY.outcomes)

    for number in range(2):
        mine = of == number
        raw = met[mine].sum() / known[mine].sum() if known[mine].sum() else POLICY.outcomes.prior
        assert raw <= shares[number] <= POLICY.outcomes.prior
        assert 0 <= days[number] < 3
