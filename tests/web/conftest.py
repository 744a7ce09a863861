"""A browser-like client of the application, inside the test's transaction."""

import json
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from uuid import uuid4

import pytest
from flask import Flask, session
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from werkzeug.test import TestResponse

from resource_hub.accounts.values import Actor
from resource_hub.accounts.work import Work
from resource_hub.app import create_app, make_hub
from resource_hub.core.db import Database
from resource_hub.settings import Settings
from resource_hub.web.shared.guards import SESSION_EPOCH, SESSION_USER
from resource_hub.web.shared.hub import EXTENSION
from tests.handoff.stories import Story, a_story

SETTINGS = Settings(secret_key="t" * 32, data_key="AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")


@pytest.fixture(scope="session")
def made() -> Flask:
    """The application, made once with a database that nobody uses: each test puts in its own."""
    return create_app(SETTINGS, database=Database.from_url("sqlite://"))


@pytest.fixture
def app(made: Flask, database: Database, now: datetime) -> Flask:
    made.extensions[EXTENSION] = make_hub(SETTINGS, database, lambda: now)
    return made


@pytest.fixture
def app_of_its_own(database: Database, now: datetime) -> Flask:
    """An application that a test may change."""
    return create_app(SETTINGS, database=database, clock=lambda: now)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody who is not signed in."""
    return app.test_client()


@pytest.fixture
def signed_in(app: Flask) -> Callable[[Actor], FlaskClient]:
    """Return the client of a user who has signed in."""

    def sign_in(actor: Actor) -> FlaskClient:
        client = app.test_client()
        with client.session_transaction() as session:
            session[SESSION_USER], session[SESSION_EPOCH] = actor.user_id, 0
        return client

    return sign_in


@dataclass(frozen=True)
class Page:
    """What a reader sees of an answer."""

    status: int
    html: str

    @property
    def text(self) -> str:
        without_tags = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", self.html, flags=re.DOTALL)
        return re.sub(r"\s+", " ", unescape(without_tags)).strip()

    @property
    def title(self) -> str:
        found = re.search(r"<title>(.*?)</title>", self.html, re.DOTALL)
        return unescape(found[1]).strip() if found else ""

    @property
    def heading(self) -> str:
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.html, re.DOTALL)
        return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[1]))).strip() if found else ""

    @property
    def to_mend(self) -> str:
        """What the list of errors says, with where each of its links leads."""
        found = re.search(r'<div class="error-summary".*?</div>', self.html, re.DOTALL)
        return unescape(re.sub(r"</?(?!a)[^>]+>|\s+", " ", found[0])) if found else ""

    @property
    def ids(self) -> set[str]:
        return set(re.findall(r'\bid="([^"]+)"', self.html))

    def hidden(self, name: str) -> str:
        found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', self.html)
        assert found, f"no hidden field {name}"
        return unescape(found[1])


@pytest.fixture
def story(work: Work) -> Story:
    """A market with a coordinator, a pantry and its partner, and a person; the next market has the like."""
    return a_story(work)


@pytest.fixture
def elsewhere(work: Work) -> Story:
    """The same in a market that the story's users do not see."""
    return a_story(work, "elsewhere")


@pytest.fixture
def desk(signed_in: Callable[[Actor], FlaskClient], story: Story) -> FlaskClient:
    """The story's coordinator."""
    return signed_in(story.coordinator)


@pytest.fixture
def partner(signed_in: Callable[[Actor], FlaskClient], story: Story) -> FlaskClient:
    """The staff of the story's pantry."""
    return signed_in(story.partner)


def page(answer: TestResponse) -> Page:
    """Return an answer as its reader sees it."""
    return Page(answer.status_code, answer.get_data(as_text=True))


def send(client: FlaskClient, form_at: str, to: str | None = None, **fields: object) -> TestResponse:
    """Fill in the form of a page and send it, with the hidden fields that the page has."""
    shown = page(client.get(form_at))
    hidden = {name: shown.hidden(name) for name in ("csrf_token", "idempotency_key") if f'name="{name}"' in shown.html}
    return client.post(to or form_at, data={**hidden, **fields})


def post(client: FlaskClient, to: str, **fields: object) -> TestResponse:
    """Send a form with a token and a key of its own, from no page in particular, so that none is made for it."""
    with client.session_transaction() as kept, client.application.test_request_context():
        session["csrf_token"] = kept.setdefault("csrf_token", uuid4().hex)
        token = generate_csrf()
    return client.post(to, data={"csrf_token": token, "idempotency_key": uuid4().hex, **fields})


def words_of(record: logging.LogRecord) -> str:
    """Return all texts of a log record; its numbers are times and the ids of processes."""
    return json.dumps(
        {name: value for name, value in vars(record).items() if not isinstance(value, int | float)}, default=str
    )
