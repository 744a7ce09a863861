"""The rows themselves: services at locations, where they are and what they are called."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_hub.core.geography import find_postal_code
from resource_hub.inventory.models import Address, Location, Organization, Service, ServiceAtLocation
from resource_hub.inventory.rules.points import POSTAL_CODE
from resource_hub.matching.values import Bools, Floats, Ints, Listing, Listings, Mode

_MODES = {"in_person": Mode.IN_PERSON, "phone": Mode.PHONE, "online": Mode.ONLINE, "home": Mode.HOME}


class Place(NamedTuple):
    """One service_at_location as the SELECT returns it."""

    id: str
    service_id: str
    organization_id: str
    location_id: str | None
    name: str
    organization: str
    modes: list[str]
    status: str
    minimum_age: float | None
    maximum_age: float | None
    eligibility_description: str | None
    interpretation_services: str | None
    assured_date: date | None
    latitude: float | None
    longitude: float | None
    point_source: str | None
    confidential: bool | None


def places_of(session: Session, market_id: str) -> list[Place]:
    """Return every service_at_location of a market."""
    query = (
        select(
            ServiceAtLocation.id,
            Service.id,
            Organization.id,
            Location.id,
            Service.name,
            Organization.name,
            ServiceAtLocation.modes,
            Service.status,
            Service.minimum_age,
            Service.maximum_age,
            Service.eligibility_description,
            Service.interpretation_services,
            Service.assured_date,
            Location.latitude,
            Location.longitude,
            Location.point_source,
            Location.confidential,
        )
        .join(Service, Service.id == ServiceAtLocation.service_id)
        .join(Organization, Organization.id == Service.organization_id)
        .outerjoin(Location, Location.id == ServiceAtLocation.location_id)
        .where(
            ServiceAtLocation.market_id == market_id,
            ServiceAtLocation.merged_into.is_(None),
            Service.merged_into.is_(None),
        )
        .order_by(ServiceAtLocation.id)
    )
    return [Place._make(row) for row in session.execute(query)]


def listings(places: Sequence[Place]) -> Listings:
    """Return what each row is called."""
    return Listings.of(
        Listing(place.id, place.service_id, place.organization_id, place.name, place.organization) for place in places
    )


def modes(places: Sequence[Place]) -> Ints:
    """Return how each row reaches people, as bits of `Mode`."""
    bits = [sum(_MODES.get(mode, Mode(0)) for mode in set(place.modes)) or Mode.IN_PERSON for place in places]
    return np.array(bits, dtype=np.int64)


def coordinates(session: Session, market_id: str, places: Sequence[Place]) -> tuple[Floats, Floats, Bools]:
    """Return latitudes, longitudes and which of them are only the centre of a ZIP Code; NaN for confidential places."""
    zips = _postal_codes(session, market_id)
    points = [_point(place, zips) for place in places]
    latitude, longitude, approximate = zip(*points, strict=True) if points else ((), (), ())
    return (
        np.array(latitude, dtype=np.float64),
        np.array(longitude, dtype=np.float64),
        np.array(approximate, dtype=np.bool_),
    )


def _point(place: Place, zips: Mapping[str, str]) -> tuple[float, float, bool]:
    if place.location_id is None or place.confidential:
        return np.nan, np.nan, False
    if place.latitude is not None and place.longitude is not None:
        return place.latitude, place.longitude, place.point_source == POSTAL_CODE
    centre = find_postal_code(zips.get(place.location_id, ""))
    return (centre.point.latitude, centre.point.longitude, True) if centre else (np.nan, np.nan, False)


def _postal_codes(session: Session, market_id: str) -> Mapping[str, str]:
    query = select(Address.location_id, Address.postal_code).where(
        Address.market_id == market_id, Address.address_type == "physical"
    )
    return dict(session.execute(query.order_by(Address.id.desc())).all())
