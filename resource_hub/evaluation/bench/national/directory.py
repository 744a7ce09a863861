"""The directory itself: columns and rooms of as many services as are asked for."""

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from resource_hub.evaluation.bench.national import kinds
from resource_hub.evaluation.bench.national.areas import ServedAreas
from resource_hub.evaluation.bench.national.conditions import eligibility, sets_of
from resource_hub.evaluation.bench.national.draws import some
from resource_hub.evaluation.bench.national.opening import HOUR_PROFILES, hours
from resource_hub.evaluation.bench.national.population import Population, population
from resource_hub.matching.rules.assess import minutes_since_epoch
from resource_hub.matching.values import Columns, Floats, Ints, Listing, Rooms
from resource_hub.matching.values.columns import FACT_KINDS, ROOM_STATUSES, Profiles, no_reports
from resource_hub.matching.values.listings import Listings
from resource_hub.matching.values.query import REMOTE

# A Wednesday morning.
AT = datetime(2026, 11, 18, 16, 0, tzinfo=UTC)
ZONE = "America/New_York"
_STATUS_SHARES = (0.7, 0.18, 0.04, 0.06, 0.02)
_ACTIVE, _CONFIDENTIAL, _APPROXIMATE = 0.97, 0.01, 0.05
_SHARED_LOCATION = 0.4
_DEGREES_AROUND = 0.03
# What services are called plays no part: all are called the same, which takes no room.
_LISTING = Listing("place", "service", "organization", "A service", "An organization")


@dataclass(frozen=True)
class Directory:
    """A made-up directory and what is known of room in it."""

    columns: Columns
    rooms: Rooms


def directory(services: int, seed: int = 1) -> Directory:
    """Make a directory of so many services, each at one location, where people live."""
    chance = np.random.default_rng(seed)
    people, areas = population(), ServedAreas(population())
    home, latitude, longitude = _places(chance, people, services)
    modes = kinds.modes(chance, services)
    confidential = some(chance, services, _CONFIDENTIAL)
    verified = kinds.verified(chance, services, AT.toordinal())
    profiles = Profiles(
        needs=chance.integers(kinds.NEED_PROFILES, size=services),
        areas=areas.of(chance, home, (modes & REMOTE) != 0),
        eligibility=sets_of(chance, services),
        terms=chance.integers(kinds.TERM_PROFILES, size=services),
        hours=chance.integers(HOUR_PROFILES, size=services),
    )
    columns = Columns(
        zone=ZONE,
        state="",
        listings=Listings.of([_LISTING]).take(np.zeros(services, dtype=np.int64)),
        of=profiles,
        keys=chance.integers(2**64, size=services, dtype=np.uint64),
        active=some(chance, services, _ACTIVE),
        weights=kinds.weights(chance),
        latitude=np.where(confidential, np.nan, latitude),
        longitude=np.where(confidential, np.nan, longitude),
        approximate=some(chance, services, _APPROXIMATE),
        confidential=confidential,
        modes=modes,
        areas=areas.areas,
        eligibility=eligibility(chance),
        hours=hours(chance),
        verified=verified,
        verified_on=verified[:, FACT_KINDS.index("listing")],
        reported=no_reports(services),
        languages=kinds.languages(chance),
        documents=kinds.documents(chance),
    )
    return Directory(columns, _rooms(chance, services))


def _places(chance: np.random.Generator, people: Population, services: int) -> tuple[Ints, Floats, Floats]:
    """Return each row's ZIP Code and coordinates; a share stands where an earlier row stands."""
    home = people.draw(chance, services)
    latitude = people.latitude[home] + chance.normal(0, _DEGREES_AROUND, services)
    longitude = people.longitude[home] + chance.normal(0, _DEGREES_AROUND, services)
    same = np.flatnonzero(some(chance, services, _SHARED_LOCATION))
    source = (same * chance.random(len(same))).astype(np.int64)
    home[same], latitude[same], longitude[same] = home[source], latitude[source], longitude[source]
    return home, latitude, longitude


def _rooms(chance: np.random.Generator, services: int) -> Rooms:
    status = chance.choice(len(ROOM_STATUSES), size=services, p=_STATUS_SHARES)
    said, has_room = status > 0, status == ROOM_STATUSES.index("capacity")
    counted = has_room & some(chance, services, 0.6)
    waits = status == ROOM_STATUSES.index("waitlist")
    age = np.floor(chance.exponential(10 * 1440, services))
    return Rooms(
        status=status,
        free=np.where(counted, chance.integers(0, 12, services), np.nan),
        waiting_days=np.where(waits, chance.integers(1, 60, services), np.nan),
        as_of=np.where(said, minutes_since_epoch(AT) - age, np.nan),
    )
