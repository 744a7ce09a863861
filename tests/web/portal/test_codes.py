"""On paper a listing has its address as a code, unless a phone should not remember it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
import segno
from flask import Flask
from flask.testing import FlaskClient

from resource_hub.accounts.work import Work
from resource_hub.app import make_hub
from resource_hub.core.db import Database
from resource_hub.inventory.models import Market
from resource_hub.web.portal.codes import QUIET
from resource_hub.web.shared.hub import EXTENSION
from tests.factories import Listing, a_listing, a_market
from tests.web.conftest import SETTINGS, page

SITE = "https://hub.example.org"


@pytest.fixture
def here(work: Work) -> Market:
    return a_market(work, "baltimore")


@pytest.fixture
def printed(made: Flask, database: Database, now: datetime) -> Callable[[Listing], str]:
    """Return what is printed of a listing where the operator named the site."""
    made.extensions[EXTENSION] = make_hub(replace(SETTINGS, public_url=SITE), database, lambda: now)
    client = made.test_client()
    return lambda listing: client.get(f"/services/{listing.service_at_location.id}").get_data(as_text=True)


def dots(html: str) -> set[tuple[int, int]]:
    path = re.search(r'page-code">.*?<path d="([^"]+)"', html, re.DOTALL)
    assert path
    return {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", path[1])}


def test_the_code_says_the_address_beside_it(work: Work, here: Market, printed: Callable[[Listing], str]) -> None:
    pantry = a_listing(work, here)
    html = printed(pantry)

    address = f"{SITE}/services/{pantry.service_at_location.id}"
    assert f"<br>{address}</figcaption>" in html
    rows = segno.make_qr(address, error="m").matrix
    assert dots(html) == {(x + QUIET, y + QUIET) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark}
    assert f'viewBox="0 0 {len(rows) + 2 * QUIET} {len(rows) + 2 * QUIET}"' in html


def test_without_a_named_site_it_is_where_the_reader_is(client: FlaskClient, work: Work, here: Market) -> None:
    there = a_listing(work, here).service_at_location.id
    shown = page(client.get(f"/services/{there}", base_url="http://hub.test:81"))
    assert f"http://hub.test:81/services/{there}" in shown.text


@pytest.mark.parametrize("need", ["intimate-partner-violence", "stress", "incarceration-status"])
def test_a_phone_does_not_remember_what_is_sensitive(
    work: Work, here: Market, printed: Callable[[Listing], str], need: str
) -> None:
    assert "page-code" not in printed(a_listing(work, here, needs=(need,)))


def test_a_phone_does_not_remember_a_confidential_place(
    work: Work, here: Market, printed: Callable[[Listing], str]
) -> None:
    house = a_listing(work, here)
    house.location.confidential = True
    work.session.flush()
    assert "page-code" not in printed(house)
