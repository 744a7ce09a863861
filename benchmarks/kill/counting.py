"""What there is to send, and what must hold of it afterwards."""

from collections import Counter
from itertools import product

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from benchmarks.kill.clients import Told
from resource_hub.accounts import audit
from resource_hub.accounts.models import AuditRow, Notice
from resource_hub.accounts.values import Actor
from resource_hub.accounts.work import Work
from resource_hub.capacity import service as capacity
from resource_hub.capacity.models import Hold, Room
from resource_hub.capacity.values import CapacityStatus, HoldState, Statement
from resource_hub.core.encryption import Vault
from resource_hub.core.ids import new_id
from resource_hub.handoff.models import HandoffMessage, HandoffStatus, Referral
from resource_hub.inventory.models import Service, ServiceAtLocation, ServiceNeed
from resource_hub.people.service import add_person
from resource_hub.people.values import NewPerson
from resource_hub.screening.models import NeedRecord

NEED, FREE = "food-insecurity", 5000
Pairs = list[tuple[str, str]]


def prepare(work: Work, coordinator: Actor, clients: int, people: int) -> list[Pairs]:
    """Give every second place room, and each client people who want food; return what each client has to send."""
    while capacity.expire_holds(work):
        continue
    desk = Work(work.session, coordinator, work.now, work.vault, work.new_id)
    market_id = min(coordinator.market_ids)
    places = list(work.session.scalars(_places(market_id)))
    for place in places[::2]:
        capacity.state_capacity(work, place, Statement(CapacityStatus.CAPACITY, FREE))
    return [list(product([_hungry(desk, market_id) for _ in range(people)], places)) for _ in range(clients)]


def _places(market_id: str) -> Select[str]:
    return (
        select(ServiceAtLocation.id)
        .join(Service, Service.id == ServiceAtLocation.service_id)
        .join(ServiceNeed, ServiceNeed.service_id == Service.id)
        .where(ServiceAtLocation.market_id == market_id, Service.status == "active", ServiceNeed.need == NEED)
        .where(ServiceAtLocation.merged_into.is_(None))
        .order_by(ServiceAtLocation.id)
    )


def _hungry(desk: Work, market_id: str) -> str:
    person_id = add_person(desk, market_id, NewPerson("Somebody made up")).id
    desk.session.add(NeedRecord(id=new_id(), person_id=person_id, code=NEED, wants_help="yes", changed_at=desk.now))
    return person_id


def places_of(session: Session) -> dict[str, int]:
    """Return how many places each counted room has, those kept or used and those that are free."""
    kept = select(Hold.service_at_location_id, func.count()).where(
        Hold.counted, Hold.state.in_({HoldState.HELD, HoldState.USED})
    )
    taken = dict(map(tuple, session.execute(kept.group_by(Hold.service_at_location_id))))
    rooms = session.execute(select(Room.service_at_location_id, Room.free).where(Room.free.is_not(None)))
    return {place: (free or 0) + taken.get(place, 0) for place, free in rooms}


def faults_of(session: Session, vault: Vault, told: list[Told], before: dict[str, int]) -> list[str]:
    """Return what is wrong, one line each; an empty list means that nothing was lost, doubled or left half done."""
    return [
        *_of_handoffs(session, told),
        *_of_messages(session, told),
        *_of_parts(session, told),
        *(f"{place}: the places do not add up" for place in _uneven(before, places_of(session))),
        *(f"audit chain {one.chain}: row {one.position} {one.reason}" for one in audit.verify(session, vault)),
    ]


def _of_handoffs(session: Session, told: list[Told]) -> list[str]:
    acknowledged = {pair: _id(location) for one in told for pair, location in one.handoffs.items()}
    asked = {pair for one in told for pair in one.asked}
    columns = select(Referral.person_id, Referral.service_at_location_id, Referral.id)
    there = [row for row in session.execute(columns) if (row[0], row[1]) in asked]
    each = Counter((person, place) for person, place, _referral in there)
    ids = {referral for _person, _place, referral in there}
    return [
        *(f"{handoff}: acknowledged and lost" for handoff in acknowledged.values() if handoff not in ids),
        *(f"{pair}: asked {times} times" for pair, times in each.items() if times > 1),
        *(f"{pair}: there, and nobody was told" for pair in each if pair not in acknowledged),
    ]


def _of_messages(session: Session, told: list[Told]) -> list[str]:
    acknowledged = {_id(location) for one in told for location in one.messages}
    written = Counter(session.scalars(select(HandoffMessage.referral_id)))
    return [f"{one}: its message is there {written[one]} times" for one in acknowledged if written[one] != 1]


def _of_parts(session: Session, told: list[Told]) -> list[str]:
    """Return which handoffs are not whole, with their status, their audit row and their notice."""
    rows = Counter(session.scalars(select(HandoffStatus.referral_id)))
    asked = select(AuditRow.subject_id).where(AuditRow.action == "handoff.requested")
    audited = Counter(session.scalars(asked))
    queued = set(session.scalars(select(Notice.dedup_key)))
    return [
        f"{one}: {rows[one]} steps, {audited[one]} audit rows, {'a' if queued_of(one) in queued else 'no'} notice"
        for told_one in told
        for one in map(_id, told_one.handoffs.values())
        if (rows[one], audited[one]) != (1, 1) or queued_of(one) not in queued
    ]


def queued_of(referral_id: str) -> str:
    """Return the key of the notice that asks the organization."""
    return f"handoff.requested:{referral_id}"


def _uneven(before: dict[str, int], after: dict[str, int]) -> list[str]:
    return [place for place, places in before.items() if after.get(place) != places]


def _id(location: str) -> str:
    return location.rpartition("/")[2]
