"""Two at one handoff, many at one audit log, two workers at one outbox, everybody at once."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from resource_hub.accounts import audit, outbox
from resource_hub.accounts.models import AuditChain, AuditRow
from resource_hub.accounts.values import SYSTEM, AuditEntry
from resource_hub.capacity import service as capacity
from resource_hub.capacity.values import CapacityStatus, Statement
from resource_hub.core.db import Database
from resource_hub.core.encryption import Vault
from resource_hub.core.ids import new_id
from resource_hub.exchange.notices.delivery import Ways, deliver_due
from resource_hub.handoff import service
from resource_hub.handoff.errors import ChangedMeanwhile, StepRefused
from resource_hub.handoff.models import HandoffStatus, Referral
from resource_hub.handoff.values.words import Reason, Status
from tests.concurrency.conftest import OpenWork
from tests.concurrency.crowd import all_at_once
from tests.conftest import NOW
from tests.factories import a_listing
from tests.handoff.stories import Story, a_handoff, a_person, a_story

Move = Callable[[Status], object]
WRITERS, ROWS = 12, 4


@pytest.fixture
def story(open_work: OpenWork) -> Story:
    with open_work(SYSTEM) as work:
        return a_story(work)


@pytest.fixture
def referral_id(open_work: OpenWork, story: Story) -> str:
    with open_work(SYSTEM) as work:
        return a_handoff(work, story)


def check_that_one_wins(move: Move) -> None:
    outcomes = all_at_once(move, [Status.ACCEPTED, Status.REJECTED])

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["ChangedMeanwhile", "NoneType"]


@pytest.mark.parametrize("_round", range(2))
def test_of_two_answers_to_one_request_one_wins(
    real_database: Database, open_work: OpenWork, story: Story, referral_id: str, _round: int
) -> None:
    def move(target: Status) -> None:
        reason = Reason.NOT_ELIGIBLE if target is Status.REJECTED else None
        with open_work(story.partner) as work:
            service.move(work, referral_id, target, reason, expected_position=1)

    check_that_one_wins(move)

    with real_database.read() as session:
        rows = session.scalars(select(HandoffStatus).order_by(HandoffStatus.position)).all()
        assert [row.position for row in rows] == [1, 2]
        assert session.get_one(Referral, referral_id).status == rows[-1].status


def test_the_check_catches_a_move_that_looks_first_and_writes_later(real_database: Database, referral_id: str) -> None:
    both = Barrier(2)

    def move(target: Status) -> None:
        with real_database.read() as session:
            seen = session.get_one(Referral, referral_id).positions
        both.wait()
        with real_database.write() as session:
            referral = session.get_one(Referral, referral_id)
            referral.status, referral.positions = target, seen + 1

    with pytest.raises(AssertionError):
        check_that_one_wins(move)


def test_the_history_takes_one_row_for_each_position(real_database: Database, referral_id: str) -> None:
    again = HandoffStatus(
        id=new_id(), referral_id=referral_id, position=1, status=Status.ACCEPTED, at=NOW, set_as="recipient"
    )

    with pytest.raises(IntegrityError), real_database.write() as session:
        session.add(again)


def check_that_the_chain_is_whole(database: Database, vault: Vault, write: Callable[[int], object]) -> None:
    outcomes = all_at_once(write, range(WRITERS))

    assert outcomes == [None] * WRITERS
    with database.read() as session:
        assert audit.verify(session, vault) == []
        rows = session.scalars(select(AuditRow.position).where(AuditRow.chain == "m").order_by(AuditRow.position))
        assert list(rows) == list(range(1, WRITERS * ROWS + 1))


ENTRY = AuditEntry("test.done", "test", "t-1")


def test_many_writers_keep_one_audit_chain_whole(real_database: Database, open_work: OpenWork, vault: Vault) -> None:
    def write(_number: int) -> None:
        for _row in range(ROWS):
            with open_work(SYSTEM) as work:
                audit.record(work, ENTRY, market_id="m")

    check_that_the_chain_is_whole(real_database, vault, write)


def test_the_check_catches_a_writer_that_reads_the_head_too_early(
    real_database: Database, open_work: OpenWork, vault: Vault
) -> None:
    with open_work(SYSTEM) as work:
        audit.record(work, ENTRY, market_id="m")

    def write(_number: int) -> None:
        with real_database.read() as session:
            length = session.get_one(AuditChain, "m").length
        with open_work(SYSTEM) as work:
            chain = work.session.get_one(AuditChain, "m")
            chain.length = length
            work.session.flush()
            audit.record(work, ENTRY, market_id="m")

    with pytest.raises(AssertionError):
        check_that_the_chain_is_whole(real_database, vault, write)


class CountingSender:
    """Counts how often each message is sent."""

    def __init__(self) -> None:
        self.sent: Counter[str] = Counter()

    def send(self, mail: EmailMessage) -> None:
        self.sent[str(mail["Message-ID"])] += 1


def test_two_workers_send_each_notice_once(real_database: Database, open_work: OpenWork, story: Story) -> None:
    with open_work(SYSTEM) as work:
        for number in range(10):
            outbox.notify_organization(work, story.pantry.organization.id, "test", f"test:{number}")
    sender = CountingSender()

    all_at_once(lambda _worker: deliver_due(real_database, Ways(sender), lambda: NOW), range(3))

    assert sorted(sender.sent.values()) == [1] * 10


def test_everybody_at_once_ends_without_a_knot(
    real_database: Database, open_work: OpenWork, story: Story, vault: Vault
) -> None:
    """Referrals, places and the audit log are locked in one order, so nobody waits crosswise."""
    place = story.pantry.service_at_location.id
    with open_work(SYSTEM) as work:
        people = [a_person(work, story.coordinator, name=f"Person {number}") for number in range(6)]
        other = a_listing(work, story.market, name="Second pantry").service_at_location.id

    def live(person_id: str) -> None:
        asks = story.asks(person_id=person_id, despite_no_capacity=True)
        with open_work(story.coordinator) as work:
            referral_id = service.refer(work, asks).referral_id
        with open_work(story.partner) as work:
            capacity.state_capacity(work, place, Statement(CapacityStatus.CAPACITY, 5, 10))
        with open_work(story.partner) as work:
            service.move(work, referral_id, Status.REJECTED, Reason.AT_CAPACITY)
        with open_work(story.coordinator) as work:
            service.refer(work, replace(asks, service_at_location_id=other))
        with open_work(story.coordinator) as work:
            service.move(work, referral_id, Status.ENTERED_IN_ERROR)

    def look_after(_worker: str) -> None:
        for _round in range(4):
            with open_work(SYSTEM) as work:
                later = replace(work, now=work.now + timedelta(days=30))
                capacity.expire_holds(later)
            with open_work(SYSTEM) as work:
                service.raise_overdue(replace(work, now=work.now + timedelta(days=30)))

    workers = ["worker 1", "worker 2"]
    outcomes = all_at_once(lambda one: look_after(one) if one in workers else live(one), [*people, *workers])

    assert outcomes == [None] * len(outcomes)
    with real_database.read() as session:
        assert audit.verify(session, vault) == []


def test_the_refusals_of_a_race_are_no_surprise(open_work: OpenWork, story: Story, referral_id: str) -> None:
    def move(target: Status) -> None:
        with open_work(story.partner) as work:
            service.move(work, referral_id, target, Reason.DUPLICATE if target is Status.REJECTED else None)

    outcomes = all_at_once(move, [Status.ACCEPTED, Status.REJECTED])

    assert outcomes.count(None) == 1
    assert any(isinstance(outcome, ChangedMeanwhile | StepRefused) for outcome in outcomes)
