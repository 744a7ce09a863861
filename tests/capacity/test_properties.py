"""Whatever happens in whatever order: nobody gets a place that is not there, and no place is lost or made."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from resource_hub.accounts.work import Work
from resource_hub.capacity import queries, rules, service
from resource_hub.capacity.models import Hold, Room
from resource_hub.capacity.values import CapacityStatus, Statement
from tests.factories import a_listing, a_market

Act = Callable[["Ledger"], None]


@dataclass
class Ledger:
    """Counts places in its own way: what was said last, and who had a place at that time."""

    work: Work
    place: str
    release: Callable[[Work, str], None] = service.release
    said: int | None = 0
    maximum: int | None = None
    old: set[str] = field(default_factory=set)
    given_back: int = 0

    def live(self) -> set[str]:
        """Return who has a counted place now."""
        query = select(Hold.referral_id).where(Hold.counted, Hold.state.in_(("held", "used")))
        return set(self.work.session.scalars(query))

    def state(self, statement: Statement) -> None:
        service.state_capacity(self.work, self.place, statement)
        self.said, self.maximum = rules.places_of(statement), statement.maximum
        self.old, self.given_back = self.live(), 0

    def check(self) -> None:
        """No place beyond those that were said to be free, and those that came back since."""
        room = queries.find_room(self.work.session, self.place)
        assert room
        live = self.live()
        self.given_back += len(self.old - live)
        self.old &= live
        if room.free is None or self.said is None:
            return
        assert 0 <= room.free <= (room.free if self.maximum is None else self.maximum)
        assert len(live - self.old) + room.free <= self.said + self.given_back


def on(referral: str, act: str) -> Act:
    def do(ledger: Ledger) -> None:
        until = ledger.work.now + timedelta(hours=int(referral))
        if act == "hold":
            service.hold(ledger.work, referral, ledger.place, until)
        elif act == "use":
            service.use(ledger.work, referral)
        else:
            ledger.release(ledger.work, referral)

    return do


def expire(hours: int) -> Act:
    def do(ledger: Ledger) -> None:
        service.expire_holds(replace(ledger.work, now=ledger.work.now + timedelta(hours=hours)))

    return do


def state(statement: Statement) -> Act:
    return lambda ledger: ledger.state(statement)


places = st.none() | st.integers(0, 3)
statements = st.builds(Statement, st.sampled_from(CapacityStatus), places, places)
acts = st.one_of(
    st.builds(on, st.sampled_from("123456"), st.sampled_from(["hold", "hold", "use", "release"])),
    st.builds(expire, st.integers(1, 6)),
    st.builds(state, statements.filter(lambda statement: not rules.faults_of(statement))),
)


def run(ledger: Ledger, sequence: list[Act]) -> None:
    """Do everything in order and check after each, then forget it."""
    savepoint = ledger.work.session.begin_nested()
    try:
        ledger.state(Statement(CapacityStatus.CAPACITY, 2, 3))
        for act in sequence:
            act(ledger)
            ledger.check()
    finally:
        savepoint.rollback()


@pytest.fixture
def place(work: Work) -> str:
    return a_listing(work, a_market(work)).service_at_location.id


@given(st.lists(acts, max_size=25))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_places_are_neither_lost_nor_made(work: Work, place: str, sequence: list[Act]) -> None:
    run(Ledger(work, place), sequence)


def test_the_property_catches_a_release_that_gives_a_place_back_each_time(work: Work, place: str) -> None:
    def gives_back_always(work: Work, referral: str) -> None:
        service.release(work, referral)
        work.session.execute(update(Room).where(Room.free < Room.maximum).values(free=Room.free + 1))

    with pytest.raises(AssertionError):
        run(Ledger(work, place, gives_back_always), [on("1", "hold"), on("1", "release"), on("1", "release")])
