"""A person answers alone: by a code that works once, with nothing of anybody else in reach, and gone at the end."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from resource_hub.accounts.work import Work
from resource_hub.app import make_hub
from resource_hub.core.db import Database
from resource_hub.screening import queries
from resource_hub.screening.models import ScreeningVisit
from resource_hub.screening.values import Mode, WantsHelp
from resource_hub.web.shared.hub import EXTENSION
from tests.conftest import as_actor
from tests.factories import a_listing, a_person
from tests.handoff.stories import Story
from tests.web.conftest import SETTINGS, page, send

OVER = "/screen/over"


@pytest.fixture
def mine(work: Work, story: Story) -> Work:
    return as_actor(work, story.coordinator)


@pytest.fixture
def ana(mine: Work, story: Story) -> str:
    """A person at home in Baltimore, near a pantry."""
    a_listing(mine, story.market, name="Corner pantry")
    return a_person(mine, story.market, name="Zuleika Reyes", postal_code="21201").id


@pytest.fixture
def at(ana: str) -> str:
    return f"/desk/people/{ana}/screening"


def code_of(desk: FlaskClient, at: str, instrument: str = "short-screener") -> str:
    shown = page(send(desk, at, how="code", instrument=instrument))
    found = re.search(r'<p class="code">(.*?)</p>', shown.html)
    assert found is not None
    return found[1]


@pytest.fixture
def code(desk: FlaskClient, at: str) -> str:
    return code_of(desk, at)


@pytest.fixture
def tablet(app: Flask, code: str) -> FlaskClient:
    """A tablet on which the person has typed the code."""
    client = app.test_client()
    assert send(client, "/screen", code=code.lower().replace("-", " ")).location == "/screen/begin"
    return client


def answer(tablet: FlaskClient, **fields: str) -> str:
    shown = page(tablet.get("/screen/questions/1"))
    return str(send(tablet, "/screen/questions/1", None, position=shown.hidden("position"), **fields).location)


def test_a_whole_path_ends_with_a_list_and_leaves_nothing_on_the_screen(
    tablet: FlaskClient, mine: Work, ana: str
) -> None:
    first = page(tablet.get("/screen/questions/1"))
    assert first.heading == "A short check of daily needs"
    assert answer(tablet, **{"item.food": "most"}) == "/screen/questions/help"
    assert "Food" in page(tablet.get("/screen/questions/help")).text
    assert send(tablet, "/screen/questions/help", **{"help.food-insecurity": "yes"}).location == "/screen/list"
    assert "Corner pantry" in page(tablet.get("/screen/list")).text

    assert send(tablet, "/screen/list", "/screen/done").location == OVER

    for old in ("/screen/questions/1", "/screen/questions/help", "/screen/order", "/screen/list", "/screen/menu"):
        assert tablet.get(old).location == OVER
    done = queries.latest_screening(mine, ana)
    assert done is not None
    assert (done.mode, done.choices.needs) == (Mode.ALONE, ("food-insecurity",))


def test_a_code_works_once(app: Flask, tablet: FlaskClient, code: str) -> None:
    del tablet
    again = page(send(app.test_client(), "/screen", code=code))

    assert (again.status, "does not work" in again.to_mend) == (422, True)


def test_a_wrong_code_and_none_are_named(client: FlaskClient) -> None:
    assert "does not work" in page(send(client, "/screen", code="BBBB-CCCC")).to_mend
    assert "Type your code" in page(send(client, "/screen", code="")).to_mend
    assert page(send(client, "/screen", code="x" * 500)).status == 422


def test_a_new_code_takes_the_earlier_one_back(app: Flask, desk: FlaskClient, at: str, code: str) -> None:
    newer = code_of(desk, at)

    assert send(app.test_client(), "/screen", code=code).status_code == 422
    assert send(app.test_client(), "/screen", code=newer).status_code == 303


def later(app: Flask, database: Database, now: datetime, minutes: int) -> Flask:
    app.extensions[EXTENSION] = make_hub(SETTINGS, database, lambda: now + timedelta(minutes=minutes))
    return app


def test_a_code_is_over_after_minutes(app: Flask, database: Database, now: datetime, code: str) -> None:
    assert send(later(app, database, now, 16).test_client(), "/screen", code=code).status_code == 422


def test_after_silence_the_visit_is_over(app: Flask, database: Database, now: datetime, tablet: FlaskClient) -> None:
    cookie = tablet.get_cookie("session")
    assert cookie is not None
    for minutes, shown in ((9, True), (18, True), (28, False)):
        client = later(app, database, now, minutes).test_client()
        client.set_cookie("session", cookie.value)
        answer = client.get("/screen/questions/1")
        assert (answer.status_code == 200) is shown, minutes


def test_a_page_leaves_the_screen_by_itself_and_is_kept_nowhere(tablet: FlaskClient) -> None:
    shown = tablet.get("/screen/questions/1")

    assert shown.headers["Refresh"] == f"600; url={OVER}"
    assert shown.headers["Cache-Control"] == "no-store"


def test_handing_over_signs_the_staff_out_of_this_browser(desk: FlaskClient, at: str) -> None:
    assert send(desk, at, how="hand-over", instrument="short-screener").location == "/screen/begin"

    assert desk.get(at).location == "/sign-in"
    assert desk.get("/desk/").location == "/sign-in"
    assert "Sign out" not in page(desk.get("/screen/questions/1")).html


def test_typing_a_code_signs_the_staff_out_of_this_browser(desk: FlaskClient, code: str) -> None:
    send(desk, "/screen", code=code)

    assert desk.get("/desk/").location == "/sign-in"


def test_no_name_is_on_the_pages(tablet: FlaskClient) -> None:
    for address in ("/screen/questions/1", "/screen/questions/help"):
        shown = page(tablet.get(address)).text
        assert ("Zuleika" in shown, "Neighbour" in shown) == (False, False)


def test_who_skips_everything_gets_a_list_near_them_with_one_press(tablet: FlaskClient, mine: Work, ana: str) -> None:
    assert answer(tablet, go="skip") == "/screen/list"

    shown = page(tablet.get("/screen/list"))
    assert shown.heading == "Help near 21201"
    assert ("Corner pantry" in shown.text, "What would help you today?" in shown.text) == (True, True)
    assert "Safety at home" not in shown.text
    done = queries.latest_screening(mine, ana)
    assert done is not None
    assert done.choices.needs == ()


def test_the_menu_asks_no_question_about_risks(app: Flask, desk: FlaskClient, mine: Work, at: str, ana: str) -> None:
    tablet = app.test_client()
    send(tablet, "/screen", code=code_of(desk, at, "menu"))
    assert tablet.get("/screen/begin").location == "/screen/menu"
    assert page(tablet.get("/screen/menu")).heading == "What would help you today?"
    assert tablet.get("/screen/questions/1").location == "/screen/begin"

    chosen = send(tablet, "/screen/menu", need=["food-insecurity", "stress"])
    assert chosen.location == "/screen/order"
    send(tablet, "/screen/order", "/screen/order", need="stress", move="up")

    needs = queries.needs_of(mine, ana)
    assert [need.code for need in needs if need.wants_help is WantsHelp.YES] == ["stress", "food-insecurity"]
    assert queries.latest_screening(mine, ana) is None


def test_danger_shows_whom_to_call_on_the_next_page(tablet: FlaskClient) -> None:
    answer(tablet, **{"item.safety": "yes"})
    shown = page(tablet.get("/screen/questions/help"))

    assert "Can you talk now" in shown.text
    assert "1-800-799-7233" in shown.text
    section = re.search(r'<section class="safety no-print".*?</section>', shown.html, re.DOTALL)
    assert section is not None


def test_leaving_at_once_ends_the_visit_elsewhere(tablet: FlaskClient) -> None:
    assert str(tablet.get("/screen/leave").location).startswith("https://")
    assert tablet.get("/screen/questions/1").location == OVER


def test_a_page_sent_twice_is_saved_once_and_an_older_one_is_not(tablet: FlaskClient) -> None:
    shown = page(tablet.get("/screen/questions/1"))
    hidden = {name: shown.hidden(name) for name in ("csrf_token", "idempotency_key", "position")}
    form = {**hidden, "item.food": "most"}
    sent = [tablet.post("/screen/questions/1", data=form) for _ in range(2)]
    assert [one.location for one in sent] == ["/screen/questions/help"] * 2

    older = page(tablet.post("/screen/questions/1", data={**form, "idempotency_key": "another", "item.food": "none"}))
    assert (older.status, "somewhere else" in older.to_mend) == (422, True)
    assert re.search(r'value="none" checked', older.html)


@pytest.mark.parametrize("number", [0, 2, 99999])
def test_a_page_that_is_not_there_is_not_found(tablet: FlaskClient, number: int) -> None:
    assert tablet.get(f"/screen/questions/{number}").status_code == 404


def test_no_address_is_open_without_a_visit(client: FlaskClient) -> None:
    for address in ("/screen/begin", "/screen/questions/1", "/screen/menu", "/screen/order", "/screen/list"):
        assert client.get(address).location == OVER


def test_a_code_is_not_kept_as_it_is(work: Work, code: str) -> None:
    kept = work.session.scalars(select(ScreeningVisit.code_index)).all()

    assert code.replace("-", "") not in kept


def test_staff_of_another_market_makes_no_code(
    signed_in: Callable[..., FlaskClient], elsewhere: Story, at: str
) -> None:
    stranger = signed_in(elsewhere.coordinator)
    own = f"/desk/people/{elsewhere.person_id}/screening"
    assert send(stranger, own, at, how="code").status_code == 404
