"""32 answers at the same moment are 32 answers. The check is shown to fail on a careless way of adding."""

from collections.abc import Callable
from threading import Barrier

import pytest
from sqlalchemy import select, update

from resource_hub.accounts.values import SYSTEM
from resource_hub.core.db import Database
from resource_hub.matching.learning import learn
from resource_hub.matching.models import Acceptance
from tests.concurrency.conftest import OpenWork
from tests.concurrency.crowd import all_at_once
from tests.handoff.stories import Story, a_story

ANSWERS = 32
NEEDS = ("food-insecurity", "homelessness")


@pytest.fixture
def story(open_work: OpenWork) -> Story:
    with open_work(SYSTEM) as work:
        return a_story(work)


def check_that_none_is_lost(database: Database, answer: Callable[[int], None]) -> None:
    failures = [error for error in all_at_once(answer, range(ANSWERS)) if error is not None]

    assert failures == []
    with database.read() as session:
        sums = session.execute(select(Acceptance.answered, Acceptance.accepted)).all()
    assert [tuple(row) for row in sums] == [(ANSWERS, ANSWERS / 2)] * len(NEEDS)


def test_no_answer_is_lost(real_database: Database, open_work: OpenWork, story: Story) -> None:
    place, market = story.pantry.service_at_location.id, story.market.id

    def answer(number: int) -> None:
        with open_work(SYSTEM) as work:
            learn(work, place, market, NEEDS[:: 1 if number % 3 else -1], accepted=number % 2 == 0)

    check_that_none_is_lost(real_database, answer)


def test_adding_to_what_was_read_before_loses_some(real_database: Database, open_work: OpenWork, story: Story) -> None:
    place, market = story.pantry.service_at_location.id, story.market.id
    everybody_read = Barrier(ANSWERS)

    def answer(number: int) -> None:
        with real_database.read() as session:
            known = session.execute(select(Acceptance.answered, Acceptance.accepted)).all()
        everybody_read.wait()
        with open_work(SYSTEM) as work:
            if not known:
                learn(work, place, market, NEEDS, accepted=number % 2 == 0)
                work.session.execute(update(Acceptance).values(answered=1, accepted=number % 2 == 0))

    with pytest.raises(AssertionError):
        check_that_none_is_lost(real_database, answer)
