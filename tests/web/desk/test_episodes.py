"""The pages of an episode, as a social worker notices them."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from resource_hub.accounts.values import Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.handoff.episodes import service
from resource_hub.handoff.episodes.models import Episode, EpisodeContact, EpisodeReopening
from resource_hub.handoff.episodes.values.asked import NewEpisode
from tests.conftest import as_actor
from tests.factories import a_user
from tests.handoff.stories import NAME, Story, a_handoff
from tests.web.conftest import Page, page, post, send

TODAY = date(2026, 11, 20)
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def at(desk: FlaskClient, story: Story, elsewhere: Story, work: Work) -> str:
    """The page of an episode whose person leaves tomorrow; the next market has the like."""
    service.open_episode(as_actor(work, elsewhere.coordinator), elsewhere.person_id, NewEpisode(TOMORROW))
    opened = send(desk, f"/desk/people/{story.person_id}/episode", planned_on=str(TOMORROW), destination="home")
    assert opened.status_code == 303
    return opened.location


def acts(desk: FlaskClient, at: str, act: str, /, **fields: object) -> Page:
    answer = send(desk, f"{at}/{act}", None, **fields)
    return page(desk.get(answer.location)) if answer.status_code == 303 else page(answer)


def leaves(desk: FlaskClient, at: str, **more: object) -> Page:
    fields = {"planned_on": str(TODAY), "discharged_on": str(TODAY), "destination": "home"} | more
    return acts(desk, at, "discharge", **fields)


def test_an_episode_is_opened_with_what_they_want_as_its_first_gap(desk: FlaskClient, at: str) -> None:
    shown = page(desk.get(at))

    assert (shown.title, shown.heading) == ("Episode – Resource Hub", f"Episode of {NAME}")
    for text in ("Leaves on Nov 21, 2026", "Record review", "Read the record before", "Food Open", "No contact yet."):
        assert text in shown.text, text


@pytest.mark.parametrize("wrong", ["", "soon", "2031-01-01", "0001-01-01", "9999-12-31"])
def test_a_discharge_that_cannot_be_is_named_at_its_field(
    desk: FlaskClient, story: Story, work: Work, wrong: str
) -> None:
    shown = page(send(desk, f"/desk/people/{story.person_id}/episode", planned_on=wrong, destination="home"))

    assert shown.status == 422
    assert 'href="#planned_on"' in shown.to_mend
    assert work.session.scalars(select(Episode)).all() == []


def test_a_second_one_leads_to_the_first(desk: FlaskClient, story: Story, at: str) -> None:
    shown = page(send(desk, f"/desk/people/{story.person_id}/episode", planned_on=str(TOMORROW), destination="home"))

    assert "has an open episode" in shown.to_mend
    assert at in page(desk.get(f"/desk/people/{story.person_id}")).html


class TestWriting:
    def test_a_contact_is_logged_shown_and_taken_back(self, desk: FlaskClient, at: str) -> None:
        fields = {"kind": "bedside-visit", "mode": "visit", "result": "done", "note": "Loves cards"}
        shown = acts(desk, at, "contact", **fields)

        for text in ("Saved.", "Bedside visit : Done", "In person", "Loves cards", "Undo"):
            assert text in shown.text, text
        undone = page(desk.get(post(desk, f"{at}/undo").location))
        assert "Loves cards" not in undone.text
        assert page(post(desk, f"{at}/undo")).status == 409

    def test_the_same_form_twice_is_one_contact(self, desk: FlaskClient, at: str, work: Work) -> None:
        form = page(desk.get(f"{at}/contact"))
        fields = {name: form.hidden(name) for name in ("csrf_token", "idempotency_key")}
        fields |= {"kind": "plan", "mode": "visit", "result": "done"}
        for _ in range(2):
            assert desk.post(f"{at}/contact", data=fields).status_code == 303
        assert len(work.session.scalars(select(EpisodeContact)).all()) == 1

    def test_the_time_is_asked_and_shown_on_the_clock_of_the_market(self, desk: FlaskClient, at: str) -> None:
        assert page(desk.get(f"{at}/contact")).hidden("at") == "2026-11-20T10:00"
        shown = acts(desk, at, "contact", kind="plan", mode="visit", result="done", at="2026-11-20T08:15")
        assert re.search(r"Nov 20, 2026, 8:15\sAM", shown.text)

    @pytest.mark.parametrize(
        ("act", "fields", "field"),
        [
            ("contact", {"kind": "two-day-call", "mode": "phone", "result": "reached"}, "kind"),
            ("contact", {"kind": "plan", "mode": "visit", "result": "done", "at": "9999-12-31T23:59"}, "at"),
            ("contact", {"kind": "plan", "mode": "visit", "result": "done", "at": "0001-01-01T00:00"}, "at"),
            ("contact", {"kind": "plan", "mode": "visit", "result": "done", "note": "x" * 2001}, "note"),
            ("contact", {"kind": "pigeon", "mode": "visit", "result": "done"}, "kind"),
            ("stay", {"kind": "hospital", "began_on": str(TODAY)}, "began_on"),
            ("stay", {"kind": "hospital", "began_on": ""}, "began_on"),
            ("return", {"ended_on": "9999-12-31"}, "ended_on"),
            ("doctor", {"state": "made"}, "at"),
            ("doctor", {"state": "made", "at": "9999-12-31T23:59"}, "at"),
            ("doctor", {"state": "kept", "at": "2026-11-25T09:00"}, "at"),
            ("gap", {"source": "hand", "code": "other"}, "what"),
            ("gap", {"source": "hand", "code": ""}, "code"),
            ("assessment", {"health": "not-asked"}, "health"),
            (
                "discharge",
                {"planned_on": str(TODAY), "discharged_on": "2026-11-22", "destination": "home"},
                "discharged_on",
            ),
            ("close", {"reason": "other"}, "note"),
        ],
    )
    def test_what_is_wrong_is_named_at_its_field(
        self, desk: FlaskClient, at: str, act: str, fields: dict[str, str], field: str
    ) -> None:
        shown = acts(desk, at, act, **fields)

        assert shown.status == 422
        assert f'href="#{field}"' in shown.to_mend
        assert field in shown.ids

    def test_an_assessment_opens_gaps_that_are_closed_one_by_one(self, desk: FlaskClient, at: str) -> None:
        assert "not a validated instrument" in page(desk.get(f"{at}/assessment")).text
        shown = acts(desk, at, "assessment", mood="concern", food="no-concern")
        assert "Mood and worry Open" in shown.text

        mood = shown.html[shown.html.index("Mood and worry") :]
        gap = re.findall(rf'href="({at}/gaps/[^"]+)"', mood)[0]
        refused = page(send(desk, gap, how=""))
        assert refused.status == 422
        closed = page(desk.get(send(desk, gap, how="helped", note="A friend calls").location))
        assert "Mood and worry They got the help" in closed.text
        assert "A friend calls" in closed.text
        assert "closed in the meantime" in page(send(desk, gap, how="helped")).to_mend

    def test_an_open_gap_keeps_it_open_unless_a_reason_says_why(self, desk: FlaskClient, at: str) -> None:
        refused = acts(desk, at, "close", reason="completed")
        assert (refused.status, "A gap is still open" in refused.to_mend) == (422, True)

        shown = acts(desk, at, "close", reason="declined")
        assert "This episode is over." in shown.text
        assert acts(desk, at, "contact", kind="follow-up", mode="phone", result="reached").status == 422

    def test_a_closed_one_is_opened_again_and_says_how_it_was_closed(
        self, desk: FlaskClient, at: str, story: Story
    ) -> None:
        acts(desk, at, "close", reason="declined", note="No more calls")
        assert f'href="{at}/reopen"' in page(desk.get(at)).html
        refused = acts(desk, at, "reopen", reason="")
        assert (refused.status, 'href="#reason"' in refused.to_mend) == (422, True)

        shown = acts(desk, at, "reopen", reason="came-back", note="Called us")
        for text in (
            "Opened again",
            "The person came back",
            "Called us",
            "They do not want it any more: No more calls",
        ):
            assert text in shown.text, text
        assert "This episode is over." not in shown.text
        assert "Episode: opened again" in page(desk.get(f"/desk/people/{story.person_id}")).text
        assert "is open already" in acts(desk, at, "reopen", reason="by-mistake").to_mend

    def test_the_same_click_twice_is_one_reopening(self, desk: FlaskClient, at: str, work: Work) -> None:
        acts(desk, at, "close", reason="declined")
        form = page(desk.get(f"{at}/reopen"))
        fields = {name: form.hidden(name) for name in ("csrf_token", "idempotency_key")} | {"reason": "by-mistake"}
        assert [desk.post(f"{at}/reopen", data=fields).status_code for _ in range(2)] == [303, 303]
        assert len(work.session.scalars(select(EpisodeReopening)).all()) == 1

    def test_a_newer_one_is_named(self, desk: FlaskClient, at: str, story: Story) -> None:
        acts(desk, at, "close", reason="declined")
        send(desk, f"/desk/people/{story.person_id}/episode", planned_on=str(TOMORROW), destination="home")
        assert "has an open episode" in acts(desk, at, "reopen", reason="by-mistake").to_mend

    def test_a_facility_makes_the_call_wait_for_the_return(self, desk: FlaskClient, at: str) -> None:
        shown = leaves(desk, at, destination="facility", place="Harbor Rehab")
        assert "Call within 2 business days Later" in shown.text
        assert "Harbor Rehab: Nov 20, 2026 – still there" in shown.text

        shown = acts(desk, at, "return", ended_on=str(TODAY))
        assert "The first call is due within 2 business days" in shown.text


class TestWhoSees:
    def test_another_market_s_episode_is_not_found(
        self, desk: FlaskClient, at: str, work: Work, elsewhere: Story
    ) -> None:
        theirs = work.session.scalars(select(Episode.id).where(Episode.market_id == elsewhere.market.id)).one()
        for path in ("", "/contact", "/gaps/00000000-0000-4000-8000-000000000000"):
            assert desk.get(f"/desk/episodes/{theirs}{path}").status_code == 404
        assert post(desk, f"/desk/episodes/{theirs}/close", reason="declined").status_code == 404
        assert post(desk, f"/desk/episodes/{theirs}/reopen", reason="by-mistake").status_code == 404
        for path in ("/desk/episodes", "/desk/discharges"):
            assert theirs not in page(desk.get(path)).html

    @pytest.mark.parametrize("path", ["/nothing", "/gaps/00000000-0000-4000-8000-000000000000"])
    def test_what_is_not_there_is_not_found(self, desk: FlaskClient, at: str, path: str) -> None:
        assert desk.get(f"{at}{path}").status_code == 404

    def test_no_partner_and_no_steward_sees_one(
        self, partner: FlaskClient, signed_in: Callable[[Actor], FlaskClient], work: Work, story: Story, at: str
    ) -> None:
        steward = signed_in(a_user(work, Role.STEWARD, story.market))
        for client in (partner, steward):
            for path in (at, "/desk/episodes", "/desk/discharges", "/desk/fidelity"):
                assert client.get(path).status_code == 403
            assert post(client, f"{at}/reopen", reason="by-mistake").status_code == 403


def test_today_shows_what_is_due_of_both_kinds(desk: FlaskClient, at: str, work: Work, story: Story) -> None:
    a_handoff(work, story)
    shown = page(desk.get("/desk/"))

    links = re.findall(r'<p class="work__what">\s*<a href="([^"]+)">', shown.html)
    assert links == [f"/desk/people/{story.person_id}"] * 2
    assert "Log the record review" in shown.text
    assert "Ask for an answer" in shown.text
    form = page(desk.get(f"{at}/contact?kind=record-review"))
    assert 'selected value="record-review"' in form.html


class TestTheReport:
    def test_the_team_sees_every_count(self, desk: FlaskClient, at: str) -> None:
        leaves(desk, at)
        acts(desk, at, "contact", kind="two-day-call", mode="phone", result="reached")
        shown = page(desk.get("/desk/fidelity"))

        assert "supports the published phases" in shown.text
        assert "Call within 2 business days 1 0 0 0 1" in shown.text
        assert "under 11" not in shown.text
        rows = list(csv.DictReader(io.StringIO(desk.get("/desk/fidelity/report.csv").get_data(as_text=True))))
        call = next(row for row in rows if row["name"] == "two-day-call")
        assert (call["on_time"], call["count"]) == ("1", "1")

    def test_others_see_no_small_count(
        self, desk: FlaskClient, at: str, work: Work, story: Story, signed_in: Callable[[Actor], FlaskClient]
    ) -> None:
        lead = signed_in(a_user(work, Role.PROGRAMME_LEAD, story.market))
        leaves(desk, at)
        shown = page(lead.get("/steward/fidelity"))

        assert "Episodes under 11" in shown.text
        assert "Record review 0 0 under 11 0 under 11" in shown.text
        text = lead.get("/steward/fidelity/report.csv").get_data(as_text=True)
        rows = list(csv.DictReader(io.StringIO(text)))
        assert {value for row in rows for name, value in row.items() if name not in {"kind", "name"}} <= {
            "", "0", "under 11",
        }  # fmt: skip

    @pytest.mark.parametrize("query", ["since=yesterday", "since=9999-99-99&until=", "until=0001-01-01", "market=x"])
    def test_an_odd_address_is_no_fault(self, desk: FlaskClient, query: str) -> None:
        assert page(desk.get(f"/desk/fidelity?{query}")).status == 200

    def test_only_the_chosen_days_and_markets_count(self, desk: FlaskClient, at: str) -> None:
        leaves(desk, at)
        shown = page(desk.get("/desk/fidelity?since=2026-01-01&until=2026-11-19"))
        assert "No discharge in this time" in shown.text


def test_the_line_of_life_is_a_picture_with_its_table(desk: FlaskClient, at: str, work: Work, story: Story) -> None:
    a_handoff(work, story)
    acts(desk, at, "contact", kind="plan", mode="visit", result="done")
    shown = page(desk.get(f"/desk/people/{story.person_id}"))

    assert "What happened, as a line of time" in shown.text
    assert shown.html.count("<circle") == 3
    for text in ("Plan: Done", "Episode: open", "Asked: Food pantry"):
        assert text in shown.text, text
