"""What the loop in C reads, in single precision and in the order of its structures."""

import ctypes
from collections.abc import Mapping
from functools import lru_cache
from math import cos, radians
from typing import Any

import numpy as np
from numpy.typing import NDArray

from resource_hub.evaluation.bench.match.engine import origin_of
from resource_hub.matching.index.table import Index
from resource_hub.matching.index.verdicts import Verdicts
from resource_hub.matching.rules.assess import local_day, minutes_since_epoch
from resource_hub.matching.rules.freshness import hours_believed, listing_right
from resource_hub.matching.rules.hours import openings
from resource_hub.matching.values import Floats, Policy, Query, Rooms

_MINUTES_A_DAY = 1440
_OPEN, _SAID, _COMPLETE = 1, 2, 4
_NOT_COUNTED = -1.0
# As in the loop: ten-millionths of a degree, a centimetre.
_UNIT = 1e-7

Arrays = Mapping[str, NDArray[Any]]


class Block:
    """Arrays and then numbers in the layout of a C structure; keeps the arrays alive."""

    def __init__(self, arrays: Arrays, numbers: Mapping[str, float]) -> None:
        self._arrays = [np.ascontiguousarray(array) for array in arrays.values()]
        layout = _layout(tuple(arrays), tuple(numbers))
        self._layout = layout(*(array.ctypes.data for array in self._arrays), *numbers.values())
        self.address = ctypes.byref(self._layout)


@lru_cache
def _layout(arrays: tuple[str, ...], numbers: tuple[str, ...]) -> type[ctypes.Structure]:
    fields = [(name, ctypes.c_void_p) for name in arrays] + [(name, ctypes.c_float) for name in numbers]
    return type("Layout", (ctypes.Structure,), {"_fields_": fields})


def columns_of(index: Index, rooms: Rooms, query: Query, policy: Policy) -> Block:
    """Return what is read of every row, for questions asked at the time of this one."""
    columns, of = index.columns, index.columns.of
    today, at = local_day(query.at, columns.zone), minutes_since_epoch(query.at)
    age = np.maximum(at - rooms.as_of, 0) / _MINUTES_A_DAY
    return Block(
        {
            "latitude": _in_units(index.columns.latitude),
            "longitude": _in_units(index.columns.longitude),
            "flags": index.flags,
            "right": listing_right(columns.verified, columns.reported, today, policy).astype(np.float32),
            "believed": hours_believed(columns, today, policy).astype(np.uint8),
            "areas": of.areas.astype(np.int32),
            "eligibility": of.eligibility.astype(np.int32),
            "terms": of.terms.astype(np.int32),
            "hours": of.hours.astype(np.int32),
            "status": rooms.status.astype(np.int8),
            "places": np.nan_to_num(rooms.free, nan=_NOT_COUNTED).astype(np.float32),
            "waiting": np.nan_to_num(rooms.waiting_days, nan=0.0).astype(np.float32),
            "age": np.nan_to_num(age, nan=0.0).astype(np.float32),
        },
        {},
    )


def hours_of(index: Index, query: Query) -> Arrays:
    """Return for each hours profile the days until it opens, and what is known of that."""
    hours, zone = index.columns.hours, index.columns.zone
    at = minutes_since_epoch(query.at)
    opens = openings(hours, zone, at, local_day(query.at, zone), np.ones(len(hours.stated), dtype=np.bool_))
    said = opens.open | ~np.isnan(opens.next_open)
    days = np.where(opens.open, 0.0, (opens.next_open - at) / _MINUTES_A_DAY)
    known = opens.open * _OPEN + said * _SAID + opens.complete * _COMPLETE
    return {"days": np.nan_to_num(days, nan=0.0).astype(np.float32), "hours": known.astype(np.uint8)}


def question_of(query: Query, verdicts: Verdicts, hours: Arrays, policy: Policy) -> Block:
    """Return what is read of a question: verdicts by profile, and the numbers of the formula."""
    accept, travel, soon = policy.accept, policy.travel, policy.timeliness
    origin = origin_of(query)
    latitude, longitude = radians(origin.latitude), radians(origin.longitude)
    stated = (accept.prior, accept.capacity * accept.uncounted, accept.no_capacity, accept.waitlist)
    return Block(
        {
            "served": verdicts.served.astype(np.int8),
            "chance": np.where(verdicts.eligible > 0, verdicts.chance, 0).astype(np.float32),
            "terms": verdicts.terms.astype(np.float32),
            **hours,
            "by_status": np.array([*stated, accept.additional_assessment_required], dtype=np.float32),
        },
        {
            "latitude": latitude,
            "longitude": longitude,
            "cosine": cos(latitude),
            "prior": accept.prior,
            "room_half_life": accept.half_life_days,
            "no_capacity": accept.no_capacity,
            "capacity": accept.capacity,
            "half_places": accept.half_places,
            "walk_fixed": travel.walk.fixed_minutes,
            "walk_pace": 60 * travel.walk.detour / travel.walk.km_per_hour,
            "transit_fixed": travel.transit.fixed_minutes,
            "transit_pace": 60 * travel.transit.detour / travel.transit.km_per_hour,
            "aside": travel.approximate_km,
            "travel_limit": travel.limit,
            "half_minutes": travel.half_minutes,
            "unknown_way": travel.unknown,
            "soon_limit": soon.limit,
            "soon_half_life": soon.half_life_days,
            "soon_unknown": soon.unknown,
        },
    )


def _in_units(degrees: Floats) -> NDArray[np.int32]:
    return np.round(np.nan_to_num(degrees) / _UNIT).astype(np.int32)
