"""A resident finds help alone: need and ZIP Code, a list, a listing; nothing is kept and no address holds it."""

import logging
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection, MetaData, func, select
from werkzeug.test import TestResponse

from resource_hub.accounts.work import Work
from resource_hub.core.ids import new_id
from resource_hub.inventory.models import EligibilityRule, Market
from resource_hub.inventory.models.market import MarketArea
from resource_hub.web.portal.needs import TILES
from tests.factories import Listing, a_listing, a_market
from tests.web.conftest import Page, page, words_of

FOOD = {"need": "food-insecurity"}
ALASKA = "99501"


@pytest.fixture
def market(work: Work) -> Market:
    """Baltimore, beside a market in New York City that has the same things."""
    market = a_market(work, "baltimore")
    other = work.session.query(Market).filter_by(slug="baltimore-neighbour").one()
    other.state, other.name = "NY", "New York"
    areas = [(market, "Baltimore (city)"), (other, "New York")]
    work.session.add_all(MarketArea(market_id=one.id, kind="county", value=name) for one, name in areas)
    work.session.flush()
    return market


@pytest.fixture
def pantry(work: Work, market: Market) -> Listing:
    return a_listing(work, market, description="Bags of groceries.", fees_description="Free")


def find(client: FlaskClient, **fields: str) -> TestResponse:
    return client.post("/find", data=fields)


def found(client: FlaskClient, **fields: str) -> Page:
    return page(find(client, **fields))


def test_the_start_asks_one_question(client: FlaskClient, market: Market) -> None:
    shown = page(client.get("/"))

    assert shown.heading == "What do you need help with?"
    for text in (
        "Food",
        "A place to stay",
        "Say it in your own words",
        "We keep nothing about you",
        "In danger now? Call 911.",
    ):
        assert text in shown.text, text
    assert shown.html.count('class="tile"') == len(TILES)


def test_a_need_and_a_zip_code_lead_to_a_list(client: FlaskClient, pantry: Listing) -> None:
    shown = found(client, **FOOD, zip="21201")

    assert (shown.status, shown.heading) == (200, "Food near 21201")
    for text in ("Food pantry", "Bags of groceries.", "1 Light St"):
        assert text in shown.text, text
    assert "Neighbour" not in shown.text
    link = re.search(r'href="(/services/[^"]+)"', shown.html)
    assert link
    listing = page(client.get(link[1]))
    assert (listing.title, listing.heading) == ("Food pantry – Resource Hub", "Food pantry")
    for text in ("Free", "Bags of groceries.", "We do not know. Call first."):
        assert text in listing.text, text


def test_zip_codes_have_four_more_digits_sometimes(client: FlaskClient, pantry: Listing) -> None:
    assert "Food pantry" in found(client, **FOOD, zip="21201-1234").text


@pytest.mark.parametrize(
    "wrong", ["2120", "212011", "twelve", "21201\n", "\uff12\uff11\uff12\uff10\uff11", "21201-12", "x" * 5000]
)
def test_what_is_no_zip_code_is_said_at_its_field(client: FlaskClient, market: Market, wrong: str) -> None:
    shown = found(client, **FOOD, zip=wrong)

    if wrong.strip() == "21201":
        assert shown.status == 200
        return
    assert (shown.status, shown.heading) == (422, "Where are you?")
    assert 'href="#zip"' in shown.to_mend
    assert "five digits" in shown.to_mend
    assert shown.hidden("zip") == wrong


@pytest.mark.parametrize("unknown", ["00000", ALASKA])
@pytest.mark.parametrize("area", ["", "baltimore"])
def test_a_zip_code_that_no_list_covers_is_said(client: FlaskClient, market: Market, unknown: str, area: str) -> None:
    """Also where an area is chosen: it would be far away, and nobody would notice."""
    shown = found(client, **FOOD, zip=unknown, market=area)

    assert shown.status == 422
    assert "We have no list for this place yet" in shown.to_mend
    assert shown.hidden("zip") == unknown


def test_without_a_zip_code_the_area_is_asked_for(client: FlaskClient, pantry: Listing) -> None:
    assert (found(client, **FOOD).status, found(client, **FOOD).heading) == (200, "Where are you?")
    assert "choose an area" in found(client, **FOOD, anywhere="y").to_mend
    assert found(client, **FOOD, market="nowhere").status == 422

    shown = found(client, **FOOD, market="baltimore")

    assert shown.heading == "Food in Baltimore"
    assert "Food pantry" in shown.text


def test_no_area_is_chosen_unasked(client: FlaskClient, market: Market) -> None:
    assert '<option value="">Choose an area</option>' in found(client, **FOOD).html


def test_where_there_is_one_area_nobody_has_to_choose(client: FlaskClient, work: Work) -> None:
    a_listing(work, a_market(work, "alone", noise=False))

    assert 'name="market"' not in found(client, **FOOD).html
    assert found(client, **FOOD, anywhere="y").heading == "Food in Alone"


@pytest.mark.parametrize("wrong", ["", "gold", "FOOD-INSECURITY"])
def test_a_need_that_is_none_is_refused(client: FlaskClient, market: Market, wrong: str) -> None:
    assert found(client, need=wrong, zip="21201").status == 422


def test_where_nothing_is_found_somebody_can_be_called(client: FlaskClient, market: Market) -> None:
    shown = found(client, need="stress", zip="21201")

    assert "Call 211" in shown.text
    assert 'href="tel:211"' in shown.html


