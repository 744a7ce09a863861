"""An organization without an account answers on one screen, each act in two taps; looking changes nothing."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from resource_hub.accounts.models import AuditRow
from resource_hub.accounts.values import Actor
from resource_hub.accounts.work import Work
from resource_hub.capacity.models import CapacityStatement
from resource_hub.capacity.queries import find_room
from resource_hub.capacity.values import CapacityStatus
from resource_hub.handoff.models import HandoffStatus, Outcome, Referral
from resource_hub.handoff.service.links import make_path
from resource_hub.inventory.models import EligibilityRule
from tests.conftest import as_actor
from tests.handoff.stories import NAME, Story
from tests.web.conftest import page, post
from tests.web.partner.conftest import tap


def status(work: Work, referral_id: str) -> tuple[str, str | None]:
    row = work.session.scalars(
        select(HandoffStatus).where(HandoffStatus.referral_id == referral_id).order_by(HandoffStatus.position.desc())
    ).first()
    assert row
    return row.status, row.reason


def test_before_a_yes_it_says_what_is_asked_and_not_for_whom(client: FlaskClient, link: str) -> None:
    shown = page(client.get(link))

    assert (shown.status, shown.heading) == (200, "Can you help?")
    for text in ("A coordinator asks for Food pantry", "We can help", "We can’t help", "Your question"):
        assert text in shown.text, text
    for secret in (NAME, "555-0142", "walker"):
        assert secret not in shown.html


def test_looking_changes_nothing_but_is_written_down(
    client: FlaskClient, work: Work, link: str, referral_id: str
) -> None:
    for _ in range(2):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200

    assert status(work, referral_id) == ("requested", None)
    opened = select(func.count()).where(AuditRow.action == "handoff.link_opened")
    assert work.session.scalar(opened) == 4


def test_after_a_yes_it_says_whom_to_call_and_when_it_is_safe(
    client: FlaskClient, work: Work, link: str, referral_id: str
) -> None:
    assert tap(client, link, "answer", answer="accepted") == (303, f"{link}?done=answer")

    shown = page(client.get(link))
    assert status(work, referral_id) == ("accepted", None)
    for text in (NAME, "(410) 555-0142", "Message is safe", "Uses a walker"):
        assert text in shown.text, text
    # The consent does not cover it.
    assert "21201" not in shown.text


@pytest.mark.parametrize(
    ("fields", "reason", "comment"),
    [
        ({"reason": "at_capacity"}, "at_capacity", False),
        ({"reason": "out_of_area"}, "out_of_area", False),
        ({"reason": "not_eligible", "fact": "veteran"}, "not_eligible", False),
        ({"reason": "other", "comment": "We are moving"}, "other", True),
    ],
)
def test_a_no_is_one_button_and_closes_the_link(
    client: FlaskClient, work: Work, link: str, referral_id: str, fields: dict[str, str], reason: str, comment: bool  # noqa: FBT001 - a case
) -> None:  # fmt: skip
    code, text = tap(client, link, "answer", answer="rejected", **fields)

    assert (code, "Thank you" in text) == (200, True)
    assert status(work, referral_id) == ("rejected", reason)
    step = work.session.scalars(select(HandoffStatus).where(HandoffStatus.status == "rejected")).one()
    assert (step.sealed_comment is not None) == comment
    shown = page(client.get(link))
    assert (shown.status, "This request is closed" in shown.text) == (409, True)


def test_another_reason_needs_words(client: FlaskClient, work: Work, link: str, referral_id: str) -> None:
    code, text = tap(client, link, "answer", answer="rejected", reason="other")

    assert (code, "Write what the other reason is." in text) == (422, True)
    assert status(work, referral_id) == ("requested", None)


def test_the_same_tap_twice_is_one_answer(client: FlaskClient, work: Work, link: str, referral_id: str) -> None:
    shown = page(client.get(link))
    data = {"idempotency_key": shown.hidden("idempotency_key"), "position": "1", "answer": "accepted"}

    first, second = (client.post(f"{link}/answer", data=data) for _ in range(2))
    other = client.post(f"{link}/answer", data=data | {"answer": "rejected", "reason": "at_capacity"})

    assert (first.status_code, second.status_code, other.status_code) == (303, 303, 422)
    assert work.session.get_one(Referral, referral_id, populate_existing=True).positions == 2


def test_attempts_and_the_end_are_one_button_each(client: FlaskClient, work: Work, link: str, referral_id: str) -> None:
    tap(client, link, "answer", answer="accepted")
    assert tap(client, link, "attempt", route="phone", result="no_answer") == (303, f"{link}?done=attempt")
    assert "By phone, No answer" in page(client.get(link)).text

    code, text = tap(client, link, "end", ending="helped")

    assert (code, "Thank you" in text) == (200, True)
    assert status(work, referral_id) == ("completed", None)
    outcome = work.session.scalars(select(Outcome)).one()
    assert (outcome.received, outcome.need_met, outcome.reported_as) == ("yes", "yes", "recipient-by-link")


def test_whoever_was_not_reached_stays_on_the_worklist(
    client: FlaskClient, work: Work, link: str, referral_id: str
) -> None:
    tap(client, link, "answer", answer="accepted")

    tap(client, link, "end", ending="not_reached")

    assert status(work, referral_id) == ("failed", "could_not_contact")
    assert work.session.get_one(Referral, referral_id, populate_existing=True).due_at is not None


def test_room_for_others_is_said_in_one_line(client: FlaskClient, work: Work, link: str, story: Story) -> None:
    assert tap(client, link, "room", status="capacity", available="7") == (303, f"{link}?done=room")
    room = find_room(work.session, story.pantry.service_at_location.id)
    assert room
    assert (room.status, room.free) == (CapacityStatus.CAPACITY, 7)

    assert tap(client, link, "room", status="capacity", available="many")[0] == 422
    tap(client, link, "room", status="no-capacity", available="")
    closed = find_room(work.session, story.pantry.service_at_location.id)
    assert closed
    assert closed.status is CapacityStatus.NO_CAPACITY


def test_a_question_reaches_the_desk_and_the_answer_comes_back(
    client: FlaskClient, desk: FlaskClient, link: str, referral_id: str
) -> None:
    assert tap(client, link, "question", text="Does she need a ramp?") == (303, f"{link}?done=question")
    at_desk = f"/desk/handoffs/{referral_id}"
    shown = page(desk.get(at_desk))
    assert "Does she need a ramp?" in shown.text
    assert "the organization, by link" in shown.text

    data = {name: shown.hidden(name) for name in ("csrf_token", "idempotency_key")}
    desk.post(f"{at_desk}/messages", data=data | {"text": "No, stairs are fine."})

    assert "No, stairs are fine." in page(client.get(link)).text


def test_the_desk_makes_a_link_that_is_shown_once_and_takes_it_back(
    client: FlaskClient, desk: FlaskClient, referral_id: str
) -> None:
    at_desk = f"/desk/handoffs/{referral_id}"
    token = {"csrf_token": page(desk.get(at_desk)).hidden("csrf_token")}

    made = page(desk.post(f"{at_desk}/links", data=token))
    address = made.html.split('readonly value="')[1].split('"')[0]
    path = "/answer/" + address.rsplit("/", 1)[1]
    assert client.get(path).status_code == 200
    assert path not in desk.get(at_desk).get_data(as_text=True)

    desk.post(f"{at_desk}/links/revoke", data=token)
    assert client.get(path).status_code == 409


def test_the_sheet_for_fax_holds_what_the_consent_covers(
    desk: FlaskClient, work: Work, story: Story, referral_id: str
) -> None:
    shown = page(desk.get(f"/desk/handoffs/{referral_id}/sheet"))

    for text in (NAME, "(410) 555-0142", "Uses a walker", "No room now"):
        assert text in shown.text, text
    disclosed = work.session.scalars(select(AuditRow.actor_id).where(AuditRow.action == "person.disclosed")).all()
    assert disclosed == [story.coordinator.user_id]


@pytest.mark.parametrize("to", ["answer", "attempt", "end", "room", "question"])
def test_odd_forms_and_wrong_links_are_refused(client: FlaskClient, link: str, to: str) -> None:
    assert client.post(f"{link}/{to}", data={}).status_code == 422
    assert client.post(f"{link}/{to}", data={"answer": "x", "result": "x", "ending": "x"}).status_code == 422
    assert client.post(f"/answer/{'x' * 32}/{to}", data={}).status_code == 404


class TestPausing:
    @pytest.fixture(autouse=True)
    def accepted(self, client: FlaskClient, link: str) -> None:
        tap(client, link, "answer", answer="accepted")

    def test_it_waits_until_a_day_on_a_button_and_goes_on_by_another(
        self, client: FlaskClient, work: Work, link: str, referral_id: str
    ) -> None:
        assert tap(client, link, "pause", days="7") == (303, f"{link}?done=pause")

        referral = work.session.get_one(Referral, referral_id, populate_existing=True)
        assert status(work, referral_id) == ("on-hold", "at_capacity")
        assert referral.due_at
        assert (referral.due_at - work.now).days in {6, 7}
        assert "It waits until" in page(client.get(link)).text
        tap(client, link, "resume")
        assert status(work, referral_id) == ("in-progress", None)

    @pytest.mark.parametrize("wrong", ["2020-01-01", "2999-01-01", "someday", ""])
    def test_a_day_that_cannot_be_is_named_and_stays(
        self, client: FlaskClient, work: Work, link: str, referral_id: str, wrong: str
    ) -> None:
        shown = page(client.post(f"{link}/pause", data={"until": wrong}))

        assert (shown.status, 'href="#until"' in shown.to_mend, "until" in shown.ids) == (422, True, True)
        assert f'value="{wrong}"' in shown.html
        assert status(work, referral_id) == ("accepted", None)


@pytest.mark.parametrize("way", ["account", "link", "on behalf"])
class TestReasonsOfANo:
    """What a no says of the service reaches the places and the stewards, whichever way it came."""

    def say_no(self, way: str, work: Work, story: Story, referral_id: str, **fields: str) -> None:
        moved = {"target": "rejected", **fields}
        if way == "account":
            post(self.of(story.partner), f"/partner/handoffs/{referral_id}/move", **moved)
        elif way == "on behalf":
            post(self.of(story.coordinator), f"/desk/handoffs/{referral_id}/move", on_behalf="y", **moved)
        else:
            path = make_path(as_actor(work, story.coordinator), referral_id)
            assert path
            tap(self.stranger, path, "answer", answer="rejected", **fields)

    @pytest.fixture(autouse=True)
    def clients(self, signed_in: Callable[[Actor], FlaskClient], client: FlaskClient) -> None:
        self.of, self.stranger = signed_in, client

    def test_no_room_is_said_of_the_place(self, way: str, work: Work, story: Story, referral_id: str) -> None:
        self.say_no(way, work, story, referral_id, reason="at_capacity")

        room = find_room(work.session, story.pantry.service_at_location.id)
        assert room
        assert room.status is CapacityStatus.NO_CAPACITY
        newest = select(CapacityStatement.source).order_by(CapacityStatement.as_of.desc(), CapacityStatement.id)
        assert "handoff" in work.session.scalars(newest).all()

    def test_not_eligible_by_a_fact_is_suggested_as_a_rule(
        self, way: str, work: Work, story: Story, referral_id: str
    ) -> None:
        self.say_no(way, work, story, referral_id, reason="not_eligible", fact="veteran")

        query = select(EligibilityRule).where(EligibilityRule.service_id == story.pantry.service.id)
        assert [(row.fact, row.status, row.source) for row in work.session.scalars(query)] == [
            ("veteran", "suggested", "handoff")
        ]
