"""An open report lowers trust at once, says so, and the trust comes back; the calls go where that matters."""

from collections.abc import Callable
from datetime import date, timedelta
from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.accounts.work import Work
from resource_hub.capacity.models import Hold
from resource_hub.core.language import translator
from resource_hub.inventory.models import CheckAttempt, Market
from resource_hub.inventory.service.reports import report_error, resolve
from resource_hub.inventory.values import FactKind, ReportKind, Resolution
from resource_hub.matching.phrases import sentence, summary
from resource_hub.matching.policy import current
from resource_hub.matching.queries.calling import call_order, doubts_of
from resource_hub.matching.rules.calling import due_of, order_of, worth_of
from resource_hub.matching.rules.freshness import listing_right
from resource_hub.matching.values import Match, Ranking
from resource_hub.matching.values.columns import FACT_KINDS, REPORT_KINDS, no_reports
from tests.factories import Listing, a_listing
from tests.handoff.stories import a_handoff, a_story
from tests.matching.build import Row, factor
from tests.matching.records import TODAY, checked, only

ENGLISH = translator("en")


def right(match: Match) -> float:
    return next(part.value for part in match.factors if part.code == "listing_right")


def said(match: Match) -> str:
    return sentence(next(part for part in match.factors if part.code == "listing_right"), ENGLISH)


@pytest.mark.parametrize("kind", ReportKind)
def test_a_report_lowers_the_listing_at_once_and_closing_it_gives_the_trust_back(
    work: Work, market: Market, ranking: Callable[..., Ranking], kind: ReportKind
) -> None:
    listing = a_listing(work, market)
    checked(work, market, listing)
    before = only(ranking())

    report = report_error(work, listing.service, kind)
    during = only(ranking())
    report_error(work, listing.service, kind)
    again = only(ranking())
    resolve(work, report.id, Resolution.NOT_FOUND_OUT)
    after = only(ranking())

    assert right(during) == pytest.approx(right(before) * current().reports.left(kind))
    assert during.score < before.score
    assert during.score == pytest.approx(prod(part.value for part in during.factors) - during.price, abs=1e-9)
    assert again.score == during.score
    assert "being checked" in said(during)
    assert "being checked" in summary(during, ENGLISH)
    assert (after.score, said(after)) == (before.score, said(before))


