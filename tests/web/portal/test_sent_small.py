"""Pages for residents are small on the way, found by search engines where that does no harm, and say what they are."""

from collections.abc import Callable
from gzip import decompress

import pytest
from flask.testing import FlaskClient

from resource_hub.accounts.values import Actor
from resource_hub.accounts.work import Work
from resource_hub.inventory.models import Market
from tests.factories import a_listing, a_market
from tests.handoff.stories import Story
from tests.web.conftest import page

GZIP = {"Accept-Encoding": "br, gzip"}
NOINDEX = '<meta name="robots" content="noindex">'


@pytest.fixture
def here(work: Work) -> Market:
    return a_market(work, "baltimore")


def test_a_page_is_compressed_for_who_reads_that(client: FlaskClient, here: Market) -> None:
    plain, small = client.get("/"), client.get("/", headers=GZIP)

    assert small.headers["Content-Encoding"] == "gzip"
    assert decompress(small.data) == plain.data
    assert len(small.data) < len(plain.data) / 2
    assert int(small.headers["Content-Length"]) == len(small.data)
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert "Content-Encoding" not in client.get("/", headers={"Accept-Encoding": "gzip;q=0"}).headers


def test_a_page_that_holds_a_token_is_not(signed_in: Callable[[Actor], FlaskClient], story: Story) -> None:
    staff = signed_in(story.coordinator)
    assert "csrf_token" in staff.get("/", headers=GZIP).text
    for address in ("/", "/desk/", "/sign-in"):
        assert "Content-Encoding" not in staff.get(address, headers=GZIP).headers


def test_search_engines_find_the_start_and_a_listing(client: FlaskClient, work: Work, here: Market) -> None:
    pantry = a_listing(work, here).service_at_location.id
    for address in ("/", f"/services/{pantry}"):
        shown = page(client.get(address))
        assert NOINDEX not in shown.html
        assert '<meta name="description" content="Find help near you' in shown.html


@pytest.mark.parametrize("need", ["intimate-partner-violence", "incarceration-status"])
def test_they_do_not_find_what_is_sensitive(client: FlaskClient, work: Work, here: Market, need: str) -> None:
    listing = a_listing(work, here, needs=(need,)).service_at_location.id
    for address in (f"/services/{listing}", "/find/12345678", "/my-list", "/sign-in", f"/services/{listing}/wrong"):
        assert NOINDEX in page(client.get(address)).html