def test_the_list_is_short_until_more_is_asked_for(client: FlaskClient, work: Work, market: Market) -> None:
    for number in range(12):
        a_listing(work, market, name=f"Pantry {number}")

    short = found(client, **FOOD, zip="21201")
    assert (short.html.count('class="result"'), "Show more" in short.text) == (10, True)
    long = found(client, **FOOD, zip="21201", more="y")
    assert (long.html.count('class="result"'), "Show more" in long.text) == (12, False)


def test_where_the_reader_lives_is_not_asked_again(client: FlaskClient, work: Work, pantry: Listing) -> None:
    """The ZIP Code that was typed decides who may come, as it does at the desk."""
    rule = EligibilityRule(
        id=new_id(), market_id=pantry.service.market_id, service_id=pantry.service.id, fact="zip",
        operator="any_of", value=["21201"], status="approved", source="test", created_at=work.now,
    )  # fmt: skip
    work.session.add(rule)
    work.session.flush()

    assert "Which ZIP Code is home?" in found(client, **FOOD, market="baltimore").text
    near = found(client, **FOOD, zip="21201")
    assert ("Food pantry" in near.text, "Which ZIP Code" in near.text) == (True, False)
    assert "Food pantry" not in found(client, **FOOD, zip="21230").text


@pytest.mark.parametrize("need", ["intimate-partner-violence", "elder-abuse"])
def test_safety_comes_first(client: FlaskClient, work: Work, market: Market, need: str) -> None:
    a_listing(work, market, name="Safe house", needs=(need,))

    shown = found(client, need=need, zip="21201")

    assert shown.text.index("If you are in danger now") < shown.text.index("Safe house")
    assert shown.html.index('href="tel:911"') < shown.html.index("<h1")
    assert 'href="tel:18007997233"' in shown.html
    assert "If you are in danger now" not in found(client, **FOOD, zip="21201").text


def test_a_listing_that_is_not_offered_any_more_is_not_there(client: FlaskClient, work: Work, market: Market) -> None:
    closed = a_listing(work, market, name="Gone", status="defunct").service_at_location.id
    paused = a_listing(work, market, name="Paused", status="temporarily closed").service_at_location.id

    assert client.get(f"/services/{closed}").status_code == 404
    assert client.get(f"/services/{new_id()}").status_code == 404
    assert "Closed for now" in page(client.get(f"/services/{paused}")).text


class TestInSpanish:
    """The browser asks for it, or the reader chooses it; what the directory says stays as it was written."""

    def test_as_the_browser_asks(self, client: FlaskClient, pantry: Listing) -> None:
        answer = client.post("/find", data=FOOD | {"zip": "21201"}, headers={"Accept-Language": "es-MX,es;q=0.9"})

        shown = page(answer)
        assert '<html lang="es">' in shown.html
        assert "Comida" in shown.heading
        assert "Food pantry" in shown.text

    def test_as_the_reader_chooses(self, client: FlaskClient, market: Market) -> None:
        assert client.post("/language", data={"language": "es", "back": "/"}).status_code == 303

        shown = found(client, **FOOD, zip="1")
        assert '<html lang="es">' in shown.html
        assert "Type a ZIP" not in shown.text
        assert "Something needs" not in shown.text


class TestNothingIsKept:
    def test_the_search_goes_by_post_only(self, client: FlaskClient, market: Market) -> None:
        assert client.get("/find", query_string=FOOD).status_code == 405

    def test_the_address_is_not_read(self, client: FlaskClient, pantry: Listing) -> None:
        assert client.post("/find?need=food-insecurity&zip=21201").status_code == 422
        assert "21201" not in client.get("/?need=food-insecurity&zip=21201").get_data(as_text=True)

    def test_no_cookie_is_needed(self, client: FlaskClient, pantry: Listing) -> None:
        bare = client.application.test_client(use_cookies=False)
        bare.get("/")
        assert "Food pantry" in found(bare, **FOOD, zip="21201").text
        for answer in (find(bare, **FOOD, zip="21201"), find(bare, **FOOD, zip="x")):
            assert "Set-Cookie" not in answer.headers
            assert answer.headers["Cache-Control"] == "no-store"

    def test_no_address_on_the_list_holds_the_search(self, client: FlaskClient, pantry: Listing) -> None:
        html = found(client, **FOOD, zip="21201").html

        # What leads elsewhere is the address of the listing, whoever asks.
        addresses = re.findall(r'(?:href|action|src)="(/[^"]*)"', html)
        assert len(addresses) > 5
        assert not [address for address in addresses if "21201" in address or "food" in address]

    def test_no_log_record_holds_the_search(
        self, client: FlaskClient, pantry: Listing, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)

        for zip_code in ("21201", "00000", "canary"):
            find(client, **FOOD, zip=zip_code)

        logged = "\n".join(words_of(record) for record in caplog.records)
        assert '"/find"' in logged
        for secret in ("21201", "canary", "food"):
            assert secret not in logged

    def test_no_row_is_written(self, client: FlaskClient, pantry: Listing, connection: Connection) -> None:
        before = rows_of(connection)

        assert find(client, **FOOD, zip="21201").status_code == 200
        find(client, **FOOD, zip="00000")

        assert rows_of(connection) == before
        assert sum(before.values()) > 5


def rows_of(connection: Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    tables = MetaData()
    tables.reflect(connection)
    return {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables.sorted_tables
    }
