"""The staff of an organization: requests, an answer in two clicks, how it goes, and how much room there is."""

import csv
from io import StringIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from resource_hub.accounts.models import AuditRow
from resource_hub.accounts.work import Work
from resource_hub.capacity.models import CapacityStatement
from resource_hub.capacity.queries import find_room
from resource_hub.handoff.models import Referral
from resource_hub.handoff.values.words import Reason
from resource_hub.people import consent
from tests.conftest import as_actor
from tests.factories import a_listing
from tests.handoff.stories import NAME, Story, a_handoff, a_person
from tests.web.conftest import page, post, send

ROOM = "/partner/capacity/"


@pytest.fixture
def handoff(work: Work, story: Story) -> str:
    return f"/partner/handoffs/{a_handoff(work, story)}"


def test_the_inbox_shows_own_requests_only(
    partner: FlaskClient, work: Work, story: Story, elsewhere: Story, handoff: str
) -> None:
    a_handoff(work, elsewhere)

    shown = page(partner.get("/partner/"))

    assert (shown.title, shown.heading) == ("Requests – Resource Hub", "Requests")
    assert shown.html.count('class="work__what"') == 1
    assert NAME in shown.text
    assert f'href="{handoff}"' in shown.html


def test_an_empty_inbox_says_so(partner: FlaskClient) -> None:
    assert "No request is waiting for you." in page(partner.get("/partner/")).text


def test_a_request_says_who_asks_for_what_and_how_to_reach_the_person(partner: FlaskClient, handoff: str) -> None:
    shown = page(partner.get(handoff))

    assert shown.heading == "Can you help?"
    for text in ("A coordinator asks for Food pantry", NAME, "Uses a walker", "(410) 555-0142", "Message is safe",
                 "Please answer by", "We can help", "We can’t help"):  # fmt: skip
        assert text in shown.text, text
    assert "21201" not in shown.text


def test_that_it_was_opened_is_written_down(partner: FlaskClient, work: Work, story: Story, handoff: str) -> None:
    partner.get(handoff)

    rows = work.session.scalars(select(AuditRow).where(AuditRow.action == "person.disclosed")).all()
    assert [row.actor_id for row in rows] == [story.partner.user_id]


def test_yes_takes_one_click(partner: FlaskClient, handoff: str) -> None:
    shown = page(partner.get(send(partner, handoff, f"{handoff}/move", target="accepted", position="1").location))

    assert shown.heading == "Food pantry"
    for text in ("Saved.", "Accepted", "Do you have room for others?", "We have started"):
        assert text in shown.text, text


def test_no_with_its_reason_changes_what_is_free(partner: FlaskClient, work: Work, story: Story, handoff: str) -> None:
    shown = page(
        partner.get(send(partner, handoff, f"{handoff}/move", target="rejected", reason=Reason.AT_CAPACITY).location)
    )

    assert "Turned down : No room now" in shown.text.replace("Turned down:", "Turned down :")
    room = find_room(work.session, story.pantry.service_at_location.id)
    assert room
    assert (room.status, room.free) == ("no-capacity", 0)


def test_no_without_a_reason_is_refused(partner: FlaskClient, handoff: str) -> None:
    shown = page(send(partner, handoff, f"{handoff}/move", target="rejected", comment="Full this week"))

    assert shown.status == 422
    assert "Choose a reason." in shown.to_mend
    assert "Full this week</textarea>" in shown.html
    assert page(partner.get(handoff)).heading == "Can you help?"


@pytest.mark.parametrize("target", ["cancelled", "completed", "requested", "entered-in-error", "gone", ""])
def test_a_step_that_is_not_theirs_is_refused(partner: FlaskClient, handoff: str, target: str) -> None:
    assert send(partner, handoff, f"{handoff}/move", target=target, on_behalf="y").status_code == 422


