"""32 people want the last 10 places: exactly 10 get one. Each check is shown to fail on a careless way of counting."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select, update

from resource_hub.accounts.values import SYSTEM
from resource_hub.capacity import service as capacity
from resource_hub.capacity.models import Hold, Room
from resource_hub.capacity.values import CapacityStatus, Held, HoldOutcome, NoCapacity, Statement
from resource_hub.core.db import Database
from resource_hub.handoff import service
from resource_hub.handoff.errors import AlreadyReferred
from resource_hub.handoff.models import Referral
from resource_hub.handoff.values.asked import Referred
from tests.concurrency.conftest import OpenWork
from tests.concurrency.crowd import all_at_once
from tests.handoff.stories import Story, a_person, a_story

PEOPLE, PLACES = 32, 10

Take = Callable[[str], HoldOutcome]


@pytest.fixture
def story(open_work: OpenWork) -> Story:
    with open_work(SYSTEM) as work:
        return a_story(work, places=PLACES)


@pytest.fixture
def crowd(open_work: OpenWork, story: Story) -> list[str]:
    with open_work(SYSTEM) as work:
        return [a_person(work, story.coordinator, name=f"Person {number}") for number in range(PEOPLE)]


def free(database: Database, story: Story) -> int | None:
    place = story.pantry.service_at_location.id
    with database.read() as session:
        return session.scalar(select(Room.free).where(Room.service_at_location_id == place))


def check_that_ten_get_a_place(database: Database, story: Story, crowd: list[str], take: Take) -> None:
    outcomes = all_at_once(take, crowd)

    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert sum(isinstance(outcome, Held) for outcome in outcomes) == PLACES
    assert outcomes.count(NoCapacity()) == PEOPLE - PLACES
    assert free(database, story) == 0


def test_exactly_ten_get_the_last_ten_places(
    real_database: Database, open_work: OpenWork, story: Story, crowd: list[str]
) -> None:
    def take(person_id: str) -> HoldOutcome:
        with open_work(story.coordinator) as work:
            return service.refer(work, story.asks(person_id=person_id, despite_no_capacity=True)).hold

    check_that_ten_get_a_place(real_database, story, crowd, take)

    with real_database.read() as session:
        assert session.scalar(select(func.count()).select_from(Hold).where(Hold.counted)) == PLACES
        assert session.scalar(select(func.count()).select_from(Referral)) == PEOPLE


def test_the_check_catches_reading_first_and_writing_later(
    real_database: Database, story: Story, crowd: list[str]
) -> None:
    in_pairs = Barrier(2)

    def take(person_id: str) -> HoldOutcome:
        seen = free(real_database, story)
        in_pairs.wait()
        if not seen:
            return NoCapacity()
        with real_database.write() as session:
            session.execute(update(Room).where(Room.free.is_not(None)).values(free=seen - 1))
        return Held(person_id, counted=True)

    with pytest.raises(AssertionError):
        check_that_ten_get_a_place(real_database, story, crowd, take)


def test_a_double_click_is_one_handoff_and_one_place(
    real_database: Database, open_work: OpenWork, story: Story
) -> None:
    def click(_time: int) -> Referred:
        with open_work(story.coordinator) as work:
            return service.refer(work, story.asks())

    outcomes = all_at_once(click, range(4))

    assert sorted(type(outcome).__name__ for outcome in outcomes) == [AlreadyReferred.__name__] * 3 + ["Referred"]
    assert free(real_database, story) == PLACES - 1


def check_that_one_place_comes_back(database: Database, story: Story, give_back: Callable[[int], object]) -> None:
    assert free(database, story) == PLACES - 1

    outcomes = all_at_once(give_back, range(8))

    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert free(database, story) == PLACES


@pytest.fixture
def referral_id(open_work: OpenWork, story: Story) -> str:
    """A handoff with a place, where more places could come back than were taken."""
    with open_work(story.coordinator) as work:
        room = Statement(CapacityStatus.CAPACITY, PLACES, maximum=PLACES + 20)
        capacity.state_capacity(work, story.pantry.service_at_location.id, room)
        return service.refer(work, story.asks()).referral_id


def test_a_place_that_is_given_back_by_many_comes_back_once(
    real_database: Database, open_work: OpenWork, story: Story, referral_id: str
) -> None:
    def give_back(time: int) -> None:
        with open_work(SYSTEM) as work:
            if time % 2:
                capacity.release(work, referral_id)
            else:
                capacity.expire_holds(replace(work, now=work.now + timedelta(days=30)))

    check_that_one_place_comes_back(real_database, story, give_back)


def test_the_check_catches_looking_first_and_giving_back_later(
    real_database: Database, story: Story, referral_id: str
) -> None:
    together = Barrier(8)

    def give_back(_time: int) -> None:
        with real_database.read() as session:
            state = session.scalar(select(Hold.state).where(Hold.referral_id == referral_id))
        together.wait()
        if state == "held":
            with real_database.write() as session:
                session.execute(update(Room).where(Room.free.is_not(None)).values(free=Room.free + 1))

    with pytest.raises(AssertionError):
        check_that_one_place_comes_back(real_database, story, give_back)
