"""Where somebody is, what they keep, and how they leave: nothing of it stays with us."""

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from resource_hub.accounts.work import Work
from resource_hub.core.ids import new_id
from resource_hub.inventory.models import Market, Schedule
from resource_hub.inventory.models.market import MarketArea
from resource_hub.web.portal.calendars import Entry, written
from resource_hub.web.portal.guiding import BRANCHES
from tests.factories import Listing, a_listing, a_market, stamps
from tests.web.conftest import page


@pytest.fixture
def here(work: Work) -> Market:
    here = a_market(work, "baltimore")
    work.session.add(MarketArea(market_id=here.id, kind="county", value="Baltimore (city)"))
    work.session.flush()
    return here


@pytest.fixture
def pantry(work: Work, here: Market) -> Listing:
    pantry = a_listing(work, here, assured_date=work.now.date())
    work.session.add(
        Schedule(
            **stamps(work, here), service_id=pantry.service.id, freq="WEEKLY", byday="MO,TU,WE,TH,FR,SA,SU",
            opens_at="09:00", closes_at="12:00",
        )
    )  # fmt: skip
    work.session.flush()
    return pantry


class TestNearMe:
    def test_a_rounded_point_leads_to_its_area(self, client: FlaskClient, pantry: Listing) -> None:
        shown = page(client.post("/find", data={"need": "food-insecurity", "near": "39.29,-76.62"}))

        assert (shown.status, shown.heading) == (200, "Food near you")
        assert "Food pantry" in shown.text

    @pytest.mark.parametrize("wrong", ["39.294612,-76.62", "here", "1e3,2", "99,-76.62", "0,0"])
    def test_what_is_no_rounded_point_here_is_refused(self, client: FlaskClient, pantry: Listing, wrong: str) -> None:
        assert client.post("/find", data={"need": "food-insecurity", "near": wrong}).status_code == 422


class TestGuide:
    @pytest.mark.parametrize("code", BRANCHES)
    def test_two_presses_lead_to_a_need(self, client: FlaskClient, here: Market, code: str) -> None:
        further = page(client.post("/guide", data={"branch": code}))
        needs = [need for _text, need in BRANCHES[code].answers]

        assert further.status == 200
        for need in needs:
            assert f'value="{need}"' in further.html
            assert page(client.post("/find", data={"need": need})).heading == "Where are you?"

    def test_an_answer_that_is_none_is_refused(self, client: FlaskClient, here: Market) -> None:
        assert client.post("/guide", data={"branch": "gold"}).status_code == 422


class TestMyList:
    def test_what_was_chosen_is_shown_to_print(self, client: FlaskClient, pantry: Listing) -> None:
        there = pantry.service_at_location.id

        shown = page(client.post("/my-list", data={"keep": [there, there, new_id(), "x", "' OR 1=1"]}))

        assert shown.html.count('class="result"') == 1
        assert "Some of it is not here any more." in shown.text

    def test_it_has_an_address_that_another_language_and_back_lead_to(
        self, client: FlaskClient, pantry: Listing
    ) -> None:
        client.get("/")

        answer = client.post("/my-list", data={"keep": [pantry.service_at_location.id]})
        assert (answer.status_code, pantry.service_at_location.id in str(answer.location)) == (303, False)
        shown = page(client.get(str(answer.location)))
        assert f'name="back" value="{answer.location}"' in shown.html
        assert shown.html.count('class="result"') == 1
        client.post("/language", data={"language": "es", "back": answer.location})
        assert page(client.get(str(answer.location))).html.count('class="result"') == 1

    def test_a_script_gets_it_at_once_and_leaves_nothing_in_the_cookie(
        self, client: FlaskClient, pantry: Listing
    ) -> None:
        client.get("/")
        before = client.get_cookie("asked")

        answer = client.post("/my-list", data={"at_once": "y", "keep": [pantry.service_at_location.id]})

        assert page(answer).html.count('class="result"') == 1
        assert client.get_cookie("asked") == before

    def test_signs_that_are_of_no_use_show_what_the_browser_keeps(self, client: FlaskClient, pantry: Listing) -> None:
        del pantry
        assert "data-filled" not in page(client.get("/my-list/12345678")).html

    def test_without_a_choice_it_says_what_to_do(self, client: FlaskClient, pantry: Listing) -> None:
        for answer in (client.get("/my-list"), client.post("/my-list")):
            assert "There is nothing on your list yet" in page(answer).text


