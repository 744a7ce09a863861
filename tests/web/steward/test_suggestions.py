"""Stewards approve and reject suggestions in bulk, without JavaScript."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_hub.accounts.values import Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.inventory.models import BulkDecision, EligibilityRule, Market, ServiceNeed
from resource_hub.inventory.service.eligibility import read_eligibility
from resource_hub.inventory.service.suggestions import store_suggestions
from resource_hub.inventory.values import NeedSuggestion
from tests.factories import Listing, a_listing, a_market, a_user
from tests.web.conftest import page, send

AT = "/steward/suggestions"
FOOD, RIDES = "food-insecurity", "transportation-insecurity"
SignedIn = Callable[[Actor], FlaskClient]


@pytest.fixture
def market(work: Work) -> Market:
    return a_market(work)


@pytest.fixture
def steward(work: Work, market: Market, signed_in: SignedIn) -> FlaskClient:
    return signed_in(a_user(work, Role.STEWARD, market))


@pytest.fixture
def listing(work: Work, market: Market) -> Listing:
    listing = a_listing(
        work,
        market,
        name="Corner cupboard",
        needs=(),
        description="Free groceries on Mondays.",
        eligibility_description="Veterans of any age, by appointment.",
    )
    listing.service.source_id = "7"
    suggest(work, market, listing, (FOOD, 0.97), (RIDES, 0.4))
    return listing


def suggest(work: Work, market: Market, listing: Listing, *needs: tuple[str, float]) -> None:
    found = [NeedSuggestion(listing.service.id, need, sure, ("groceries",)) for need, sure in needs]
    store_suggestions(work, market, found)


def needs_of(session: Session, listing: Listing) -> set[str]:
    return set(session.scalars(select(ServiceNeed.need).where(ServiceNeed.service_id == listing.service.id)))


def test_suggestions_show_how_sure_they_are_and_mark_the_words(steward: FlaskClient, listing: Listing) -> None:
    shown = page(steward.get(AT))
    assert (shown.status, shown.heading) == (200, "Suggested needs")
    assert "<mark>groceries</mark>" in shown.html
    assert ("Corner cupboard" in shown.text, "97 %" in shown.text.replace("\xa0", " ")) == (True, True)
    assert "Rides" not in shown.text
    assert "Rides" in page(steward.get(f"{AT}?least=0.3&about={RIDES}")).text


def test_ticked_needs_are_approved_and_the_decision_is_undone(
    steward: FlaskClient, work: Work, market: Market, listing: Listing
) -> None:
    key = f"{listing.service.id}:{FOOD}"
    sent = {"market": market.id, "about": FOOD, "least": "0.9", "chosen": key, "approve": "1"}
    answer = send(steward, AT, **sent)
    assert (answer.status_code, needs_of(work.session, listing)) == (303, {FOOD})
    assert "1 suggestion was decided." in page(steward.get(answer.location)).text
    late = send(steward, f"{AT}?least=0", AT, **sent)
    assert "somebody else decided" in page(steward.get(late.location)).text
    decision = work.session.scalars(select(BulkDecision)).one()
    undo = {"market": market.id, "kind": "needs", "decision": decision.id}
    send(steward, f"{AT}?least=0", f"{AT}/undo", **undo)
    assert needs_of(work.session, listing) == set()
    again = send(steward, f"{AT}?least=0", f"{AT}/undo", **undo)
    assert "This was undone already." in page(steward.get(again.location)).text


def test_rules_are_shown_with_the_sentence_and_decided_one_by_one(
    steward: FlaskClient, work: Work, market: Market, listing: Listing
) -> None:
    read_eligibility(work, market)
    shown = page(steward.get(f"{AT}/rules?about=veteran"))
    assert "<mark>Veterans</mark> of any age, by appointment." in shown.html
    (rule,) = work.session.scalars(select(EligibilityRule))
    send(steward, f"{AT}/rules", market=market.id, about="veteran", approve_one=rule.id, chosen="other")
    (approved,) = work.session.scalars(select(EligibilityRule))
    assert (approved.status, approved.source) == ("approved", "steward")


def test_another_market_is_not_found(steward: FlaskClient, work: Work, market: Market, listing: Listing) -> None:
    theirs = a_market(work, "elsewhere", noise=False)
    assert steward.get(f"{AT}?market={theirs.id}").status_code == 404
    assert steward.get(f"{AT}/rules?market=nothing").status_code == 404
    key = f"{listing.service.id}:{FOOD}"
    assert send(steward, f"{AT}?least=0", AT, market=theirs.id, chosen=key, approve="1").status_code == 404


def test_a_programme_lead_looks_and_does_not_decide(
    work: Work, market: Market, listing: Listing, signed_in: SignedIn
) -> None:
    lead = signed_in(a_user(work, Role.PROGRAMME_LEAD, market))
    shown = page(lead.get(AT))
    assert (shown.status, "Approve" in shown.text) == (200, False)


@pytest.mark.parametrize(
    "odd",
    ["least=nan&page=-1", "least=-4&page=x", "about=unknown&page=99999999999999", "page=²", "least=" + "9" * 400],
)
def test_odd_addresses_are_answered(steward: FlaskClient, listing: Listing, odd: str) -> None:
    assert steward.get(f"{AT}?{odd}").status_code == 200
    assert steward.get(f"{AT}/rules?{odd}").status_code == 200


def test_odd_forms_change_nothing(steward: FlaskClient, work: Work, market: Market, listing: Listing) -> None:
    for chosen in ("", ":", "x:food-insecurity", f"{listing.service.id}:unknown", "\u202e" * 50):
        assert send(steward, f"{AT}?least=0", AT, market=market.id, chosen=chosen, approve="1").status_code == 303
        sent = send(steward, f"{AT}?least=0", f"{AT}/rules", market=market.id, chosen=chosen, reject="1")
        assert sent.status_code == 303
    assert needs_of(work.session, listing) == set()
