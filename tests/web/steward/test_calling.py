"""Calling to check listings, as a steward sees it: one at a time, with a script, and never another steward's."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from resource_hub.accounts.values import Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.inventory.models import CheckAttempt, Market, Phone, Verification
from resource_hub.inventory.service.reports import report_error
from resource_hub.inventory.values import ReportKind
from tests.factories import Listing, a_listing, a_market, a_user, stamps
from tests.matching.records import checked
from tests.web.conftest import Page, page, send

SignedIn = Callable[[Actor], FlaskClient]
CALL = "/steward/call-next"
ALL = {f"asked.{kind}": "on" for kind in ("listing", "hours", "phone", "address", "eligibility")}


@pytest.fixture
def market(work: Work) -> Market:
    return a_market(work)


@pytest.fixture
def rare(work: Work, market: Market) -> Listing:
    """What comes first: nothing else answers its need."""
    listing = a_listing(work, market, name="Rare help", needs=("stress",))
    work.session.add(Phone(**stamps(work, market), service_id=listing.service.id, number="410-555-0100"))
    checked(work, market, listing, date(2025, 1, 1))
    work.session.flush()
    return listing


@pytest.fixture
def plain(work: Work, market: Market) -> Listing:
    a_listing(work, market, name="Also food")
    return a_listing(work, market, name="Bread line")


@pytest.fixture
def steward(work: Work, market: Market, signed_in: SignedIn) -> FlaskClient:
    return signed_in(a_user(work, Role.STEWARD, market))


@pytest.fixture
def another(work: Work, market: Market, signed_in: SignedIn) -> FlaskClient:
    return signed_in(a_user(work, Role.STEWARD, market))


def take(client: FlaskClient) -> Page:
    assert send(client, CALL, f"{CALL}/take").status_code == 303
    return page(client.get(CALL))


def answer(client: FlaskClient, listing: Listing, outcome: str, **fields: str) -> Page:
    sent = send(client, CALL, f"{CALL}/{listing.service.id}", outcome=outcome, **{**ALL, **fields})
    return page(client.get(CALL) if sent.status_code == 303 else sent)


def test_one_listing_with_its_number_its_doubts_by_age_and_a_script(
    steward: FlaskClient, rare: Listing, plain: Listing
) -> None:
    assert "0 done today · 3 to go" in page(steward.get(CALL)).text

    shown = take(steward)

    assert shown.heading == "Rare help"
    assert 'href="tel:4105550100"' in shown.html
    questions = re.findall(r'for="asked\.(\w+)"', shown.html)
    assert questions == ["hours", "listing", "eligibility", "phone", "address"]
    assert "Last checked 22 months ago" in shown.text
    assert plain.service.name not in shown.text


def test_right_takes_the_next_and_counts(steward: FlaskClient, rare: Listing, plain: Listing, work: Work) -> None:
    take(steward)
    shown = answer(steward, rare, "right")

    assert "1 done today · 2 to go" in shown.text
    assert shown.heading in {"Also food", "Bread line"}
    checked_now = select(Verification.fact_kind).where(Verification.verified_on == date(2026, 11, 20))
    assert len(work.session.scalars(checked_now).all()) == 5


def test_two_stewards_at_once_have_two_listings(
    steward: FlaskClient, another: FlaskClient, rare: Listing, plain: Listing, work: Work
) -> None:
    first, second = take(steward), take(another)

    assert first.heading == "Rare help"
    assert second.heading != first.heading
    refused = answer(another, rare, "right")
    assert refused.status == 422
    assert "Another steward has this listing now" in refused.text
    assert work.session.scalars(select(CheckAttempt)).all() == []
    # Looking again takes nothing away from anybody.
    assert page(steward.get(CALL)).heading == "Rare help"


def test_a_number_is_changed_in_place(steward: FlaskClient, rare: Listing, work: Work) -> None:
    phone = work.session.scalars(select(Phone)).one()
    shown = take(steward)
    fields = {f"phone.{phone.id}.number": "410-555-0199", f"phone.{phone.id}.extension": "",
              "based_on": shown.hidden("based_on")}  # fmt: skip

    unsaid = answer(steward, rare, "right", **fields)
    saved = answer(steward, rare, "changed", **fields)

    assert "save what changed" in unsaid.text
    assert 'value="410-555-0199"' in unsaid.html
    assert saved.status == 200
    work.session.refresh(phone)
    assert phone.number == "410-555-0199"
    assert "410-555-0199" in page(steward.get(f"/steward/listings/{rare.service.id}")).text


def test_no_answer_comes_again_another_day_and_closed_never(steward: FlaskClient, rare: Listing, work: Work) -> None:
    take(steward)
    assert "There is nothing to call about now" in answer(steward, rare, "no-answer").text
    attempt = work.session.scalars(select(CheckAttempt)).one()
    assert (attempt.outcome, attempt.next_on) == ("no-answer", date(2026, 11, 23))

    report_error(work, rare.service, ReportKind.CLOSED, "A sign on the door")
    assert "“A sign on the door”" in take(steward).text
    assert "There is nothing to call about now" in answer(steward, rare, "closed").text
    work.session.refresh(rare.service)
    assert rare.service.status == "defunct"


@pytest.mark.parametrize("outcome", ["", "nonsense"])
def test_an_answer_that_says_nothing_is_asked_for_again(steward: FlaskClient, rare: Listing, outcome: str) -> None:
    take(steward)
    shown = answer(steward, rare, outcome)

    assert shown.status == 422
    assert "Say what came of the call" in shown.text


def test_a_listing_of_another_market_is_not_there(steward: FlaskClient, rare: Listing, work: Work) -> None:
    elsewhere = a_listing(work, a_market(work, "elsewhere", noise=False))

    assert answer(steward, elsewhere, "right").status == 404
    shown = take(steward)
    assert shown.heading == "Rare help"


def test_who_is_no_steward_may_not_call(work: Work, market: Market, signed_in: SignedIn) -> None:
    assert signed_in(a_user(work, Role.PROGRAMME_LEAD, market)).get(CALL).status_code == 403


def test_the_page_speaks_spanish(steward: FlaskClient, rare: Listing) -> None:
    take(steward)
    shown = page(steward.get(CALL, headers={"Accept-Language": "es"}))
    assert "hechas hoy" in shown.text
    assert "Hello" not in shown.text
