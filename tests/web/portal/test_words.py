"""A resident says it in their own words: a list, safety first, and nothing of it kept."""

import logging

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from resource_hub.accounts.work import Work
from resource_hub.inventory.models import Market
from resource_hub.inventory.models.market import MarketArea
from resource_hub.matching.models import ZeroResult
from resource_hub.web.shared import finding
from tests.factories import a_listing, a_market
from tests.web.conftest import Page, page, words_of

SAFE = "somewhere safe from my husband"


@pytest.fixture
def here(work: Work) -> Market:
    """Baltimore, with a pantry and a job club."""
    here = a_market(work, "baltimore", noise=False)
    work.session.add(MarketArea(market_id=here.id, kind="county", value="Baltimore (city)"))
    a_listing(work, here, name="Food pantry", description="Bags of groceries.")
    a_listing(work, here, name="Job club", needs=("employment-status",))
    work.session.flush()
    return here


def asked(client: FlaskClient, words: str, **fields: str) -> Page:
    return page(client.post("/find", data={"words": words, "zip": "21201"} | fields))


@pytest.mark.usefixtures("here")
def test_words_with_a_slip_lead_to_a_list(client: FlaskClient) -> None:
    shown = asked(client, "foood pantry near me")

    assert (shown.status, shown.heading) == (200, "Help near 21201")
    assert "You asked: “foood pantry near me”. We looked for: Food." in shown.text
    assert ("Bags of groceries." in shown.text, "Job club" in shown.text) == (True, False)


@pytest.mark.usefixtures("here")
def test_a_tile_counts_more_than_what_was_typed_before(client: FlaskClient) -> None:
    assert asked(client, "a job", need="food-insecurity").heading == "Food near 21201"


@pytest.mark.usefixtures("here")
def test_danger_is_answered_first(client: FlaskClient) -> None:
    shown = asked(client, SAFE)

    assert 'href="tel:18007997233"' in shown.html
    assert shown.text.index("You can get help now") < shown.text.index("Help near 21201")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("words", ["", "   ", "?!", "x" * 300])
def test_words_that_say_nothing_or_too_much_are_named(client: FlaskClient, words: str) -> None:
    shown = asked(client, words)

    assert (shown.status, 'href="#words"' in shown.to_mend) == (422, True)


@pytest.mark.usefixtures("here")
def test_more_is_shown_for_the_same_words(client: FlaskClient, work: Work, here: Market) -> None:
    for number in range(12):
        a_listing(work, here, name=f"Pantry {number}")

    short = asked(client, "food")
    assert (short.html.count('class="result"'), short.hidden("words")) == (10, "food")
    assert asked(client, "food", more="y").html.count('class="result"') == 13


def test_what_was_typed_is_in_no_log_and_no_row(
    client: FlaskClient, work: Work, here: Market, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    asked(client, f"{SAFE} zanzibar")

    assert not [record for record in caplog.records if "zanzibar" in words_of(record) or "husband" in words_of(record)]
    counted = work.session.execute(select(ZeroResult.need, ZeroResult.searches)).all()
    assert all(need != "zanzibar" for need, _searches in counted)


@pytest.mark.usefixtures("here")
def test_a_search_that_cannot_be_counted_is_answered_all_the_same(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def busy(*given: object) -> None:
        tried.append(given)
        raise OperationalError("UPDATE zero_result", {}, Exception("database is locked"))

    monkeypatch.setattr(finding, "count_if_nothing", busy)

    assert asked(client, "a ride to the doctor").status == 200
    assert tried
