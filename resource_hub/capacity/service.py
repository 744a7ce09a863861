"""Stating capacity, and holding places. Every change of a count is one conditional UPDATE, so that none is lost."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, Update, or_, select, update
from sqlalchemy.orm import Session

from resource_hub.accounts import audit
from resource_hub.accounts.values import AuditEntry
from resource_hub.accounts.work import Work
from resource_hub.capacity import queries, rules
from resource_hub.capacity.errors import BadStatement
from resource_hub.capacity.models import CapacityStatement, Hold, Room
from resource_hub.capacity.values import (
    GIVES_PLACES,
    CapacityStatus,
    Held,
    HoldOutcome,
    HoldState,
    NoCapacity,
    Statement,
    Waitlisted,
)
from resource_hub.core.db import announce, insert_new
from resource_hub.core.errors import Fault, NotFound
from resource_hub.core.language import marked as _

# Announced after each commit with the places whose room it may have changed.
ROOM_CHANGED = "room_changed"


def state_capacity(work: Work, service_at_location_id: str, statement: Statement) -> None:
    """Append a statement and make its numbers what is free now.

    Refuses with BadStatement what contradicts itself, with NotFound a place that the actor may not speak for.
    """
    faults = rules.faults_of(statement)
    if faults:
        named = tuple(Fault(field, "invalid", text) for field, text in faults.items())
        raise BadStatement(" ".join(faults.values()), faults=named)
    place = queries.find_place(work.session, work.actor, service_at_location_id)
    if place is None:
        raise NotFound(_("There is no such service here."))
    work.session.add(
        CapacityStatement(
            id=work.new_id(),
            service_at_location_id=service_at_location_id,
            status=statement.status,
            available=statement.available,
            maximum=statement.maximum,
            unit=statement.unit,
            waiting_days=statement.waiting_days,
            as_of=work.now,
            source=statement.source or work.actor.role or "system",
            stated_by=work.actor.user_id,
        )
    )
    work.session.flush()
    _set_room(work, place, statement)
    entry = AuditEntry("capacity.stated", "service_at_location", place.service_at_location_id,
                       (("status", statement.status),))  # fmt: skip
    audit.record(work, entry, market_id=place.market_id)


def hold(work: Work, referral_id: str, service_at_location_id: str, expires_at: datetime) -> HoldOutcome:
    """Keep a place for a referral until an instant; asked again for the same referral, it is the same hold.

    When the last place is kept the status stays as it was stated: `free` is then 0 and nobody gets another.
    """
    existing = _find_hold(work.session, referral_id)
    if existing:
        return existing
    outcome = _take(work, service_at_location_id)
    if isinstance(outcome, NoCapacity):
        return outcome
    counted = isinstance(outcome, Held) and outcome.counted
    waiting = isinstance(outcome, Waitlisted)
    row = {
        "id": outcome.hold_id,
        "referral_id": referral_id,
        "service_at_location_id": service_at_location_id,
        "state": HoldState.WAITING if waiting else HoldState.HELD,
        "counted": counted,
        "held_at": work.now,
        "expires_at": None if waiting else expires_at,
    }
    if insert_new(work.session, Hold, row):
        return outcome
    # Somebody else held for this referral in the meantime: theirs counts, and this place goes back.
    if counted:
        _give_back(work, service_at_location_id)
    return _find_hold(work.session, referral_id) or NoCapacity()


def use(work: Work, referral_id: str) -> None:
    """Turn the hold of an accepted referral into a use.

    Where the hold had expired, its place was given back: one is taken again if there is one left.
    """
    if _turn(work.session, referral_id, HoldState.USED, HoldState.HELD, HoldState.WAITING):
        return
    if _turn(work.session, referral_id, HoldState.USED, HoldState.EXPIRED):
        place = work.session.scalars(select(Hold.service_at_location_id).where(Hold.referral_id == referral_id)).one()
        counted = _take_one(work, place)
        query = update(Hold).where(Hold.referral_id == referral_id).values(counted=counted)
        _change(work.session, query)


def release(work: Work, referral_id: str) -> None:
    """Give the place of a referral back; a second time does nothing."""
    _end(work, referral_id, HoldState.RELEASED, HoldState.HELD, HoldState.WAITING, HoldState.USED)


def expire_holds(work: Work, limit: int = 100) -> int:
    """Give back the places of holds whose time is over, at most `limit`; return how many. A waiting list has no end."""
    overdue = (
        select(Hold.referral_id)
        .where(Hold.state == HoldState.HELD, Hold.expires_at <= work.now)
        .order_by(Hold.service_at_location_id, Hold.id)
        .limit(limit)
        # All of them at once, before any place, and not those that somebody is just answering: nobody waits crosswise.
        .with_for_update(skip_locked=True)
    )
    referrals = list(work.session.scalars(overdue))
    return sum(_end(work, referral_id, HoldState.EXPIRED, HoldState.HELD) for referral_id in referrals)


def _set_room(work: Work, place: queries.Place, statement: Statement) -> None:
    values: dict[str, Any] = {
        "status": statement.status,
        "free": rules.places_of(statement),
        "maximum": statement.maximum,
        "waiting_days": statement.waiting_days,
        "as_of": work.now,
        "changed_at": work.now,
    }
    key = {"service_at_location_id": place.service_at_location_id, "market_id": place.market_id}
    if not insert_new(work.session, Room, key | values):
        _change(work.session, update(Room).where(_at(place.service_at_location_id)).values(values))
    announce(work.session, ROOM_CHANGED, place.service_at_location_id)


def _take(work: Work, service_at_location_id: str) -> HoldOutcome:
    if _take_one(work, service_at_location_id):
        return Held(work.new_id(), counted=True)
    room = queries.find_room(work.session, service_at_location_id)
    if room is None or (room.status in GIVES_PLACES and room.free is None):
        return Held(work.new_id(), counted=False)
    if room.status is CapacityStatus.WAITLIST:
        return Waitlisted(work.new_id(), room.waiting_days)
    return NoCapacity()


def _find_hold(session: Session, referral_id: str) -> HoldOutcome | None:
    query = select(Hold.id, Hold.state, Hold.counted, Hold.service_at_location_id)
    row = session.execute(query.where(Hold.referral_id == referral_id)).one_or_none()
    if row is None:
        return None
    if row.state == HoldState.WAITING:
        room = queries.find_room(session, row.service_at_location_id)
        return Waitlisted(row.id, room.waiting_days if room else None)
    return Held(row.id, row.counted) if row.state in {HoldState.HELD, HoldState.USED} else NoCapacity()


def _end(work: Work, referral_id: str, to: HoldState, *states: HoldState) -> bool:
    if not _turn(work.session, referral_id, to, *states):
        return False
    query = select(Hold.service_at_location_id).where(Hold.referral_id == referral_id, Hold.counted)
    place = work.session.scalar(query)
    if place:
        _give_back(work, place)
    return True


def _turn(session: Session, referral_id: str, to: HoldState, *states: HoldState) -> bool:
    return _change(
        session, update(Hold).where(Hold.referral_id == referral_id, Hold.state.in_(states)).values(state=to)
    )


def _take_one(work: Work, service_at_location_id: str) -> bool:
    query = update(Room).where(_at(service_at_location_id), Room.free > 0, Room.status.in_(GIVES_PLACES))
    announce(work.session, ROOM_CHANGED, service_at_location_id)
    return _change(work.session, query.values(free=Room.free - 1, changed_at=work.now))


def _give_back(work: Work, service_at_location_id: str) -> None:
    # A place that comes free while there is a waiting list, or no room at all, is the organization's to give.
    below = or_(Room.maximum.is_(None), Room.free < Room.maximum)
    query = update(Room).where(_at(service_at_location_id), Room.status.in_(GIVES_PLACES), below)
    announce(work.session, ROOM_CHANGED, service_at_location_id)
    _change(work.session, query.values(free=Room.free + 1, changed_at=work.now))


def _at(service_at_location_id: str) -> ColumnElement[bool]:
    return Room.service_at_location_id == service_at_location_id


def _change(session: Session, query: Update) -> bool:
    done = session.execute(query.execution_options(synchronize_session=False))
    return isinstance(done, CursorResult) and done.rowcount == 1
