"""A town with a directory, in a database file, behind the real application; time moves when the story says so."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from resource_hub import cli
from resource_hub.accounts import service as accounts
from resource_hub.accounts.values import SYSTEM, NewUser, Role
from resource_hub.accounts.work import Work
from resource_hub.app import create_app
from resource_hub.cli.shared import Shell
from resource_hub.core.ids import new_id
from tests.factories import a_listing, a_market
from tests.handoff.stories import says_places
from tests.stories.browser import Browser

PASSWORD = "correct horse battery"
CORA, PAULA, PETE = "cora@example.org", "paula@example.org", "pete@example.org"
STELLA, STEVE = "stella@example.org", "steve@example.org"


class Clock:
    """The time of the application; it stands still until it is moved."""

    def __init__(self, start: datetime) -> None:
        self.now = start

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass(frozen=True)
class Town:
    """What the users of a story share."""

    folder: Path
    app: Flask
    clock: Clock

    def browser(self, language: str = "en") -> Browser:
        return Browser(self.app, language)

    def sign_in(self, email: str) -> Browser:
        """Return the browser of a user who has signed in."""
        browser = self.browser()
        browser.open("/sign-in")
        browser.press("Sign in", {"email": email, "password": PASSWORD})
        return browser

    def run(self, *words: str) -> str:
        """Run the command beside the application; return what it said."""
        done = CliRunner().invoke(cli.hub, words)
        assert done.exit_code == 0, done.output
        return done.output


@pytest.fixture
def town(migrated_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """Monday 14 September 2026, 11:00 in Baltimore: two pantries with staff, a coordinator; and a market next door."""
    monkeypatch.setenv("RESOURCE_HUB_INSTANCE", str(tmp_path))
    monkeypatch.delenv("RESOURCE_HUB_DATABASE_URL", raising=False)
    clock, shell = Clock(datetime(2026, 9, 14, 15, tzinfo=UTC)), Shell()
    commands_go_by(clock, monkeypatch)
    shutil.copy(migrated_file, tmp_path)
    with shell.database.write() as session:
        fill(Work(session, SYSTEM, clock(), shell.vault, new_id))
    app = create_app(shell.settings, database=shell.database, clock=clock)
    yield Town(tmp_path, app, clock)
    shell.database.engine.dispose()


def commands_go_by(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the commands beside the application, as the worker, go by the story's clock too."""
    for module in ("shared", "worker"):
        monkeypatch.setattr(f"resource_hub.cli.{module}.utc_now", clock)


def fill(work: Work) -> None:
    market = a_market(work, "baltimore")
    near = a_listing(work, market, name="Harbor pantry")
    further = a_listing(work, market, name="Hillside pantry", at=(39.32, -76.64))
    for listing, email in ((near, PAULA), (further, PETE)):
        says_places(work, listing, 1)
        new = NewUser(email, email.partition("@")[0].title(), Role.PARTNER, PASSWORD, frozenset({market.id}),
                      listing.organization.id)  # fmt: skip
        accounts.add_user(work, new)
    accounts.add_user(work, NewUser(CORA, "Cora", Role.COORDINATOR, PASSWORD, frozenset({market.id})))
    for email in (STELLA, STEVE):
        accounts.add_user(work, NewUser(email, "A steward", Role.STEWARD, PASSWORD, frozenset({market.id})))


@pytest.fixture
def cora(town: Town) -> Browser:
    """The coordinator at her desk."""
    return town.sign_in(CORA)


@pytest.fixture
def stella(town: Town) -> Browser:
    """The steward of the directory."""
    return town.sign_in(STELLA)


@pytest.fixture
def paula(town: Town) -> Browser:
    """The staff of the nearer pantry."""
    return town.sign_in(PAULA)
