"""Stewards see what scarce places cost others, and set it otherwise."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from resource_hub.accounts.values import Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.inventory.models import Market
from resource_hub.matching.models import PlacePrice
from tests.factories import Listing, a_listing, a_market, a_user
from tests.web.conftest import page, send

AT = "/steward/scarce-places"
SignedIn = Callable[[Actor], FlaskClient]


@pytest.fixture
def market(work: Work) -> Market:
    return a_market(work)


@pytest.fixture
def steward(work: Work, market: Market, signed_in: SignedIn) -> FlaskClient:
    return signed_in(a_user(work, Role.STEWARD, market))


def a_price(work: Work, market: Market, name: str, price: float = 0.25) -> Listing:
    listing = a_listing(work, market, name=name)
    place = listing.service_at_location.id
    work.session.add(PlacePrice(service_at_location_id=place, market_id=market.id, price=price, computed_at=work.now))
    work.session.flush()
    return listing


def test_only_priced_places_of_ones_own_market_are_shown(steward: FlaskClient, work: Work, market: Market) -> None:
    a_price(work, market, "Last beds")
    a_price(work, market, "Plenty of room", price=0)
    a_price(work, a_market(work, "elsewhere", noise=False), "Their beds")

    shown = page(steward.get(AT)).text

    assert ("Last beds" in shown, "0.25" in shown) == (True, True)
    assert ("Plenty of room" in shown, "Their beds" in shown) == (False, False)


def test_a_price_is_set_and_given_back(steward: FlaskClient, work: Work, market: Market) -> None:
    place = a_price(work, market, "Last beds").service_at_location.id

    send(steward, AT, f"{AT}/{place}", price="0.1")
    assert work.session.get_one(PlacePrice, place).set_price == pytest.approx(0.1)
    assert 'value="0.1"' in page(steward.get(AT)).html

    send(steward, AT, f"{AT}/{place}", price="")
    assert work.session.get_one(PlacePrice, place).set_price is None


@pytest.mark.parametrize("wrong", ["2", "-1", "much", "nan"])
def test_a_wrong_price_is_named(steward: FlaskClient, work: Work, market: Market, wrong: str) -> None:
    place = a_price(work, market, "Last beds").service_at_location.id

    assert page(send(steward, AT, f"{AT}/{place}", price=wrong)).status == 422
    assert work.session.get_one(PlacePrice, place).set_price is None


def test_a_place_of_another_market_is_not_there(steward: FlaskClient, work: Work, market: Market) -> None:
    a_price(work, market, "Last beds")
    theirs = a_price(work, a_market(work, "elsewhere", noise=False), "Their beds").service_at_location.id

    assert send(steward, AT, f"{AT}/{theirs}", price="0").status_code == 404


def test_a_programme_lead_sees_and_sets_nothing(work: Work, market: Market, signed_in: SignedIn) -> None:
    place = a_price(work, market, "Last beds").service_at_location.id
    lead = signed_in(a_user(work, Role.PROGRAMME_LEAD, market))

    assert "Last beds" in page(lead.get(AT)).text
    assert send(lead, "/sign-in", f"{AT}/{place}", price="0").status_code == 403
