"""Two browsers in the worst order: the first has done all but the commit when the second sends its form."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, get_ident
from time import monotonic, sleep

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from resource_hub.accounts.values import SYSTEM
from resource_hub.app import create_app
from resource_hub.core.db import Database
from resource_hub.handoff import service
from resource_hub.handoff.models import HandoffStatus, Outcome, Referral
from resource_hub.handoff.values.words import Status
from resource_hub.web.shared import idempotency
from resource_hub.web.shared.guards import SESSION_EPOCH, SESSION_USER
from tests.concurrency.conftest import OpenWork
from tests.concurrency.pairs import LONGEST_WAIT
from tests.conftest import NOW
from tests.handoff.stories import Story, a_handoff, a_person, a_story
from tests.web.conftest import SETTINGS, page

pytestmark = pytest.mark.postgres

_SOMEBODY_WAITS = text(
    "SELECT EXISTS (SELECT 1 FROM pg_stat_activity"
    " WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0)"
)
Send = Callable[[], TestResponse]


class Stopping(Database):
    """A database on which one thread stops before its commit."""

    def __init__(self, database: Database) -> None:
        super().__init__(database.engine)
        self.first, self.stands, self.goes_on = 0, Event(), Event()

    @contextmanager
    def write(self) -> Iterator[Session]:
        with super().write() as session:
            yield session
            if get_ident() == self.first:
                session.flush()
                self.stands.set()
                assert self.goes_on.wait(LONGEST_WAIT)

    def both(self, first: Send, second: Send) -> list[TestResponse]:
        """Return what the two are answered, when the first goes on once the second has ended or waits."""
        with ThreadPoolExecutor(2) as pool:
            earlier = pool.submit(self._stop, first)
            assert self.stands.wait(LONGEST_WAIT)
            later, end = pool.submit(second), monotonic() + LONGEST_WAIT
            while not later.done() and not self._somebody_waits():
                assert monotonic() < end
                sleep(0.005)
            self.goes_on.set()
            return [earlier.result(LONGEST_WAIT), later.result(LONGEST_WAIT)]

    def _somebody_waits(self) -> bool:
        # A transaction of its own each time: within one, PostgreSQL shows who is connected as it was at first.
        with self.read() as watcher:
            return bool(watcher.scalar(_SOMEBODY_WAITS))

    def _stop(self, send: Send) -> TestResponse:
        self.first = get_ident()
        return send()


@pytest.fixture
def database(real_database: Database) -> Stopping:
    return Stopping(real_database)


@pytest.fixture
def app(database: Stopping, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setattr(idempotency, "PATIENCE_SECONDS", 8)
    return create_app(SETTINGS, database=database, clock=lambda: NOW)


@pytest.fixture
def story(open_work: OpenWork) -> Story:
    with open_work(SYSTEM) as work:
        return a_story(work)


@pytest.fixture
def forms(open_work: OpenWork, story: Story) -> dict[str, tuple[str, dict[str, str], type]]:
    """Where each form goes, what it says, and the table in which it leaves a row."""
    with open_work(SYSTEM) as work:
        other = a_person(work, story.coordinator, name="Ben")
        asked, running = a_handoff(work, story), a_handoff(work, story, person_id=other)
        newcomer = a_person(work, story.coordinator, name="Dora")
    with open_work(story.partner) as work:
        service.move(work, running, Status.ACCEPTED)
    refer = {
        "service_at_location_id": story.pantry.service_at_location.id, "needs": "food-insecurity",
        "urgency": "routine", "fields": "name", "how_given": "verbal", "days": "30", "agreed": "y", "only_route": "y",
    }  # fmt: skip
    move = {"target": "accepted", "on_behalf": "y", "position": "1"}
    outcome = {"contacted": "yes", "received": "yes", "need_met": "yes", "experience": "good"}
    return {
        "refer": (f"/desk/people/{newcomer}/handoffs", refer, Referral),
        "move": (f"/desk/handoffs/{asked}/move", move, HandoffStatus),
        "outcome": (f"/desk/handoffs/{running}/outcome", outcome, Outcome),
    }


def browser(app: Flask, story: Story, to: str, fields: dict[str, str], key: str) -> Send:
    client = app.test_client()
    with client.session_transaction() as session:
        session[SESSION_USER], session[SESSION_EPOCH] = story.coordinator.user_id, 0
    token = page(client.get("/desk/people/")).hidden("csrf_token")
    return lambda: client.post(to, data={**fields, "csrf_token": token, "idempotency_key": key})


def rows(database: Database, table: type) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


Forms = dict[str, tuple[str, dict[str, str], type]]


@pytest.mark.parametrize("name", ["refer", "move", "outcome"])
def test_the_same_form_twice_is_done_once_and_answered_twice(
    app: Flask, database: Stopping, story: Story, forms: Forms, name: str
) -> None:
    to, fields, table = forms[name]
    before = rows(database, table)

    answers = database.both(*(browser(app, story, to, fields, "the-same") for _ in range(2)))

    assert {(answer.status_code, answer.location) for answer in answers} == {(303, answers[0].location)}
    assert rows(database, table) == before + 1


@pytest.mark.parametrize(("name", "second", "more"), [("refer", 422, 1), ("move", 422, 1), ("outcome", 303, 2)])
def test_of_two_forms_the_second_is_done_as_well_or_refused_on_its_page(
    app: Flask, database: Stopping, story: Story, forms: Forms, name: str, second: int, more: int
) -> None:
    to, fields, table = forms[name]
    before = rows(database, table)

    answers = database.both(*(browser(app, story, to, fields, f"key {number}") for number in range(2)))

    assert [answer.status_code for answer in answers] == [303, second]
    assert rows(database, table) == before + more
