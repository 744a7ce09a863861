"""From a match to an outcome: consent, what is shared, sending, following up, taking the consent back."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from resource_hub.accounts.work import Work
from resource_hub.capacity.models import Hold
from resource_hub.handoff.models import Referral
from resource_hub.handoff.values.words import Reason, Status
from resource_hub.people.models import ConsentRecord
from tests.factories import a_listing
from tests.handoff.stories import NAME, Story, a_handoff, a_person, says_places
from tests.web.conftest import page, post, send


@pytest.fixture
def at(story: Story) -> str:
    return f"/desk/people/{story.person_id}"


@pytest.fixture
def filled(story: Story) -> dict[str, object]:
    """What a coordinator ticks and types."""
    return {
        "service_at_location_id": story.pantry.service_at_location.id,
        "needs": ["food-insecurity"],
        "urgency": "soon",
        "note": "Uses a walker",
        "fields": ["name", "contact_routes", "needs"],
        "how_given": "verbal",
        "days": "30",
        "agreed": "y",
        "only_route": "y",
    }


def count(work: Work, table: type) -> int:
    return work.session.scalar(select(func.count()).select_from(table)) or 0


def test_the_form_shows_what_could_be_shared(desk: FlaskClient, story: Story, at: str) -> None:
    shown = page(
        send(desk, f"{at}/match", f"{at}/handoff-form", needs="food-insecurity",
             service_at_location_id=story.pantry.service_at_location.id)
    )  # fmt: skip

    assert shown.heading == f"Ask them to help {NAME}"
    for text in ("Food pantry", "Has room: 10", "(410) 555-0142", "Message is safe", "For how many days"):
        assert text in shown.text, text
    assert re.search('<input checked [^>]*value="food-insecurity"', shown.html)
    assert "despite_no_capacity" not in shown.html


def test_sending_keeps_a_place_and_says_so(desk: FlaskClient, work: Work, at: str, filled: dict[str, object]) -> None:
    shown = page(desk.get(post(desk, f"{at}/handoffs", **filled).location))

    assert (shown.title, shown.heading) == ("Handoff – Resource Hub", "Food pantry")
    for text in ("Sent. A place is kept.", "Asked", "Ask for an answer", "Uses a walker", "A place is kept"):
        assert text in shown.text, text
    assert (count(work, Referral), count(work, Hold), count(work, ConsentRecord)) == (1, 1, 1)
    assert NAME in page(desk.get("/desk/")).text


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("needs", []),
        ("needs", ["transportation-insecurity"]),
        ("urgency", "yesterday"),
        ("note", "x" * 2001),
        ("fields", []),
        ("fields", ["password_hash"]),
        ("how_given", ""),
        ("days", ""),
        ("days", "0"),
        ("days", "366"),
        ("days", "9" * 5000),
        ("agreed", ""),
        ("only_route", ""),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_sent(
    desk: FlaskClient, work: Work, at: str, filled: dict[str, object], field: str, wrong: object
) -> None:
    sent = {name: value for name, value in {**filled, field: wrong}.items() if value not in ("", [])}

    shown = page(post(desk, f"{at}/handoffs", **sent))

    assert (shown.status, shown.heading) == (422, f"Ask them to help {NAME}")
    assert f'href="#{field}"' in shown.to_mend
    assert field in shown.ids
    if field != "note":
        assert "Uses a walker" in shown.html
    assert (count(work, Referral), count(work, Hold), count(work, ConsentRecord)) == (0, 0, 0)


@pytest.mark.parametrize("wrong", ["", "x", "0" * 36, "x" * 40])
def test_a_service_that_is_none_is_not_there(desk: FlaskClient, at: str, filled: dict[str, object], wrong: str) -> None:
    assert post(desk, f"{at}/handoffs", **{**filled, "service_at_location_id": wrong}).status_code == 404
    assert post(desk, f"{at}/handoff-form", service_at_location_id=wrong).status_code == 404


def test_a_service_of_another_market_is_not_there(
    desk: FlaskClient, work: Work, at: str, filled: dict[str, object], elsewhere: Story
) -> None:
    there = {"service_at_location_id": elsewhere.pantry.service_at_location.id}

    assert post(desk, f"{at}/handoffs", **{**filled, **there}).status_code == 404
    assert count(work, Referral) == 0


def test_sent_twice_is_one_handoff(
    desk: FlaskClient, work: Work, story: Story, at: str, filled: dict[str, object]
) -> None:
    form = page(post(desk, f"{at}/handoff-form", service_at_location_id=story.pantry.service_at_location.id))
    fields = filled | {name: form.hidden(name) for name in ("csrf_token", "idempotency_key")}

    first, second = (desk.post(f"{at}/handoffs", data=fields) for _ in range(2))

    assert first.location == second.location
    assert (count(work, Referral), count(work, Hold)) == (1, 1)


def test_a_second_request_to_the_same_service_is_refused_in_words(
    desk: FlaskClient, work: Work, at: str, filled: dict[str, object]
) -> None:
    post(desk, f"{at}/handoffs", **filled)

    shown = page(post(desk, f"{at}/handoffs", **filled))

    assert shown.status == 422
    assert "already" in shown.to_mend
    assert count(work, Referral) == 1


def test_without_room_it_is_refused_until_the_coordinator_insists(
    desk: FlaskClient, work: Work, story: Story, at: str, filled: dict[str, object]
) -> None:
    says_places(work, story.pantry, 0)

    shown = page(post(desk, f"{at}/handoffs", **filled))
    assert "no room now" in shown.to_mend
    assert "Send it although they have no room" in shown.text

    insisting = filled | {"despite_no_capacity": "y"}
    shown = page(post(desk, f"{at}/handoffs", **insisting))
    assert 'href="#override"' in shown.to_mend
    assert count(work, Referral) == 0

    sent = post(desk, f"{at}/handoffs", **insisting, override="agreed_by_phone")
    assert "Sent." in page(desk.get(sent.location)).text
    assert work.session.scalars(select(Referral.override_reason)).all() == ["agreed_by_phone"]


class TestFollowingUp:
    @pytest.fixture
    def handoff(self, work: Work, story: Story) -> str:
        return f"/desk/handoffs/{a_handoff(work, story)}"

    def test_the_answer_by_phone_is_written_down_for_the_organization(self, desk: FlaskClient, handoff: str) -> None:
        answer = send(desk, handoff, f"{handoff}/move", target="accepted", on_behalf="y", position="1")

        shown = page(desk.get(answer.location))
        for text in ("Saved.", "Accepted", "written down by the referrer", "Ask whether they reached the person"):
            assert text in shown.text, text

    def test_only_the_other_side_accepts(self, desk: FlaskClient, handoff: str) -> None:
        shown = page(send(desk, handoff, f"{handoff}/move", target="accepted"))

        assert shown.status == 422
        assert "Only the other side can set this status." in shown.to_mend

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"target": "cancelled"}, "Choose a reason."),
            ({"target": "cancelled", "reason": "other"}, "Write what the other reason is."),
            ({"target": "cancelled", "reason": "bored"}, 'href="#reason"'),
            ({"target": "cancelled", "reason": "duplicate", "comment": "x" * 2001}, 'href="#comment"'),
            ({"target": "gone"}, "Not a valid choice"),
            ({}, "required"),
            ({"target": "completed", "on_behalf": "y"}, "cannot get this status"),
        ],
    )
    def test_a_wrong_step_is_named_and_not_taken(
        self, desk: FlaskClient, handoff: str, fields: dict[str, str], said: str
    ) -> None:
        shown = page(send(desk, handoff, f"{handoff}/move", **fields))

        assert shown.status == 422
        assert said in shown.to_mend
        for field in ("reason", "comment"):
            assert f'href="#{field}"' not in shown.to_mend or field in shown.ids
        assert "Ask for an answer" in page(desk.get(handoff)).text

    def test_a_refused_step_keeps_what_was_typed(self, desk: FlaskClient, handoff: str) -> None:
        shown = page(send(desk, handoff, f"{handoff}/move", target="cancelled", comment="She moved away"))

        assert ">She moved away</textarea>" in shown.html
        assert shown.html.count("She moved away") == 1

    def test_somebody_was_faster(self, desk: FlaskClient, handoff: str) -> None:
        send(desk, handoff, f"{handoff}/move", target="accepted", on_behalf="y", position="1")

        late = {"target": "rejected", "on_behalf": "y", "position": "1", "reason": Reason.AT_CAPACITY}
        shown = page(send(desk, handoff, f"{handoff}/move", **late))

        assert shown.status == 422
        assert "Somebody else changed this handoff in the meantime" in shown.to_mend

    def test_turned_down_leads_to_the_next_best(self, desk: FlaskClient, story: Story, handoff: str) -> None:
        fields = {"target": Status.REJECTED, "reason": Reason.AT_CAPACITY, "on_behalf": "y"}
        shown = page(desk.get(send(desk, handoff, f"{handoff}/move", **fields).location))

        assert "Offer the next best service" in shown.text
        assert f'href="/desk/people/{story.person_id}/match"' in shown.html
        assert "The place was given back" in shown.text

    def test_an_outcome_belongs_to_an_answer(self, desk: FlaskClient, handoff: str) -> None:
        fields = dict.fromkeys(("contacted", "received", "need_met", "experience"), "unknown")

        shown = page(send(desk, handoff, f"{handoff}/outcome", **fields))

        assert (shown.status, "once the organization has answered" in shown.to_mend) == (422, True)

    def test_the_outcome_is_written_down_in_four_answers(self, desk: FlaskClient, handoff: str) -> None:
        send(desk, handoff, f"{handoff}/move", target="accepted", on_behalf="y")
        send(desk, handoff, f"{handoff}/move", target="completed", on_behalf="y")
        fields = {"contacted": "yes", "received": "yes", "need_met": "partly", "experience": "mixed"}

        shown = page(desk.get(send(desk, handoff, f"{handoff}/outcome", **fields).location))

        for text in ("In part", "So-so", "the referrer"):
            assert text in shown.text
        assert "Nothing is due" in page(desk.get("/desk/")).text

    def test_an_answer_that_is_none_is_named(self, desk: FlaskClient, handoff: str) -> None:
        send(desk, handoff, f"{handoff}/move", target="accepted", on_behalf="y")

        shown = page(send(desk, handoff, f"{handoff}/outcome", contacted="maybe", received="yes"))

        assert shown.status == 422
        assert 'href="#contacted"' in shown.to_mend
        assert "contacted" in shown.ids

    def test_the_consent_is_taken_back(self, desk: FlaskClient, partner: FlaskClient, handoff: str) -> None:
        theirs = handoff.replace("desk", "partner")
        assert NAME in page(partner.get(theirs)).text

        shown = page(desk.get(post(desk, f"{handoff}/revoke").location))

        assert "There is no consent now" in shown.text
        assert NAME not in page(partner.get(theirs)).text


def test_the_worklist_shows_what_is_due_here_and_not_elsewhere(
    desk: FlaskClient, work: Work, story: Story, elsewhere: Story
) -> None:
    assert "Nothing is due" in page(desk.get("/desk/")).text
    urgent = a_person(work, story.coordinator, name="Ursula Urgent")
    soup = a_listing(work, story.market, name="Soup kitchen")
    a_handoff(work, story)
    a_handoff(work, story, person_id=urgent, service_at_location_id=soup.service_at_location.id, urgency="urgent")
    a_handoff(work, elsewhere)

    shown = page(desk.get("/desk/"))

    assert shown.heading == "Today"
    assert shown.html.count('class="work__what"') == 2
    assert shown.text.index("Ursula Urgent") < shown.text.index(NAME)
