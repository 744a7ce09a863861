"""What is free now, and where a statement may be made."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from resource_hub.accounts.values import REFERRERS, STEWARDS, Actor, Role
from resource_hub.capacity.models import Hold, Room
from resource_hub.capacity.values import CapacityStatus, HoldState, RoomNow
from resource_hub.inventory.models import Location, Market, Service, ServiceAtLocation

_SPEAKS_FOR_MARKET = REFERRERS | STEWARDS


@dataclass(frozen=True)
class Place:
    """A service_at_location with whose it is."""

    service_at_location_id: str
    market_id: str
    organization_id: str


def find_room(session: Session, service_at_location_id: str) -> RoomNow | None:
    """Return what is free now; None where nobody has ever said anything."""
    return rooms(session, [service_at_location_id]).get(service_at_location_id)


def rooms(session: Session, service_at_location_ids: Collection[str]) -> dict[str, RoomNow]:
    """Return what is free now at several places, by service_at_location; silent ones are missing."""
    columns = select(Room.service_at_location_id, Room.status, Room.free, Room.maximum, Room.waiting_days, Room.as_of)
    found = session.execute(columns.where(Room.service_at_location_id.in_(service_at_location_ids)))
    return {row[0]: RoomNow(CapacityStatus(row[1]), *row[2:]) for row in found}


def open_requests(session: Session, market_id: str, at: datetime) -> dict[str, int]:
    """Return how many requests wait for an answer where no counted place is kept for them, by service_at_location.

    Counted are a market's holds that are not over at an instant; places without one are missing.
    """
    here = exists().where(ServiceAtLocation.id == Hold.service_at_location_id, ServiceAtLocation.market_id == market_id)
    query = select(Hold.service_at_location_id).where(
        # The few that are not over yet are found by their end; grouped, SQLite would read every hold there ever was.
        Hold.expires_at > at,
        Hold.state == HoldState.HELD,
        Hold.counted.is_(False),
        here,
    )
    return dict(Counter(session.scalars(query)))


def find_place(session: Session, actor: Actor, service_at_location_id: str) -> Place | None:
    """Return a place that the actor may speak for: a partner for their organization's, staff for their markets'."""
    query = (
        select(ServiceAtLocation.id, ServiceAtLocation.market_id, Service.organization_id)
        .join(Service, Service.id == ServiceAtLocation.service_id)
        .where(ServiceAtLocation.id == service_at_location_id)
    )
    if actor.role is Role.PARTNER:
        query = query.where(Service.organization_id == actor.organization_id)
    elif actor.role is not None:
        markets = actor.market_ids if actor.role in _SPEAKS_FOR_MARKET else frozenset()
        query = query.where(ServiceAtLocation.market_id.in_(markets))
    row = session.execute(query).one_or_none()
    return Place(*row) if row else None


@dataclass(frozen=True)
class OwnPlace:
    """One of an organization's services at a location, with what was last said about room there, and when."""

    service_at_location_id: str
    service: str
    location: str | None
    time_zone: str
    room: RoomNow | None
    as_of: datetime | None


def own_places(session: Session, organization_id: str) -> list[OwnPlace]:
    """Return an organization's active services at their locations, by name."""
    query = (
        select(ServiceAtLocation.id, Service.name, Location.name, Market.time_zone, Room)
        .join(Service, Service.id == ServiceAtLocation.service_id)
        .join(Market, Market.id == ServiceAtLocation.market_id)
        .outerjoin(Location, Location.id == ServiceAtLocation.location_id)
        .outerjoin(Room, Room.service_at_location_id == ServiceAtLocation.id)
        .where(
            Service.organization_id == organization_id,
            Service.status == "active",
            ServiceAtLocation.merged_into.is_(None),
        )
        .order_by(Service.name, Location.name)
    )
    return [_own_place(*row) for row in session.execute(query)]


def _own_place(place_id: str, service: str, location: str | None, zone: str, room: Room | None) -> OwnPlace:
    if room is None:
        return OwnPlace(place_id, service, location, zone, None, None)
    now = RoomNow(CapacityStatus(room.status), room.free, room.maximum, room.waiting_days)
    return OwnPlace(place_id, service, location, zone, now, room.as_of)


def handoffs_since(session: Session, market_id: str, moment: datetime) -> dict[str, int]:
    """Return how many requests each service of a market got since an instant; services without one are missing."""
    query = (
        select(ServiceAtLocation.service_id, func.count())
        .join(Hold, Hold.service_at_location_id == ServiceAtLocation.id)
        .where(ServiceAtLocation.market_id == market_id, Hold.held_at >= moment)
        .group_by(ServiceAtLocation.service_id)
    )
    return dict(session.execute(query).all())
