"""What organizations answered: a usual one at first, judged by its own answers in time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resource_hub.accounts.work import Work
from resource_hub.inventory.models import Market
from resource_hub.matching import phrases
from resource_hub.matching.learning import learn
from resource_hub.matching.models import Acceptance as AcceptanceRow
from resource_hub.matching.policy import current
from resource_hub.matching.rules.acceptance import beliefs
from resource_hub.matching.values import Match, Ranking
from resource_hub.matching.values.acceptance import Acceptance
from tests.factories import Listing, a_listing, a_market
from tests.matching.build import ENGLISH
from tests.matching.records import names, only, room

FOOD, RENT = "food-insecurity", "housing-instability"
POLICY = current()


def answers(work: Work, market: Market, listing: Listing, yes: int, no: int, need: str = FOOD) -> None:
    for accepted in [True] * yes + [False] * no:
        learn(work, listing.service_at_location.id, market.id, (need,), accepted=accepted)


def accept(found: Match) -> tuple[float, float, float]:
    """The chance of a yes and its limits."""
    factor = next(part for part in found.factors if part.code == "accept")
    assert factor.interval is not None
    return factor.value, *factor.interval


def sums(work: Work, listing: Listing, need: str = FOOD) -> tuple[float, float]:
    row = work.session.get_one(AcceptanceRow, (listing.service_at_location.id, need), populate_existing=True)
    return row.answered, row.accepted


def test_a_market_without_answers_is_the_policy_s_prior_with_wide_limits(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    a_listing(work, market)

    value, low, high = accept(only(ranking()))

    assert value == POLICY.accept.prior
    assert low < 0.35
    assert high > 0.8


def test_its_own_answers_raise_or_lower_a_service_and_narrow_the_limits(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    willing, unwilling, _new = (a_listing(work, market, name=name) for name in ("Willing", "Unwilling", "New"))
    answers(work, market, willing, yes=9, no=1)
    answers(work, market, unwilling, yes=1, no=9)

    found = {match.listing.name: accept(match) for match in ranking().matches}

    assert found["Willing"][0] > found["New"][0] > found["Unwilling"][0]
    assert found["Willing"][2] - found["Willing"][1] < found["New"][2] - found["New"][1]
    assert names(ranking()) == ["Willing", "New", "Unwilling"]


def test_a_new_service_is_taken_for_a_usual_one_of_its_market_and_need(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    a_listing(work, market, name="New", needs=(FOOD, RENT))
    strict = a_listing(work, market, name="Strict", needs=(FOOD,))
    there = a_market(work, "there")
    elsewhere = a_listing(work, there, name="Elsewhere", needs=(RENT,))
    answers(work, market, strict, yes=0, no=30)
    answers(work, there, elsewhere, yes=0, no=50, need=RENT)

    by_need = {
        need: accept(next(match for match in ranking(needs=(need,)).matches if match.listing.name == "New"))[0]
        for need in (FOOD, RENT)
    }

    assert by_need[FOOD] < 0.15
    assert by_need[RENT] == POLICY.accept.prior


def test_old_answers_fade(work: Work, market: Market, ranking: Callable[..., Ranking]) -> None:
    pantry = a_listing(work, market)
    answers(work, market, pantry, yes=0, no=8)
    half_life = timedelta(days=POLICY.acceptance.half_life_days)

    soon, later, at_last = (
        accept(only(ranking(at=work.now + wait)))[0] for wait in (timedelta(), half_life, 9 * half_life)
    )

    assert soon < later < at_last
    assert at_last == pytest.approx(POLICY.accept.prior, abs=0.01)


def test_sums_fade_before_an_answer_is_added(work: Work, market: Market) -> None:
    pantry = a_listing(work, market)
    work.session.flush()
    answers(work, market, pantry, yes=4, no=0)
    later = replace(work, now=work.now + timedelta(days=POLICY.acceptance.half_life_days))
    answers(later, market, pantry, yes=0, no=1)

    assert sums(work, pantry) == pytest.approx((3, 2))


def test_an_answer_counts_for_each_need_once(work: Work, market: Market) -> None:
    pantry = a_listing(work, market)
    work.session.flush()
    learn(work, pantry.service_at_location.id, market.id, [RENT, FOOD, FOOD], accepted=True)

    assert sums(work, pantry, FOOD) == sums(work, pantry, RENT) == (1, 1)


def test_an_answer_from_before_the_last_one_counts_as_well(work: Work, market: Market) -> None:
    pantry = a_listing(work, market)
    work.session.flush()
    answers(work, market, pantry, yes=1, no=0)
    answers(replace(work, now=work.now - timedelta(days=3)), market, pantry, yes=0, no=1)

    assert sums(work, pantry) == (2, 1)


def test_what_was_just_said_about_room_outweighs_history(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    pantry = a_listing(work, market)
    answers(work, market, pantry, yes=0, no=9)
    before = accept(only(ranking()))
    room(work, market, pantry, "capacity", free=5)
    after = accept(only(ranking()))

    assert before[0] < 0.3
    assert after[0] > 0.8
    assert after[2] - after[1] < before[2] - before[1]


@pytest.mark.parametrize(("status", "free"), [("capacity", None), ("capacity", 9), ("no-capacity", None)])
def test_room_never_lowers_and_no_room_never_raises_what_answers_promise(
    work: Work, market: Market, ranking: Callable[..., Ranking], status: str, free: int | None
) -> None:
    willing, unwilling = (a_listing(work, market, name=name) for name in ("Willing", "Unwilling"))
    answers(work, market, willing, yes=60, no=0)
    answers(work, market, unwilling, yes=0, no=60)
    before = {match.listing.name: accept(match)[0] for match in ranking().matches}
    for listing in (willing, unwilling):
        room(work, market, listing, status, free=free)
    after = {match.listing.name: accept(match)[0] for match in ranking().matches}

    changes = [after[name] - before[name] for name in before]
    # With nine places one may still be gone on arrival.
    assert min(changes) > -1e-3 if status == "capacity" else max(changes) <= 0


def test_the_sentence_tells_the_answers_and_the_limits(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    pantry = a_listing(work, market)
    answers(work, market, pantry, yes=7, no=2)

    [factor] = [part for part in only(ranking()).factors if part.code == "accept"]

    assert phrases.sentence(factor, ENGLISH) == (
        "Nobody has said whether there is room; lately said yes to 7 of 9 requests; "
        "likely a yes for 55 to 91 of 100 people."
    )


counts = st.integers(0, 40)


@settings(deadline=None)
@given(counts, counts, st.floats(0.05, 0.95))
def test_more_yes_is_never_worth_less_and_more_no_never_more(yes: int, no: int, usual: float) -> None:
    def mean(yes: int, no: int) -> float:
        table = Acceptance(
            np.array([usual]), np.array([0]), np.array([0]), np.array([yes + no], float), np.array([yes], float)
        )
        return float(beliefs(np.ones((1, 1)), table, POLICY).mean[0])

    assert mean(yes + 1, no) > mean(yes, no) > mean(yes, no + 1)
    assert 0 < mean(yes, no) < 1


def test_of_several_needs_the_one_that_a_service_answers_best_speaks() -> None:
    weights = np.array([[1.0, 0.5], [0.5, 1.0], [1.0, 1.0]])
    table = Acceptance(
        usual=np.array([0.6, 0.3]),
        row=np.array([0, 0, 1, 2]),
        need=np.array([0, 1, 0, 1]),
        answered=np.array([6.0, 90.0, 90.0, 90.0]),
        accepted=np.array([0.0, 90.0, 90.0, 90.0]),
    )

    found = beliefs(weights, table, POLICY)

    assert found.mean.tolist() == pytest.approx([0.3, 0.3, 0.6])
    assert found.answered.tolist() == [6, 0, 0]


@settings(deadline=None)
@given(st.permutations(range(5)), st.integers(0, 5))
def test_chosen_rows_keep_their_answers_and_open_requests(order: list[int], count: int) -> None:
    table = Acceptance(
        np.array([0.5]), np.array([0, 2, 3]), np.zeros(3, dtype=np.int64), np.array([9.0, 8.0, 7.0]), np.ones(3),
        open_row=np.array([4, 2]), open_count=np.array([3, 1]),
    )  # fmt: skip
    chosen = np.array(order[:count], dtype=np.int64)

    whole, part = (beliefs(np.ones((rows, 1)), one, POLICY) for rows, one in ((5, table), (count, table.take(chosen))))

    assert part.mean.tolist() == whole.mean[chosen].tolist()
    assert part.open.tolist() == whole.open[chosen].tolist()
    assert whole.open.tolist() == [0, 0, 1, 0, 3]
