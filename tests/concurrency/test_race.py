"""The race for a hot place, in small: nobody gets what is not there, and the careless way is found."""

import pytest
from sqlalchemy import func, select

from benchmarks import race
from resource_hub.accounts.values import SYSTEM
from resource_hub.capacity import service as capacity
from resource_hub.capacity.models import Room
from resource_hub.core.db import Database
from tests.concurrency.conftest import OpenWork
from tests.handoff.stories import a_handoff, a_story

SIZE = (12, 8)


@pytest.fixture
def place(real_database: Database, open_work: OpenWork) -> str:
    with open_work(SYSTEM) as work:
        capacity.release(work, a_handoff(work, a_story(work)))
        assert work.session.scalar(select(func.count()).select_from(Room)) == 1
    return race.prepare(real_database, *SIZE)


def test_places_come_and_go_and_are_never_given_twice(real_database: Database, place: str) -> None:
    seen = race.race(real_database, place, SIZE, 60, race.careful)

    assert seen["held"] + seen["full"] + seen["busy"] == SIZE[0] * SIZE[1]
    assert seen["held"] > race.PLACES
    assert (seen["overbooked"], race.lost(real_database, place)) == (0, 0)


def test_reading_first_and_writing_later_is_found(real_database: Database, place: str) -> None:
    seen = race.race(real_database, place, SIZE, 60, race.careless)

    assert seen["overbooked"] or race.lost(real_database, place)
