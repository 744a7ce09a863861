"""Where services reach: the areas they serve, and the places near a point. Confidential places are near nothing."""

from math import cos, degrees, radians
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from resource_hub.core.geography import EARTH_RADIUS_KM, Point, PostalCode, county_key, great_circle_km
from resource_hub.inventory.models import Location, Market, ServiceArea, ServiceAtLocation

# Other kinds of area are words, or shapes: what they hold is not known.
_COMPARED = ("postal_code", "county", "state")
_POLE = 89.9


def serves(session: Session, service: Any, code: PostalCode) -> ColumnElement[bool]:
    """Return whether a service may be had from a ZIP Code: it names no area, one that holds it, or one in words."""
    area_of = or_(
        ServiceArea.service_id == service,
        ServiceArea.service_at_location_id.in_(
            select(ServiceAtLocation.id).where(ServiceAtLocation.service_id == service)
        ),
    )
    anywhere = ~select(ServiceArea.id).where(area_of).exists()
    return or_(anywhere, select(ServiceArea.id).where(area_of, _holds(session, code)).exists())


def _holds(session: Session, code: PostalCode) -> ColumnElement[bool]:
    counties = session.scalars(select(ServiceArea.extent).where(ServiceArea.extent_type == "county").distinct())
    same = [name for name in counties if name and county_key(name) == county_key(code.county)]
    state = select(Market.id).where(Market.state == code.state)
    return or_(
        ServiceArea.extent_type.is_(None),
        ServiceArea.extent_type.not_in(_COMPARED),
        and_(ServiceArea.extent_type == "postal_code", ServiceArea.extent == code.code),
        and_(ServiceArea.extent_type == "state", ServiceArea.extent == code.state),
        and_(
            ServiceArea.extent_type == "county",
            ServiceArea.extent.in_(same),
            ServiceArea.market_id.in_(state),
        ),
    )


def near(session: Session, ids: Select[Any], table: str, point: Point, metres: float) -> list[str]:
    """Return those of some services, or services at locations, that are offered within a distance, in their order."""
    column = next(iter(ids.selected_columns))
    if table == "service":
        ids = ids.join(ServiceAtLocation, ServiceAtLocation.service_id == column)
    inside = ids.join(Location, Location.id == ServiceAtLocation.location_id).where(
        Location.confidential.is_(False), *_box(point, metres)
    )
    rows = session.execute(inside.add_columns(Location.latitude, Location.longitude).order_by(column)).all()
    if not rows:
        return []
    found, latitudes, longitudes = zip(*rows, strict=True)
    distances = great_circle_km(point, np.array(latitudes, float), np.array(longitudes, float))
    return list(dict.fromkeys(one for one, km in zip(found, distances, strict=True) if km * 1000 <= metres))


def _box(point: Point, metres: float) -> list[ColumnElement[bool]]:
    """Return a box that holds the circle, a little larger than it, so that the database leaves most places out."""
    up = degrees(metres / 1000 / EARTH_RADIUS_KM) * 1.01 + 0.001
    north, south = point.latitude + up, point.latitude - up
    box: list[ColumnElement[bool]] = [
        Location.latitude.between(max(-90.0, south), min(90.0, north)),
        Location.longitude.is_not(None),
    ]
    if max(abs(north), abs(south)) < _POLE:
        aside = up / cos(radians(max(abs(north), abs(south))))
        west, east = point.longitude - aside, point.longitude + aside
        if west >= -180 and east <= 180:  # noqa: PLR2004 - the ends of the earth
            box.append(Location.longitude.between(west, east))
    return box
