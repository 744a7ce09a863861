"""The crowd that presses anything, in small: nothing of ours is at fault, and what is at fault is found."""

import os
from collections.abc import Callable, Iterator
from itertools import count

import pytest
from flask import Flask, request

from benchmarks.crowd import __main__ as pressing
from benchmarks.crowd.reading import Field, Reader
from resource_hub.app import create_app
from resource_hub.core.db import Database
from resource_hub.evaluation.bench.demo import demo
from resource_hub.settings import Settings

Town = tuple[Settings, Database]
SIZE = (6, 0.8, 1)


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with demo(os.environ.get("RESOURCE_HUB_TEST_DATABASE_URL")) as opened:
        yield opened


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
