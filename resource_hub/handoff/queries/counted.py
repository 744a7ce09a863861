"""What is open at places, as bare counts: they tell nothing about anybody, so they need no scope of people."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resource_hub.capacity.models import CapacityStatement, Hold, Room
from resource_hub.capacity.values import HoldState
from resource_hub.handoff.models import Referral
from resource_hub.handoff.values.words import OPEN


def count_open(session: Session, service_at_location_ids: Collection[str]) -> int:
    """Return how many handoffs are open at some places."""
    here = Referral.service_at_location_id.in_(service_at_location_ids)
    return session.scalar(select(func.count()).select_from(Referral).where(here, Referral.status.in_(OPEN))) or 0


def counted_on(session: Session, service_at_location_ids: Collection[str]) -> frozenset[str]:
    """Return the places that somebody counts on: with an open handoff, a hold, or something said about room."""
    asked = select(Referral.service_at_location_id).where(Referral.status.in_(OPEN))
    held = select(Hold.service_at_location_id).where(
        Hold.state.in_((HoldState.HELD, HoldState.WAITING, HoldState.USED))
    )
    said = select(Room.service_at_location_id).union(select(CapacityStatement.service_at_location_id))
    found: set[str] = set()
    for query in (asked, held, said):
        rows = query.subquery()
        found.update(session.scalars(select(rows.c[0]).where(rows.c[0].in_(service_at_location_ids))))
    return frozenset(found)
