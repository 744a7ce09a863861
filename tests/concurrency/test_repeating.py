"""A request with a key is done once: also when it fails at first, comes from two users, or is still being done."""

from dataclasses import dataclass
from threading import Event, Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.test import TestResponse

from resource_hub.accounts.models import IdempotencyRecord
from resource_hub.accounts.values import SYSTEM, Actor, Role
from resource_hub.app import create_app
from resource_hub.core.db import Database
from resource_hub.handoff.models import HandoffMessage
from resource_hub.web.shared import idempotency
from resource_hub.web.shared.guards import PUBLIC, SESSION_EPOCH, SESSION_USER, guarded
from tests.concurrency.conftest import OpenWork
from tests.concurrency.test_faults import plug_pulled_at
from tests.conftest import NOW
from tests.factories import a_user
from tests.handoff.stories import Story, a_handoff, a_story
from tests.web.conftest import SETTINGS, page

KEY = "one-and-the-same"


@pytest.fixture
def app(real_database: Database) -> Flask:
    return create_app(SETTINGS, database=real_database, clock=lambda: NOW)


@pytest.fixture
def story(open_work: OpenWork) -> Story:
    with open_work(SYSTEM) as work:
        return a_story(work)


@pytest.fixture
def path(open_work: OpenWork, story: Story) -> str:
    with open_work(SYSTEM) as work:
        return f"/desk/handoffs/{a_handoff(work, story)}/messages"


def browser(app: Flask, actor: Actor) -> tuple[FlaskClient, str]:
    """Return a signed-in browser and the token of its forms."""
    client = app.test_client()
    with client.session_transaction() as session:
        session[SESSION_USER], session[SESSION_EPOCH] = actor.user_id, 0
    return client, page(client.get("/desk/people/")).hidden("csrf_token")


def ask(client: FlaskClient, token: str, path: str, text: str = "When may she come?") -> TestResponse:
    return client.post(path, data={"csrf_token": token, "idempotency_key": KEY, "text": text})


def written(database: Database) -> int:
    with database.read() as session:
        return len(session.scalars(select(HandoffMessage.id)).all())


def test_a_key_is_its_users_own(
    app: Flask, real_database: Database, open_work: OpenWork, story: Story, path: str
) -> None:
    with open_work(SYSTEM) as work:
        colleague = a_user(work, Role.SOCIAL_WORKER, story.market)

    answers = [ask(*browser(app, actor), path) for actor in (story.coordinator, colleague, story.coordinator)]

    assert [answer.status_code for answer in answers] == [303, 303, 303]
    assert written(real_database) == 2


def test_a_form_with_another_answer_under_the_same_key_is_refused(
    app: Flask, real_database: Database, story: Story, path: str
) -> None:
    client, token = browser(app, story.coordinator)
    ask(client, token, path)

    refused = ask(client, token, path, "Something else?")

    assert refused.status_code == 422
    assert "Use a new one" in page(refused).text
    assert written(real_database) == 1


def test_what_was_refused_may_be_mended_under_the_same_key(
    app: Flask, real_database: Database, story: Story, path: str
) -> None:
    client, token = browser(app, story.coordinator)
    assert ask(client, token, path, "").status_code == 422

    assert ask(client, token, path).status_code == 303
    assert written(real_database) == 1


def test_whatever_fails_at_first_the_same_key_does_it_once_at_last(
    app: Flask, real_database: Database, story: Story, path: str
) -> None:
    client, token = browser(app, story.coordinator)
    failed, statement = 0, 1
    while True:
        with plug_pulled_at(real_database, statement):
            answer = ask(client, token, path)
        if answer.status_code == 303:
            break
        assert (answer.status_code, written(real_database)) == (500, 0)
        failed, statement = failed + 1, statement + 4

    assert failed > 3
    assert ask(client, token, path).status_code == 303
    assert written(real_database) == 1


@pytest.fixture
def counting(app: Flask) -> tuple[list[int], Event, Event]:
    """A route that a program calls, and that takes as long as the test wants."""
    done: list[int] = []
    begun, go_on = Event(), Event()

    @guarded(PUBLIC)
    def count() -> ResponseReturnValue:
        done.append(1)
        begun.set()
        assert go_on.wait(8)
        return {"done": len(done)}

    app.add_url_rule("/api/count", view_func=count, methods=["POST"])
    app.extensions["csrf"].exempt(count)
    return done, begun, go_on


@dataclass
class TwoRequests:
    """The same request twice, the second sent while the first is being done."""

    first: Thread
    second: Thread
    answers: list[tuple[int, object]]


def send_twice(app: Flask, begun: Event, *, wait: float) -> TwoRequests:
    """Send both, and give the second some seconds to be answered."""
    answers: list[tuple[int, object]] = []

    def send() -> None:
        answer = app.test_client().post("/api/count", json={"a": 1}, headers={"Idempotency-Key": KEY})
        answers.append((answer.status_code, answer.get_json(force=True)))

    sent = TwoRequests(Thread(target=send), Thread(target=send), answers)
    sent.first.start()
    assert begun.wait(8)
    sent.second.start()
    sent.second.join(wait)
    return sent


def keys(database: Database) -> int:
    with database.read() as session:
        return len(session.scalars(select(IdempotencyRecord.key)).all())


def test_while_the_first_is_being_done_the_second_waits_and_gets_its_answer(
    app: Flask, real_database: Database, counting: tuple[list[int], Event, Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idempotency, "PATIENCE_SECONDS", 8)
    done, begun, go_on = counting

    sent = send_twice(app, begun, wait=0.2)
    assert (len(done), sent.answers) == (1, [])
    go_on.set()
    sent.first.join(8)
    sent.second.join(8)

    assert sent.answers == [(200, {"done": 1})] * 2
    assert keys(real_database) == 1


def test_a_second_that_has_waited_long_enough_is_told_that_the_first_goes_on(
    app: Flask, real_database: Database, counting: tuple[list[int], Event, Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idempotency, "PATIENCE_SECONDS", 0.1)
    done, begun, go_on = counting

    sent = send_twice(app, begun, wait=7)
    ((status, problem),) = sent.answers
    assert isinstance(problem, dict)
    assert (status, problem["code"], len(done)) == (409, "in_progress", 1)
    go_on.set()
    sent.first.join(8)

    assert sent.answers[1:] == [(200, {"done": 1})]
    third = app.test_client().post("/api/count", json={"a": 1}, headers={"Idempotency-Key": KEY})
    assert (third.status_code, third.json, len(done), keys(real_database)) == (200, {"done": 1}, 1, 1)
