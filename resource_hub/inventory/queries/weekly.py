"""The weekly hours of a service at a location, as its listing states them."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from resource_hub.inventory.models import Schedule, ServiceAtLocation

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def weekly_hours(session: Session, service_at_location_id: str) -> list[tuple[int, str, str]]:
    """Return weekday (0 is Monday), opening and closing time, in order; empty where no weekly hours are stated."""
    there = session.get_one(ServiceAtLocation, service_at_location_id)
    nearest = (
        Schedule.service_at_location_id == there.id,
        Schedule.service_id == there.service_id,
        Schedule.location_id == there.location_id if there.location_id else Schedule.id.is_(None),
    )
    query = select(Schedule).where(or_(*nearest), Schedule.freq == "WEEKLY", Schedule.byday.is_not(None))
    rows = list(session.scalars(query))
    own = [row for row in rows if row.service_at_location_id] or [row for row in rows if row.service_id] or rows
    found = {
        (DAYS.index(day), row.opens_at[:5], row.closes_at[:5])
        for row in own
        for day in (row.byday or "").replace(" ", "").split(",")
        if day in DAYS and row.opens_at and row.closes_at
    }
    return sorted(found)
