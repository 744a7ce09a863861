"""Links for organizations: signed, ended, taken back; and asking them by mail no more often than is said."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from resource_hub.accounts.models import Notice
from resource_hub.accounts.values import Role
from resource_hub.accounts.work import Work
from resource_hub.inventory.errors import BadReport, LinkOver, NoSuchLink, NoSuchListing, StewardsOnly
from resource_hub.inventory.models import CheckAttempt, CheckLink, ErrorReport, Market, Organization, Verification
from resource_hub.inventory.service import links
from resource_hub.inventory.service.reports import report_error
from resource_hub.inventory.values import AskTerms, FactKind, ReportKind
from tests.conftest import as_actor
from tests.factories import Listing, a_listing, a_market, a_user
from tests.matching.records import checked

TERMS = AskTerms(after_days=180, every_days=90, open_days=30)


@pytest.fixture
def market(work: Work) -> Market:
    """A market whose neighbour publishes no address."""
    market = a_market(work)
    for organization in work.session.scalars(select(Organization)):
        organization.email = None
    return market


@pytest.fixture
def listing(work: Work, market: Market) -> Listing:
    return a_listing(work, market)


@pytest.fixture
def link(work: Work, listing: Listing) -> CheckLink:
    return links.make_link(work, listing.organization.id, 30)


def signature_of(work: Work, link: CheckLink) -> str:
    return links.path_of(work, link).rpartition("/")[2]


def in_days(work: Work, days: int) -> Work:
    return replace(work, now=work.now + timedelta(days=days))


def test_a_link_works_with_its_own_signature_until_it_runs_out(work: Work, link: CheckLink, market: Market) -> None:
    other = links.make_link(work, a_listing(work, market, name="Other").organization.id, 30)

    assert links.open_link(work, link.id, signature_of(work, link)) is link
    for wrong in ("", "x", signature_of(work, other), signature_of(work, link).upper(), "é" * 32):
        with pytest.raises(NoSuchLink):
            links.open_link(work, link.id, wrong)
    with pytest.raises(LinkOver, match="run out"):
        links.open_link(in_days(work, 30), link.id, signature_of(work, link))


def test_a_link_that_was_taken_back_says_so_and_only_its_own_stewards_take_it_back(
    work: Work, link: CheckLink, market: Market
) -> None:
    stranger = a_user(work, Role.STEWARD, a_market(work, "elsewhere", noise=False))
    with pytest.raises(NoSuchListing):
        links.revoke_link(as_actor(work, stranger), link.id)
    with pytest.raises(StewardsOnly):
        links.make_link(as_actor(work, a_user(work, Role.COORDINATOR, market)), link.organization_id, 30)

    links.revoke_link(as_actor(work, a_user(work, Role.STEWARD, market)), link.id)

    with pytest.raises(LinkOver, match="taken back"):
        links.open_link(work, link.id, signature_of(work, link))


def test_all_of_it_right_checks_every_kind_by_the_organization(
    work: Work, market: Market, listing: Listing, link: CheckLink
) -> None:
    neighbour = a_listing(work, market, name="Not theirs")

    assert links.say_right(work, link, {listing.service.id, neighbour.service.id}) == 1

    rows = work.session.scalars(select(Verification)).all()
    assert {(row.service_id, row.fact_kind) for row in rows} == {(listing.service.id, kind) for kind in FactKind}
    assert {(row.source, row.verified_on) for row in rows} == {("organization", date(2026, 11, 20))}
    work.session.refresh(market)
    assert market.revision == 1
    assert work.session.scalars(select(CheckAttempt.source)).all() == ["organization"]


def test_what_changed_is_work_for_a_steward_and_not_right_by_the_same_breath(
    work: Work, listing: Listing, link: CheckLink
) -> None:
    hours = report_error(work, listing.service, ReportKind.HOURS)
    report = links.say_changed(work, link, listing.service.id, "We moved to 2 Main St.")

    assert (report.kind, report.source) == ("changed", "organization")
    assert links.say_right(work, link, {listing.service.id}) == 0
    assert work.session.scalars(select(Verification)).all() == []
    assert hours.open_key


def test_a_change_needs_words_and_a_listing_of_the_organization(
    work: Work, market: Market, link: CheckLink, listing: Listing
) -> None:
    with pytest.raises(BadReport):
        links.say_changed(work, link, listing.service.id, "")
    with pytest.raises(NoSuchListing):
        links.say_changed(work, link, a_listing(work, market, name="Not theirs").service.id, "Closed")
    assert work.session.scalars(select(ErrorReport)).all() == []


def ask(work: Work) -> int:
    work.session.flush()
    return links.ask_organizations(work, TERMS)


def with_address(listing: Listing, email: str | None = "info@harbor.example") -> Listing:
    listing.organization.email = email
    return listing


def test_who_was_never_asked_is_asked_once_and_again_only_after_the_time(work: Work, listing: Listing) -> None:
    with_address(listing)

    assert [ask(work), ask(work), ask(in_days(work, 89)), ask(in_days(work, 91))] == [1, 0, 0, 1]
    first, _second = work.session.scalars(select(Notice).order_by(Notice.created_at)).all()
    assert (first.kind, first.organization_id) == ("still-right", listing.organization.id)
    assert first.path
    assert first.path.startswith("/still-right/")


def test_only_organizations_with_an_address_and_an_old_listing_are_asked(work: Work, market: Market) -> None:
    fresh, old, silent, gone, one_fact = (
        with_address(a_listing(work, market, name=name)) for name in ("Fresh", "Old", "Silent", "Gone", "One fact")
    )
    with_address(silent, None)
    gone.service.status = "defunct"
    checked(work, market, fresh, date(2026, 10, 1))
    checked(work, market, old, date(2026, 1, 1))
    checked(work, market, one_fact, date(2026, 10, 1))
    checked(work, market, one_fact, date(2026, 1, 1), "hours")
    assured = with_address(a_listing(work, market, name="Assured", assured_date=date(2026, 10, 1)))

    assert ask(work) == 2
    asked = set(work.session.scalars(select(Notice.organization_id)))
    assert asked == {old.organization.id, one_fact.organization.id}
    assert assured.organization.id not in asked


def test_the_answer_by_a_link_ends_the_asking(work: Work, listing: Listing) -> None:
    with_address(listing)
    ask(work)
    links.say_right(in_days(work, 20), work.session.scalars(select(CheckLink)).one(), {listing.service.id})

    assert ask(in_days(work, 100)) == 0
    assert ask(in_days(work, 220)) == 1
