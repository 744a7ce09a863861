"""What was asked has an address that tells nothing, so another language, Back and Forward lead to it."""

from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from resource_hub.accounts.work import Work
from resource_hub.app import create_app
from resource_hub.core.db import Database
from resource_hub.core.encryption import Place
from resource_hub.inventory.models import Market
from resource_hub.web.portal import keeping
from resource_hub.web.shared.hub import EXTENSION
from tests.factories import a_listing, a_market
from tests.web.conftest import SETTINGS, page

WORDS = "somewhere safe tonight"


@pytest.fixture
def here(work: Work) -> Market:
    here = a_market(work, "baltimore")
    a_listing(work, here, assured_date=work.now.date())
    return here


@pytest.fixture
def reader(client: FlaskClient, here: Market) -> FlaskClient:
    """Somebody whose browser keeps cookies and who is at the start."""
    client.get("/")
    return client


def ask(client: FlaskClient, at: str = "/find", **fields: str) -> str:
    answer = client.post(at, data=fields)
    assert answer.status_code == 303, answer.status_code
    return answer.headers["Location"]


def is_asked_again(client: FlaskClient, address: str) -> bool:
    shown = page(client.get(address))
    return shown.status == 200 and "We do not keep what you asked. Please ask again." in shown.text


def cookie(client: FlaskClient) -> str:
    kept = client.get_cookie(keeping.COOKIE)
    return kept.value if kept else ""


def test_an_answer_has_an_address_that_tells_nothing(reader: FlaskClient) -> None:
    address = ask(reader, words=WORDS, market="baltimore")

    assert page(reader.get(address)).status == 200
    assert len(address) == len("/find/") + 8
    assert WORDS not in cookie(reader)


def test_each_search_is_found_again_by_its_own_address(reader: FlaskClient) -> None:
    wide = ask(reader, need="food-insecurity", market="baltimore")
    narrow = ask(reader, need="food-insecurity", market="baltimore", turn="free")

    pressed = [page(reader.get(address)).html.count('aria-pressed="true"') for address in (wide, narrow, wide)]
    assert pressed == [0, 1, 0]


def test_another_language_keeps_the_search(reader: FlaskClient) -> None:
    address = ask(reader, need="food-insecurity", market="baltimore")
    back = page(reader.get(address)).hidden("back")

    answer = reader.post("/language", data={"language": "es", "back": back}, follow_redirects=True)

    assert (back, page(answer).heading) == (address, "Comida en Baltimore")


def test_what_is_still_to_be_said_or_mended_has_an_address_too(reader: FlaskClient) -> None:
    assert page(reader.get(ask(reader, need="food-insecurity"))).heading == "Where are you?"
    refused = page(reader.get(ask(reader, need="food-insecurity", zip="1")))
    assert (refused.status, "five digits" in refused.to_mend) == (422, True)


def test_the_second_question_has_one_as_well(reader: FlaskClient) -> None:
    address = ask(reader, "/guide", branch="money")
    assert page(reader.get(address)).heading == "What is hardest to pay?"
    assert is_asked_again(reader, "/guide/00000000")


def test_a_browser_that_keeps_nothing_is_answered_at_once(client: FlaskClient, here: Market) -> None:
    shown = page(client.post("/find", data={"need": "food-insecurity", "market": "baltimore"}))
    assert (shown.status, cookie(client)) == (200, "")


def test_another_browser_does_not_find_it(app: Flask, reader: FlaskClient) -> None:
    address = ask(reader, need="food-insecurity", market="baltimore")
    stranger = app.test_client()
    stranger.get("/")
    assert is_asked_again(stranger, address)


def test_it_is_forgotten_after_a_while(reader: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    address = ask(reader, need="food-insecurity", market="baltimore")
    assert reader.get(address).status_code == 200
    monkeypatch.setattr(keeping, "KEPT_FOR", timedelta(seconds=-1))
    assert is_asked_again(reader, address)


def test_the_newest_stay_and_a_cookie_never_grows_too_large(reader: FlaskClient) -> None:
    addresses = [ask(reader, words=f"food {turn} " + "x" * 100, market="baltimore") for turn in range(30)]

    assert reader.get(addresses[-1]).status_code == reader.get(addresses[-2]).status_code == 200
    assert is_asked_again(reader, addresses[0])
    assert len(cookie(reader)) <= keeping.LONGEST


def test_what_no_cookie_holds_is_answered_at_once(reader: FlaskClient) -> None:
    assert page(reader.post("/find", data={"words": "x" * 4000})).to_mend


@pytest.mark.parametrize("spoilt", ["", "-", "x", "é", "AAAA", "A" * 3000, "session=1; a"])
def test_a_cookie_that_is_none_of_ours_is_no_error(reader: FlaskClient, spoilt: str) -> None:
    reader.set_cookie(keeping.COOKIE, spoilt)
    for unknown in ("/find/00000000", "/find/x", "/find/" + "%C3%A9" * 300):
        assert is_asked_again(reader, unknown)
    assert reader.get(ask(reader, need="food-insecurity", market="baltimore")).status_code == 200


def test_what_was_sealed_otherwise_is_no_error(reader: FlaskClient, app: Flask) -> None:
    vault = app.extensions[EXTENSION].vault
    for text, place in (("[]", Place("portal", "other", "")), ("[1]", keeping._PLACE), ('[["x"]]', keeping._PLACE)):
        reader.set_cookie(keeping.COOKIE, urlsafe_b64encode(vault.seal(text, place)).decode())
        assert is_asked_again(reader, "/find/00000000")


def test_it_ends_with_the_browser_and_goes_over_https_only_in_production(
    app: Flask, database: Database, now: datetime, here: Market
) -> None:
    made = app.test_client().get("/").headers["Set-Cookie"]
    assert made == "asked=-; Path=/; SameSite=Lax"
    production = create_app(replace(SETTINGS, env="production"), database=database, clock=lambda: now)
    assert "Secure" in production.test_client().get("/").headers["Set-Cookie"]
