"""How to get to a service at a location: where it lies, and what is listed about transport and access."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_hub.core.geography import Point
from resource_hub.inventory.models import Accessibility, Location, ServiceAtLocation


@dataclass(frozen=True)
class GettingThere:
    """What is known of the way; all of it is empty for a confidential place and for one that is nowhere."""

    point: Point | None = None
    transport: str = ""
    access: tuple[str, ...] = ()


def getting_there(session: Session, service_at_location_id: str) -> GettingThere:
    """Return how to get to a service at a location; nothing of a confidential one."""
    query = (
        select(Location)
        .join(ServiceAtLocation, ServiceAtLocation.location_id == Location.id)
        .where(ServiceAtLocation.id == service_at_location_id, Location.confidential.is_(False))
    )
    location = session.scalar(query)
    if location is None:
        return GettingThere()
    rows = session.scalars(
        select(Accessibility).where(Accessibility.location_id == location.id).order_by(Accessibility.id)
    )
    texts = (text.strip() for row in rows for text in (row.description, row.details) if text)
    known = location.latitude is not None and location.longitude is not None
    return GettingThere(
        Point(location.latitude or 0.0, location.longitude or 0.0) if known else None,
        (location.transportation or "").strip(),
        tuple(dict.fromkeys(text for text in texts if text)),
    )
