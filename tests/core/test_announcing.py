"""What is announced in a session reaches its listener after the commit, and never in the way of it."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from resource_hub.core.db import Database, announce, announced


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """A database without tables."""
    return Database.from_url(f"sqlite:///{tmp_path}/hub.db")


def test_a_listener_hears_of_each_thing_once_and_after_the_commit(database: Database) -> None:
    heard: list[set[str]] = []
    database.listen("weather", lambda _engine, about: heard.append(about))
    with database.write() as session:
        for day in ("monday", "tuesday", "monday"):
            announce(session, "weather", day)
        assert announced(session, "weather")
        assert not announced(session, "news")
        assert heard == []

    assert heard == [{"monday", "tuesday"}]


def test_nobody_hears_of_what_is_rolled_back_by_an_error(database: Database) -> None:
    heard: list[set[str]] = []
    database.listen("weather", lambda _engine, about: heard.append(about))

    def fail() -> None:
        with database.write() as session:
            announce(session, "weather", "monday")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert heard == []


def test_a_listener_that_fails_does_not_fail_the_work(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    def fall_over(_engine: Engine, _about: set[str]) -> None:
        raise ZeroDivisionError

    database.listen("weather", fall_over)
    with database.write() as session:
        announce(session, "weather", "monday")
        announce(session, "news", "nobody listens")

    assert "a listener failed" in caplog.text
