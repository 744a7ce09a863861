"""The crowd that presses anything, in small: nothing of ours is at fault, and what is at fault is found."""

from collections.abc import Callable, Iterator
from itertools import count

import pytest
from flask import Flask, request
from sqlalchemy import URL

from benchmarks.crowd import __main__ as pressing
from benchmarks.crowd.reading import Field, Reader
from resource_hub.accounts.values import SYSTEM
from resource_hub.accounts.work import Work
from resource_hub.app import create_app
from resource_hub.core.clock import utc_now
from resource_hub.core.db import Database
from resource_hub.core.encryption import new_key
from resource_hub.core.ids import new_id
from resource_hub.exchange.demo.load import load_demo
from resource_hub.settings import Settings
from tests.conftest import a_copy

Town = tuple[Settings, Database]
SIZE = (6, 0.8, 1)


@pytest.fixture(scope="module")
def town(template: URL, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The demo, on a database of its own."""
    folder = tmp_path_factory.mktemp("crowd")
    with a_copy(template, folder) as url:
        address = url.render_as_string(hide_password=False)
        settings = Settings(secret_key="t" * 32, data_key=new_key(), database_url=address, instance=folder)
        database = Database.from_url(address, folder)
        with database.write() as session:
            load_demo(Work(session, SYSTEM, utc_now(), settings.vault(), new_id))
        yield settings, database
        database.engine.dispose()


def after(steps: int) -> Callable[[], bool]:
    """Let the crowd take so many steps, all of them together."""
    taken = count()
    return lambda: next(taken) >= steps


def break_searching() -> None:
    if request.path == "/find":
        raise ZeroDivisionError


def test_whatever_they_press_nothing_of_ours_is_at_fault(town: Town) -> None:
    settings, database = town

    seen = pressing.crowd(settings, database, SIZE, after(100))

    assert (dict(seen.faults), seen.answers[200] > 50, seen.written.total() > 0) == ({}, True, True)
    with database.read() as session:
        assert pressing.faults_of(session, settings) == []


def test_a_page_that_breaks_is_found(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def with_a_defect(settings: Settings, *, database: Database) -> Flask:
        app = create_app(settings, database=database)
        app.before_request(break_searching)
        return app

    monkeypatch.setattr(pressing, "create_app", with_a_defect)

    assert "POST /find: 500" in pressing.crowd(*town, (1, 1.0, 1), after(40)).faults


def test_a_page_is_read_as_it_can_be_used() -> None:
    page = Reader(
        "/here",
        '<a href="/there#part">There</a><a href="https://example.org">Away</a><input name="outside">'
        '<form method="post"><input name="a" type="radio" value="1"><textarea name="b"></textarea>'
        '<select name="c"><option value="x"><option value="y"></select><button name="go" value="on">Go</button></form>',
    )

    assert page.links == ["/there"]
    (form,) = page.forms
    assert (form.action, form.method, form.buttons) == ("/here", "post", [("go", "on", "")])
    assert form.fields == [Field("a", "radio", "1"), Field("b", "text"), Field("c", "select", options=("x", "y"))]