def test_a_yes_sent_twice_is_one(partner: FlaskClient, handoff: str) -> None:
    form = page(partner.get(handoff))
    fields = {name: form.hidden(name) for name in ("csrf_token", "idempotency_key")} | {"target": "accepted"}

    first, second = (partner.post(f"{handoff}/move", data=fields) for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location


def test_what_came_of_it_is_told_to_the_referrer(partner: FlaskClient, desk: FlaskClient, handoff: str) -> None:
    send(partner, handoff, f"{handoff}/move", target="accepted")
    fields = {"contacted": "yes", "received": "no", "need_met": "no", "experience": "unknown"}

    shown = page(partner.get(send(partner, handoff, f"{handoff}/outcome", **fields).location))

    assert "Did the person get the help? No" in shown.text
    assert "Did the person get the help? No" in page(desk.get(handoff.replace("partner", "desk"))).text


def test_a_wrong_outcome_is_named(partner: FlaskClient, handoff: str) -> None:
    send(partner, handoff, f"{handoff}/move", target="accepted")

    shown = page(send(partner, handoff, f"{handoff}/outcome", contacted="yes", received="yes", need_met="no"))

    assert shown.status == 422
    assert 'href="#experience"' in shown.to_mend
    assert "experience" in shown.ids


class TestWithoutConsent:
    """Once the consent has ended nothing of the person is left to see, whatever is sent."""

    @pytest.fixture
    def ended(self, desk: FlaskClient, handoff: str) -> str:
        assert post(desk, f"{handoff.replace('partner', 'desk')}/revoke").status_code == 303
        return handoff

    def test_nothing_is_shown(self, partner: FlaskClient, ended: str) -> None:
        for path in (ended, "/partner/"):
            shown = page(partner.get(path))
            assert shown.status == 200
            assert "onsent has ended" in shown.text
            for secret in (NAME, "Maria", "walker", "555-0142", "Clothes", "Food,"):
                assert secret not in shown.html, secret

    def test_nothing_can_be_done(self, partner: FlaskClient, ended: str) -> None:
        assert post(partner, f"{ended}/move", target="accepted").status_code == 404
        fields = {"contacted": "yes", "received": "yes", "need_met": "no", "experience": "good"}
        assert post(partner, f"{ended}/outcome", **fields).status_code == 404
        assert "We can help" not in page(partner.get(ended)).text


class TestRoom:
    @pytest.fixture
    def at(self, story: Story) -> str:
        return f"{ROOM}{story.pantry.service_at_location.id}"

    def test_is_shown_with_its_date(self, partner: FlaskClient) -> None:
        shown = page(partner.get(ROOM))

        assert shown.heading == "Do you have room for others?"
        assert "Has room 10 places said on Nov 20, 2026" in shown.text
        assert "Other pantry" not in shown.text

    @pytest.mark.parametrize(
        ("fields", "free"),
        [
            ({"status": "capacity", "available": "3"}, 3),
            ({"status": "capacity", "available": ""}, None),
            ({"status": "no-capacity", "available": "10"}, 0),
            ({"status": "waitlist", "available": "10", "waiting_days": "30"}, 0),
            ({"status": "additional-assessment-required", "available": "", "waiting_days": "9"}, None),
        ],
    )
    def test_is_said_in_two_clicks(
        self, partner: FlaskClient, work: Work, story: Story, at: str, fields: dict[str, str], free: int | None
    ) -> None:
        """The numbers that were there before do not stand in the way of another answer."""
        shown = page(partner.get(send(partner, ROOM, at, **fields).location))

        assert "Thank you" in shown.text
        room = find_room(work.session, story.pantry.service_at_location.id)
        assert room
        assert (room.status, room.free) == (fields["status"], free)

    @pytest.mark.parametrize(
        ("field", "wrong"),
        [
            ("status", "plenty"),
            ("status", ""),
            ("available", "-1"),
            ("available", "0"),
            ("available", "many"),
            ("available", "100001"),
            ("waiting_days", "-1"),
            ("waiting_days", "3651"),
        ],
    )
    def test_what_is_wrong_is_named_and_stays(
        self, partner: FlaskClient, work: Work, story: Story, at: str, field: str, wrong: str
    ) -> None:
        a_listing(work, story.market, name="Second service", organization=story.pantry.organization)
        before = work.session.scalar(select(func.count()).select_from(CapacityStatement))
        fields = {"status": "capacity", "available": "3"} | {field: wrong}

        shown = page(send(partner, ROOM, at, **fields))

        here = f"{field}-{story.pantry.service_at_location.id}"
        assert (shown.status, f'href="#{here}"' in shown.to_mend, here in shown.ids) == (422, True, True)
        if field != "status":
            assert f'value="{wrong}"' in shown.html
        assert work.session.scalar(select(func.count()).select_from(CapacityStatement)) == before

    def test_is_said_once_although_sent_twice(self, partner: FlaskClient, work: Work, at: str) -> None:
        form = page(partner.get(ROOM))
        fields = {name: form.hidden(name) for name in ("csrf_token", "idempotency_key")}
        before = work.session.scalar(select(func.count()).select_from(CapacityStatement)) or 0

        for _ in range(2):
            assert partner.post(at, data=fields | {"status": "capacity", "available": "4"}).status_code == 303

        assert work.session.scalar(select(func.count()).select_from(CapacityStatement)) == before + 1

    def test_of_somebody_else_is_not_there(
        self, partner: FlaskClient, work: Work, story: Story, elsewhere: Story
    ) -> None:
        neighbour = a_listing(work, story.market, name="Soup kitchen")
        for place in (neighbour, elsewhere.pantry):
            for fields in ({"status": "capacity", "available": "4"}, {"status": "plenty"}):
                assert post(partner, f"{ROOM}{place.service_at_location.id}", **fields).status_code == 404


def test_the_inbox_is_narrowed_to_one_status(partner: FlaskClient, work: Work, handoff: str) -> None:
    queries = ("", "?status=requested", "?status=completed")
    shown, asked, done = (page(partner.get(f"/partner/{query}")) for query in queries)

    assert "All (1) Asked (1)" in shown.text
    assert [one.html.count('class="work__what"') for one in (shown, asked, done)] == [1, 1, 0]


def test_the_file_holds_what_the_consent_covers_and_no_formula(
    partner: FlaskClient, work: Work, story: Story, elsewhere: Story
) -> None:
    named = a_person(work, story.coordinator, name="=HYPERLINK(1)")
    a_handoff(work, story, person_id=named)
    revoked = a_handoff(work, story)
    a_handoff(work, elsewhere)
    consent.revoke(as_actor(work, story.coordinator), work.session.get_one(Referral, revoked).consent_id)

    answer = post(partner, "/partner/requests.csv")

    rows = list(csv.DictReader(StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert sorted((row["person"], row["consent"]) for row in rows) == [("", "no"), ("'=HYPERLINK(1)", "yes")]
    assert {row["needs"] for row in rows} == {"", "Food"}
    taken = work.session.scalars(select(AuditRow.actor_id).where(AuditRow.action == "handoff.exported")).all()
    assert taken == [story.partner.user_id]
