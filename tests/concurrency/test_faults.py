"""Whichever statement of a handoff request fails: nothing at all is written."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, func, select

from resource_hub.accounts.models import AuditRow, Notice
from resource_hub.accounts.values import SYSTEM
from resource_hub.capacity.models import Hold, Room
from resource_hub.core.db import Database
from resource_hub.handoff import service
from resource_hub.handoff.models import HandoffStatus, Referral
from resource_hub.people import consent
from resource_hub.people.models import ConsentRecord
from tests.concurrency.conftest import OpenWork
from tests.handoff.stories import TERMS, Story, a_story

TABLES = (Referral, Hold, ConsentRecord, HandoffStatus, AuditRow, Notice)


class PulledPlug(Exception):
    """The statement did not reach the database."""


@pytest.fixture
def story(open_work: OpenWork) -> Story:
    with open_work(SYSTEM) as work:
        return a_story(work)


def written(database: Database) -> tuple[int | None, ...]:
    with database.read() as session:
        rows = [session.scalar(select(func.count()).select_from(table)) for table in TABLES]
        return (*rows, session.scalar(select(func.sum(Room.free))))


@contextmanager
def plug_pulled_at(database: Database, statement: int) -> Iterator[None]:
    """Let the n-th statement fail, counted from 1."""
    count = 0

    def pull(*_arguments: Any) -> None:
        nonlocal count
        count += 1
        if count == statement:
            raise PulledPlug

    event.listen(database.engine, "before_cursor_execute", pull)
    try:
        yield
    finally:
        event.remove(database.engine, "before_cursor_execute", pull)


def check_that_nothing_is_left(database: Database, act: Callable[[], object]) -> int:
    """Pull the plug at each statement in turn; return how many there were."""
    before, statement = written(database), 1
    while True:
        try:
            with plug_pulled_at(database, statement):
                act()
        except PulledPlug:
            assert written(database) == before, f"something was left when statement {statement} failed"
            statement += 1
        else:
            return statement - 1


def test_a_request_is_written_whole_or_not_at_all(real_database: Database, open_work: OpenWork, story: Story) -> None:
    before = written(real_database)

    def act() -> None:
        with open_work(story.coordinator) as work:
            service.refer(work, story.asks())

    assert check_that_nothing_is_left(real_database, act) > 10
    assert written(real_database) != before


def test_the_check_catches_a_request_in_two_transactions(
    real_database: Database, open_work: OpenWork, story: Story
) -> None:
    def act() -> None:
        with open_work(story.coordinator) as work:
            consent.give(work, story.person_id, story.pantry.organization.id, TERMS)
        with open_work(story.coordinator) as work:
            service.refer(work, story.asks())

    with pytest.raises(AssertionError, match="something was left"):
        check_that_nothing_is_left(real_database, act)
