"""Many browsers at once, over HTTP: the last places of a service, and one request sent again and again."""

from collections import Counter
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from resource_hub.accounts import audit
from resource_hub.accounts.values import SYSTEM
from resource_hub.accounts.work import Work
from resource_hub.app import create_app
from resource_hub.capacity import service as capacity
from resource_hub.capacity.models import Hold, Room
from resource_hub.capacity.values import Held, HoldOutcome, NoCapacity
from resource_hub.core.db import Database
from resource_hub.core.encryption import Vault
from resource_hub.handoff.models import Referral
from resource_hub.web.shared import idempotency
from resource_hub.web.shared.guards import SESSION_EPOCH, SESSION_USER
from tests.concurrency.conftest import OpenWork
from tests.concurrency.crowd import all_at_once
from tests.conftest import NOW
from tests.handoff.stories import Story, a_person, a_story
from tests.web.conftest import SETTINGS, page

BROWSERS, PLACES, AGAIN = 32, 10, 8
Send = Callable[[], TestResponse]


@pytest.fixture
def app(real_database: Database, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setattr(idempotency, "PATIENCE_SECONDS", 8)
    return create_app(SETTINGS, database=real_database, clock=lambda: NOW)


@pytest.fixture
def story(open_work: OpenWork) -> Story:
    with open_work(SYSTEM) as work:
        return a_story(work, places=PLACES)


def browser(app: Flask, story: Story, person_id: str, key: str | None = None) -> Send:
    """Return what one browser sends: a filled-in form, asked for and shown before anybody sends theirs."""
    client = app.test_client()
    with client.session_transaction() as session:
        session[SESSION_USER], session[SESSION_EPOCH] = story.coordinator.user_id, 0
    form = page(client.get("/desk/people/"))
    fields = {
        "csrf_token": form.hidden("csrf_token"),
        "idempotency_key": key or form.hidden("idempotency_key"),
        "service_at_location_id": story.pantry.service_at_location.id,
        "needs": "food-insecurity",
        "urgency": "routine",
        "fields": "name",
        "how_given": "verbal",
        "days": "30",
        "agreed": "y",
        "only_route": "y",
    }
    return lambda: client.post(f"/desk/people/{person_id}/handoffs", data=fields)


def send_all(sends: list[Send]) -> list[TestResponse]:
    """Send everything at the same moment."""
    answers = all_at_once(lambda send: send(), sends)
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    return [answer for answer in answers if not isinstance(answer, Exception)]


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def check_the_last_places(app: Flask, database: Database, story: Story, people: list[str]) -> None:
    answers = send_all([browser(app, story, person_id) for person_id in people])

    assert Counter(answer.status_code for answer in answers) == {303: PLACES, 422: BROWSERS - PLACES}
    assert all("no room now" in page(answer).to_mend for answer in answers if answer.status_code == 422)
    with database.read() as session:
        assert (count(session, Referral), count(session, Hold)) == (PLACES, PLACES)
        assert session.scalars(select(Room.free).where(Room.market_id == story.market.id)).one() == 0


@pytest.fixture
def people(open_work: OpenWork, story: Story) -> list[str]:
    with open_work(SYSTEM) as work:
        return [a_person(work, story.coordinator, name=f"Person {number}") for number in range(BROWSERS)]


def test_of_many_who_want_the_last_places_as_many_get_one_as_there_are(
    app: Flask, real_database: Database, story: Story, people: list[str], vault: Vault
) -> None:
    check_the_last_places(app, real_database, story, people)

    with real_database.read() as session:
        assert audit.verify(session, vault) == []


def test_the_check_catches_a_place_that_is_seen_free_and_not_taken(
    app: Flask, real_database: Database, story: Story, people: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def look_and_not_take(work: Work, place_id: str) -> HoldOutcome:
        free = work.session.get_one(Room, place_id).free
        return Held(work.new_id(), counted=True) if free else NoCapacity()

    monkeypatch.setattr(capacity, "_take", look_and_not_take)

    with pytest.raises(AssertionError):
        check_the_last_places(app, real_database, story, people)


def check_that_it_is_done_once(app: Flask, database: Database, story: Story) -> None:
    answers = send_all([browser(app, story, story.person_id, key="the-same") for _ in range(AGAIN)])

    seen = {(answer.status_code, answer.location, answer.get_data()) for answer in answers}
    assert len(seen) == 1
    assert seen.pop()[0] == 303
    with database.read() as session:
        assert (count(session, Referral), count(session, Hold)) == (1, 1)


def test_the_same_request_again_and_again_is_one_handoff(app: Flask, real_database: Database, story: Story) -> None:
    check_that_it_is_done_once(app, real_database, story)


def test_the_check_catches_an_app_that_forgets_its_keys(
    app: Flask, real_database: Database, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("resource_hub.web.shared.idempotency.once", lambda _work, answer: answer())

    with pytest.raises(AssertionError):
        check_that_it_is_done_once(app, real_database, story)


def test_two_browsers_answer_one_request_and_one_is_told(app: Flask, real_database: Database, story: Story) -> None:
    """A yes and a no at the same moment: the second one sees what the first one said."""
    (sent,) = send_all([browser(app, story, story.person_id)])
    assert sent.location
    path = sent.location.replace("desk", "partner") + "/move"

    def answers(target: str, reason: str) -> Send:
        client = app.test_client()
        with client.session_transaction() as session:
            session[SESSION_USER], session[SESSION_EPOCH] = story.partner.user_id, 0
        token = page(client.get("/partner/capacity/")).hidden("csrf_token")
        fields = {"csrf_token": token, "target": target, "reason": reason, "position": "1"}
        return lambda: client.post(path, data=fields)

    found = send_all([answers("accepted", ""), answers("rejected", "not_eligible")])

    assert sorted(answer.status_code for answer in found) == [303, 422]
    refused = next(answer for answer in found if answer.status_code == 422)
    assert "Somebody else changed this handoff in the meantime" in page(refused).to_mend
