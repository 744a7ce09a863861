"""What did not arrive is seen by the stewards of its market, tried again, or given up."""

from datetime import timedelta

import pytest

from resource_hub.accounts import outbox
from resource_hub.accounts.models import Notice
from resource_hub.accounts.values import Role
from resource_hub.accounts.work import Work
from resource_hub.core.db import Database
from resource_hub.core.errors import NotAllowed, NotFound
from resource_hub.exchange.notices.delivery import LONGEST_WAIT, MOST_ATTEMPTS, Delivery, Ways, deliver_due
from resource_hub.exchange.notices.undelivered import give_up, given_up, retry, undelivered
from tests.conftest import as_actor
from tests.exchange.notices.test_delivery import Postman, clock_at
from tests.factories import a_market, a_user, an_organization


@pytest.fixture
def steward(work: Work) -> Work:
    """A steward whose market has one failed notice; the next market has one too, and one waits for its first turn."""
    market, other = a_market(work), a_market(work, "other")
    for key, where in (("k-1", market), ("k-2", other)):
        outbox.notify_organization(work, an_organization(work, where, f"Of {key}").id, "handoff.requested", key)
    steward = as_actor(work, a_user(work, Role.STEWARD, market))
    work.session.commit()
    return steward


def fails(database: Database, work: Work, times: int = 1) -> None:
    for turn in range(times):
        deliver_due(database, Ways(Postman(refusals=99)), clock_at(work.now + turn * LONGEST_WAIT))


def test_a_steward_sees_what_failed_in_their_market_and_why(database: Database, work: Work, steward: Work) -> None:
    assert undelivered(steward) == []
    fails(database, work)

    (row,) = undelivered(steward)

    assert (row.kind, row.organization, row.attempts, row.reason) == ("handoff.requested", "Of k-1", 1, "away")
    assert row.next_at == work.now + timedelta(minutes=1)


def test_what_was_given_up_is_counted_and_can_be_tried_again(database: Database, work: Work, steward: Work) -> None:
    fails(database, work, MOST_ATTEMPTS)
    assert given_up(work.session) == 2
    (row,) = undelivered(steward)
    assert row.next_at is None

    retry(steward, row.id)
    work.session.commit()

    assert deliver_due(database, Ways(Postman()), clock_at(work.now)) == Delivery(sent=1)
    assert undelivered(steward) == []


def test_a_notice_is_given_up_by_hand_and_never_sent(database: Database, work: Work, steward: Work) -> None:
    fails(database, work)
    (row,) = undelivered(steward)

    give_up(steward, row.id)
    work.session.commit()

    assert deliver_due(database, Ways(Postman()), clock_at(work.now + timedelta(days=9))) == Delivery(sent=1)
    assert work.session.get_one(Notice, row.id).last_error == "given_up"


def test_another_market_and_what_arrived_are_out_of_reach(database: Database, work: Work, steward: Work) -> None:
    fails(database, work)
    elsewhere = as_actor(work, a_user(work, Role.STEWARD, a_market(work, "third")))
    (row,) = undelivered(steward)

    assert undelivered(elsewhere) == []
    with pytest.raises(NotFound):
        retry(elsewhere, row.id)
    deliver_due(database, Ways(Postman()), clock_at(work.now + timedelta(hours=1)))
    with pytest.raises(NotFound):
        give_up(steward, row.id)


def test_only_stewards_look(work: Work) -> None:
    with pytest.raises(NotAllowed):
        undelivered(as_actor(work, a_user(work, Role.COORDINATOR, a_market(work))))
