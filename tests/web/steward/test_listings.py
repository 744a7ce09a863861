"""Stewards find, read and edit the listings of their own markets, and every change stands in the history."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from resource_hub.accounts.models import AuditRow
from resource_hub.accounts.values import Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.inventory.models import EligibilityRule, Market, Phone, Schedule, Service
from tests.factories import Listing, a_listing, a_market, a_user, stamps
from tests.web.conftest import page, send

SignedIn = Callable[[Actor], FlaskClient]


@pytest.fixture
def market(work: Work) -> Market:
    return a_market(work)


@pytest.fixture
def listing(work: Work, market: Market) -> Listing:
    return a_listing(work, market, name="Canned goods", description="A bag of groceries.")


@pytest.fixture
def steward(work: Work, market: Market, signed_in: SignedIn) -> FlaskClient:
    return signed_in(a_user(work, Role.STEWARD, market))


def edit_page(listing: Listing) -> str:
    return f"/steward/listings/{listing.service.id}/edit"


def kept(steward: FlaskClient, listing: Listing, **fields: str) -> dict[str, str]:
    """The fields that the form sends when only some are changed."""
    shown = page(steward.get(edit_page(listing)))
    return {"based_on": shown.hidden("based_on")} | fields


def test_a_listing_is_found_by_words_of_its_name_and_the_neighbours_is_not(
    steward: FlaskClient, listing: Listing
) -> None:
    shown = page(send(steward, "/steward/", "/steward/find", market=listing.service.market_id, text="goods canned"))
    assert "Canned goods" in shown.text
    assert "1 listings" in shown.text

    shown = page(send(steward, "/steward/", "/steward/find", market=listing.service.market_id, text="neighbour"))
    assert "No listing has these words" in shown.text


def test_hours_stand_in_words(work: Work, market: Market, steward: FlaskClient, listing: Listing) -> None:
    rule = {"freq": "MONTHLY", "byday": "2TU,-1FR", "opens_at": "12:30", "closes_at": "16:30"}
    work.session.add(Schedule(**stamps(work, market), service_id=listing.service.id, **rule))
    work.session.flush()

    shown = page(steward.get(f"/steward/listings/{listing.service.id}"))

    assert "Tuesday number 2 of the month, last Friday of the month: 12:30 pm – 4:30 pm" in shown.text


def test_the_listing_of_another_market_is_not_there(work: Work, market: Market, steward: FlaskClient) -> None:
    elsewhere = a_listing(work, a_market(work, "elsewhere", noise=False))

    assert steward.get(f"/steward/listings/{elsewhere.service.id}").status_code == 404
    assert steward.get(edit_page(elsewhere)).status_code == 404


def test_a_corrected_field_stands_on_the_page_and_in_the_history_with_who_did_it(
    steward: FlaskClient, listing: Listing, work: Work
) -> None:
    service = listing.service
    changed = kept(steward, listing, **{f"service.{service.id}.description": "Two bags of groceries."})

    answer = send(steward, edit_page(listing), **changed)

    shown = page(steward.get(answer.location))
    assert "Two bags of groceries." in shown.text
    assert "Description , A steward" in shown.text
    assert "<del>A bag of groceries.</del>" in shown.html
    assert work.session.scalars(select(AuditRow.action)).all()[-1] == "listing.edited"


def test_a_phone_is_added_and_a_rule_approved(steward: FlaskClient, listing: Listing, work: Work) -> None:
    rule = EligibilityRule(
        id="r-1", market_id=listing.service.market_id, service_id=listing.service.id, fact="age", operator="at_least",
        value=60, status="suggested", source="import", words="seniors", created_at=work.now,
    )  # fmt: skip
    work.session.add(rule)
    work.session.flush()
    sent = kept(steward, listing, rules="shown", needs="shown", **{
        "phone.new.number": "410-555-0123", "phone.new.type": "voice", "rule.r-1": "approved",
        "need.food-insecurity": "on", "need.new": "financial-insecurity",
    })  # fmt: skip

    shown = page(steward.get(send(steward, edit_page(listing), **sent).location))

    assert work.session.scalars(select(Phone.number)).all() == ["410-555-0123"]
    assert "Age at least 60 years Known" in shown.text
    assert {"Food", "Money"} <= set(shown.text.replace(",", " ").split())


@pytest.mark.parametrize(
    ("fact", "operator", "value", "words"),
    [
        ("income", "at_most", "$30,000", "Household income, in dollars a year at most $30,000 Known"),
        ("children", "at_least", "1", "Children under 18 at home at least 1 Known"),
        ("age", "at_least", "6 months", "Age at least 6 months Known"),
        ("insurance", "any_of", "medicaid, medicare", "Medicaid, Medicare Known"),
        ("has_proof_of_address", "is", "yes", "Has proof of address is yes Known"),
    ],
)
def test_a_rule_about_any_fact_is_added(
    steward: FlaskClient, listing: Listing, fact: str, operator: str, value: str, words: str
) -> None:
    rule = {"rule.new.fact": fact, "rule.new.operator": operator, "rule.new.value": value}

    shown = page(
        steward.get(send(steward, edit_page(listing), **kept(steward, listing, rules="shown", **rule)).location)
    )

    assert words in shown.text


def test_what_cannot_be_is_named_what_was_typed_stays_and_nothing_is_written(
    steward: FlaskClient, listing: Listing, work: Work
) -> None:
    key = f"service.{listing.service.id}.minimum_age"

    for typed, words in (("400", "Use a number from 0 to 130."), ("old", "Write a number.")):
        shown = page(send(steward, edit_page(listing), **kept(steward, listing, **{key: typed})))
        assert shown.status == 422
        assert words in shown.text
        assert f'value="{typed}"' in shown.html
    assert work.session.get_one(Service, listing.service.id, populate_existing=True).minimum_age is None


def test_an_edit_based_on_an_older_state_is_refused(steward: FlaskClient, listing: Listing) -> None:
    stale = kept(steward, listing, **{f"service.{listing.service.id}.name": "First"})
    stale["based_on"] = "2020-01-01T00:00:00+00:00"

    shown = page(send(steward, edit_page(listing), **stale))

    assert shown.status == 422
    assert "Somebody else changed this listing" in shown.text


def test_a_programme_lead_reads_and_does_not_edit(
    work: Work, market: Market, signed_in: SignedIn, listing: Listing
) -> None:
    lead = signed_in(a_user(work, Role.PROGRAMME_LEAD, market))

    shown = page(lead.get(f"/steward/listings/{listing.service.id}"))

    assert shown.heading == "Canned goods"
    assert "/edit" not in shown.html
    assert lead.get(edit_page(listing)).status_code == 403