class TestCalendar:
    def test_the_next_opening_is_an_entry(self, client: FlaskClient, pantry: Listing) -> None:
        answer = client.get(f"/services/{pantry.service_at_location.id}/next.ics")

        text = answer.get_data(as_text=True)
        assert answer.mimetype == "text/calendar"
        assert "SUMMARY:Food pantry\r\n" in text
        assert "LOCATION:1 Light St\\, Baltimore" in text

    def test_who_looks_at_the_calendar_does_not_learn_the_need(
        self, client: FlaskClient, work: Work, here: Market
    ) -> None:
        house = a_listing(
            work, here, name="Safe house", needs=("intimate-partner-violence",), assured_date=work.now.date()
        )
        hours = {"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR", "opens_at": "09:00", "closes_at": "12:00"}
        work.session.add(Schedule(**stamps(work, here), service_id=house.service.id, **hours))
        work.session.flush()
        address = f"/services/{house.service_at_location.id}"

        entry = client.get(f"{address}/next.ics").get_data(as_text=True)
        assert ("SUMMARY:Appointment" in entry, "Safe" in entry, "Light" in entry) == (True, False, False)
        assert page(client.get(address)).title == "A place that can help – Resource Hub"

    def test_without_hours_there_is_none(self, client: FlaskClient, work: Work, here: Market) -> None:
        there = a_listing(work, here).service_at_location.id
        assert client.get(f"/services/{there}/next.ics").status_code == 404

    def test_lines_are_folded_and_texts_escaped(self) -> None:
        at = datetime(2026, 11, 26, 15, tzinfo=UTC)
        text = written(Entry("1", "Comida; año, ñ" * 20, "", "one\ntwo", at, at), at)

        assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
        assert "LOCATION" not in text
        assert "DESCRIPTION:one\\ntwo\r\n" in text
        assert "SUMMARY:Comida\\; año\\, ñ" in text


def test_leaving_leads_to_a_neutral_page(client: FlaskClient, here: Market) -> None:
    html = page(client.get("/")).html

    assert 'href="/leave" rel="noreferrer noopener nofollow" data-leave="https://www.weather.gov/"' in html
    assert html.index("leave.js") < html.index("<body")


def test_leaving_without_a_script_takes_the_searches_along(client: FlaskClient, pantry: Listing) -> None:
    client.get("/")
    found = client.post("/find", data={"need": "food-insecurity", "zip": "21201"})
    assert page(client.get(found.location)).heading == "Food near 21201"

    left = client.get("/leave")

    assert (left.status_code, left.location) == (303, "https://www.weather.gov/")
    assert left.headers["Cache-Control"] == "no-store"
    assert client.get_cookie("asked") is None
    assert "We do not keep what you asked." in page(client.get(found.location)).text


@pytest.mark.parametrize(("reads", "encoding"), [("gzip, br", "br"), ("gzip", "gzip"), ("", None), ("br;q=0", None)])
def test_assets_are_sent_as_small_as_the_browser_reads_them(
    client: FlaskClient, reads: str, encoding: str | None
) -> None:
    with client.get("/static/build/site.css", headers={"Accept-Encoding": reads}) as answer:
        assert answer.data

    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.mimetype == "text/css"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_no_file_outside_is_reached(client: FlaskClient) -> None:
    assert client.get("/static/build/..%2f..%2fheaders.py", headers={"Accept-Encoding": "br"}).status_code == 404


class TestNoConnection:
    def test_the_worker_may_see_every_page_and_is_asked_for_anew(self, client: FlaskClient) -> None:
        with client.get("/worker.js") as answer:
            assert answer.mimetype == "text/javascript"
            assert "immutable" not in answer.headers["Cache-Control"]
            assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]

    @pytest.mark.parametrize(("language", "heading"), [("en", "No connection"), ("es", "Sin conexión")])
    def test_its_page_is_the_same_for_everybody(self, client: FlaskClient, language: str, heading: str) -> None:
        other = {"Cookie": f"language={'en' if language == 'es' else 'es'}"}
        answers = [page(client.get(f"/offline/{language}", headers=headers)) for headers in ({}, other)]

        assert {answer.heading for answer in answers} == {heading}
        assert answers[0].html == answers[1].html

    def test_there_is_none_in_a_language_that_we_do_not_speak(self, client: FlaskClient) -> None:
        assert client.get("/offline/xx").status_code == 404

    def test_a_page_names_the_worker_of_its_language(self, client: FlaskClient, here: Market) -> None:
        html = page(client.get("/", headers={"Accept-Language": "es"})).html
        assert '<meta name="worker" content="/worker.js?language=es&amp;v=' in html