def test_the_report_of_a_neighbour_lowers_nothing_here(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    a_listing(work, market)
    before = only(ranking()).score
    report_error(work, a_listing(work, market, name="Elsewhere", needs=("stress",)).service, ReportKind.CLOSED)

    assert only(ranking()).score == before


@given(st.sets(st.sampled_from(ReportKind)), st.sampled_from(ReportKind))
def test_one_more_report_never_raises_trust(reported: set[ReportKind], more: ReportKind) -> None:
    fewer = factor(Row("a", checked=TODAY, reported=tuple(reported)), "listing_right")
    assert factor(Row("a", checked=TODAY, reported=tuple({*reported, more})), "listing_right") <= fewer


@given(st.integers(0, 3000), st.integers(0, 3000))
def test_trust_without_reports_is_that_of_the_ages_alone(hours: int, others: int) -> None:
    days = np.array([[TODAY.toordinal() - (hours if kind is FactKind.HOURS else others) for kind in FACT_KINDS]])
    assert 0 < listing_right(days.astype(float), no_reports(1), TODAY.toordinal(), current())[0] <= 1


class TestOrder:
    """Which listing is called first."""

    def test_risk_counts_as_much_as_use_and_being_the_only_one_like_one_handoff(self) -> None:
        worth = worth_of(np.array([0.5, 0.9, 0.5, 0.5]), np.array([0, 9, 2, 0]), np.array([1, 10, 10, 100]))

        assert worth.tolist() == pytest.approx([0.5, 0.91, 1.05, 0.005])
        assert order_of(worth, np.array([False, False, False, True])).tolist() == [3, 2, 1, 0]

    @given(st.floats(0, 1), st.floats(0, 1), st.integers(0, 50), st.integers(0, 50))
    def test_the_more_doubtful_and_the_more_used_never_comes_later(self, a: float, b: float, m: int, n: int) -> None:
        right, used = np.array(sorted([a, b])), np.array(sorted([m, n], reverse=True))
        worth = worth_of(right, used, np.array([5, 5]))
        assert worth[0] >= worth[1]

    def test_a_fact_past_its_half_life_or_unknown_or_reported_is_due(self) -> None:
        today, hours = TODAY.toordinal(), FACT_KINDS.index(FactKind.HOURS)
        verified = np.full((4, len(FACT_KINDS)), float(today))
        verified[1, hours] = today - current().freshness["hours"].half_life_days - 1
        verified[2, hours] = np.nan
        reported = no_reports(4)
        reported[3, REPORT_KINDS.index(ReportKind.OTHER)] = True

        assert due_of(verified, reported, today, current()).tolist() == [False, True, True, True]


def order(work: Work, market: Market) -> list[str]:
    work.session.flush()
    return [one.service_id for one in call_order(work.session, market, work.now, current())]


def attempted(work: Work, listing: Listing, next_on: date, ago: timedelta = timedelta(days=1)) -> None:
    work.session.add(
        CheckAttempt(
            id=work.new_id(), market_id=listing.service.market_id, service_id=listing.service.id, at=work.now - ago,
            source="steward", outcome="no-answer", next_on=next_on,
        )
    )  # fmt: skip


def test_reported_used_and_rare_listings_come_first_and_fresh_and_gone_ones_not_at_all(
    work: Work, market: Market
) -> None:
    plain, reported = a_listing(work, market, name="Plain"), a_listing(work, market, name="Reported")
    rare = a_listing(work, market, name="Rare", needs=("stress",))
    fresh = a_listing(work, market, name="Fresh")
    a_listing(work, market, name="Gone", status="defunct")
    for listing in (plain, reported, rare):
        checked(work, market, listing, date(2024, 1, 1))
    checked(work, market, fresh)
    report_error(work, reported.service, ReportKind.CLOSED)

    assert order(work, market) == [rare.service.id, reported.service.id, plain.service.id]


def test_a_report_past_its_due_date_is_called_first(work: Work, market: Market) -> None:
    rare, late = a_listing(work, market, needs=("stress",)), a_listing(work, market, name="Late")
    report_error(work, late.service, ReportKind.OTHER).due_on = date(2026, 11, 19)

    assert order(work, market) == [late.service.id, rare.service.id]


def test_handoffs_of_the_last_year_count_as_use(work: Work) -> None:
    story = a_story(work)
    a_listing(work, story.market, name="Never used")
    a_handoff(work, story)

    first = order(work, story.market)[0]
    worth = call_order(work.session, story.market, work.now, current())
    later = call_order(work.session, story.market, work.now + timedelta(days=366), current())

    assert first == story.pantry.service.id
    assert work.session.query(Hold).count() >= 1
    assert {one.service_id: one.worth for one in worth}[first] > 2 * {one.service_id: one.worth for one in later}[first]


def test_who_was_called_rests_until_its_day_or_a_new_report(work: Work, market: Market) -> None:
    waits, due, told = (a_listing(work, market, name=name) for name in ("Waits", "Due", "Told"))
    attempted(work, waits, TODAY + timedelta(days=1))
    attempted(work, due, TODAY)
    attempted(work, told, TODAY + timedelta(days=1))
    report_error(work, told.service, ReportKind.HOURS)

    assert order(work, market) == [told.service.id, due.service.id]


def test_the_most_doubtful_fact_is_asked_about_first(work: Work, market: Market) -> None:
    listing = a_listing(work, market)
    checked(work, market, listing)
    checked(work, market, listing, date(2020, 1, 1), "phone")
    work.session.flush()

    doubts = doubts_of(work.session, market, listing.service, work.now, current())

    assert (doubts[0].kind, doubts[0].verified_on) == (FactKind.PHONE, date(2020, 1, 1))
    assert {doubt.right for doubt in doubts[1:]} == {1.0}
