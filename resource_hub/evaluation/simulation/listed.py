"""The made-up market as the program sees it: its columns, the questions that are asked, and the calendar."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np

from resource_hub.core.codes import NEEDS
from resource_hub.core.geography import Point, PostalCode
from resource_hub.evaluation.simulation.conditions import CONDITIONS
from resource_hub.evaluation.simulation.people import Person
from resource_hub.evaluation.simulation.world import World
from resource_hub.matching.rules.fit import NEED_CODES
from resource_hub.matching.rules.lots import draw
from resource_hub.matching.values import (
    Areas,
    Columns,
    Documents,
    Eligibility,
    Exceptions,
    Extent,
    Hours,
    Languages,
    Listing,
    Listings,
    Mode,
    Profiles,
    Query,
    TravelMode,
)
from resource_hub.matching.values.columns import Ints, no_reports
from resource_hub.matching.values.tables import chosen_lines

ZONE, STATE, CITY, COUNTRY = "America/New_York", "MD", "City", "Hills"
# Day 0 is a Monday, and no clock changes in the months around it.
FIRST = date(2026, 6, 1)
# The list is read at ten in the morning, local time.
_TEN = datetime(2026, 6, 1, 14, tzinfo=UTC)
_MIDDLE, _KM_A_DEGREE = Point(39.3, -76.6), 111.19
_OPENS, _CLOSES = 9 * 60, 17 * 60
_LAST_DAY = date.max.toordinal()


def moment(day: float) -> datetime:
    """Return the instant at which the list is read on a day."""
    return _TEN + timedelta(days=int(day))


def minutes(day: float) -> float:
    """Return a point in the simulated time in minutes since the epoch; whole days are at ten in the morning."""
    return _TEN.timestamp() / 60 + day * 1440


def query_of(world: World, wish: int) -> Query:
    """Return what the coordinator asks for a wish: only what was told of the person."""
    asked, person = world.wishes[wish], world.wishes[wish].person
    here = _point(person.east, person.north)
    return Query(
        needs=(world.needs[asked.need].code,),
        at=moment(person.day),
        facts=person.told,
        origin=here,
        home=PostalCode("00000", here, "", _county(person), STATE),
        language="es" if person.little_english else "en",
        by=TravelMode.DRIVE if person.car and person.car_told else None,
    )


def columns_of(world: World, day: float = 0) -> Columns:
    """Return the listings of a market with what was checked of them by a day."""
    services, count = world.services, len(world.services)
    places = [_point(east, north) for east, north in zip(services.east, services.north, strict=True)]
    checked = np.floor(services.ageing.checked_by(day)) + FIRST.toordinal()
    weights = np.zeros((count, len(NEEDS)))
    weights[:, [NEED_CODES.index(kind.code) for kind in world.needs]] = services.weights
    return Columns(
        zone=ZONE,
        state=STATE,
        listings=Listings.of(
            Listing(f"{n}", f"{n}", f"{o}", f"{n}", f"{o}") for n, o in enumerate(services.organization)
        ),
        of=Profiles.own(count),
        keys=draw(np.arange(count, dtype=np.uint64), world.seed),
        active=np.ones(count, dtype=np.bool_),
        weights=weights,
        latitude=np.array([place.latitude for place in places]),
        longitude=np.array([place.longitude for place in places]),
        approximate=np.zeros(count, dtype=np.bool_),
        confidential=np.zeros(count, dtype=np.bool_),
        modes=np.where(services.remote, int(Mode.PHONE), int(Mode.IN_PERSON)).astype(np.int64),
        areas=_areas(world),
        eligibility=_eligibility(world),
        hours=_hours(world),
        verified=checked,
        verified_on=checked.max(axis=1),
        reported=no_reports(count),
        languages=Languages({"es": services.spanish_said}, services.languages_said, services.interpreted),
        documents=Documents({"has_id": services.asks_id}, np.zeros(count, dtype=np.bool_)),
    )


def checked_by(columns: Columns, world: World, day: float) -> Columns:
    """Return the columns with what was checked by another day."""
    checked = np.floor(world.services.ageing.checked_by(day)) + FIRST.toordinal()
    return replace(columns, verified=checked, verified_on=checked.max(axis=1))


def without_hours(columns: Columns) -> Columns:
    """Return the columns without opening hours, for what does not depend on them."""
    none = chosen_lines(columns.hours, np.zeros(0, dtype=np.int64), "stated", "uncertain")
    return replace(columns, hours=none)


def _point(east: float, north: float) -> Point:
    narrow = float(np.cos(np.radians(_MIDDLE.latitude)))
    return Point(_MIDDLE.latitude + north / _KM_A_DEGREE, _MIDDLE.longitude + east / (_KM_A_DEGREE * narrow))


def _county(person: Person) -> str:
    return COUNTRY if person.rural else CITY


def _areas(world: World) -> Areas:
    """Let a service serve its own county alone, or say nothing of where it serves."""
    extents = (Extent("county", CITY), Extent("county", COUNTRY))
    only = np.flatnonzero(world.services.only_near)
    return Areas(extents, only, world.services.rural[only].astype(np.int64))


def _eligibility(world: World) -> Eligibility:
    services = world.services
    ruled = np.flatnonzero(services.rule >= 0)
    conditions = (*CONDITIONS, *(replace(condition, approved=False) for condition in CONDITIONS))
    which = services.rule[ruled] + np.where(services.approved[ruled], 0, len(CONDITIONS))
    return Eligibility(conditions, which, np.arange(len(ruled)), ruled, np.zeros(len(services), dtype=np.bool_))


def _hours(world: World) -> Hours:
    services = world.services
    row, weekday = np.nonzero(services.listed_week & services.hours_said[:, None])
    return Hours(
        row=row,
        weekday=weekday,
        **{name: _same(row, 0) for name in ("nth", "monthday", "anchor", "week_start")},
        unit=_same(row, 1),
        interval=_same(row, 1),
        first=_same(row, 1),
        last=_same(row, _LAST_DAY),
        opens=_same(row, _OPENS),
        closes=_same(row, _CLOSES),
        stated=services.hours_said,
        uncertain=np.zeros(len(services), dtype=np.bool_),
        exceptions=Exceptions(*(np.zeros(0, dtype=np.int64) for _ in range(4))),
    )


def _same(row: Ints, value: int) -> Ints:
    return np.full(len(row), value, dtype=np.int64)
