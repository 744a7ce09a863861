"""How far, how long: a straight line, a declared detour, a declared speed: an estimate, until a route is measured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Protocol

import numpy as np

from resource_hub.core.geography import Point, great_circle_km
from resource_hub.matching.values.columns import Bools, Floats, Ints
from resource_hub.matching.values.policy import TravelPolicy, Way
from resource_hub.matching.values.query import REMOTE, Query, TravelMode

MODES = tuple(TravelMode)


class Standing(Protocol):
    """Rows by where they stand and how they reach people."""

    @property
    def latitude(self) -> Floats: ...
    @property
    def longitude(self) -> Floats: ...
    @property
    def approximate(self) -> Bools: ...
    @property
    def modes(self) -> Ints: ...
    def __len__(self) -> int: ...


@dataclass(frozen=True)
class Ways:
    """Kilometres in a straight line, minutes, and the index of the mode in `MODES`; NaN where there is no way.

    `measured` marks minutes that a routing server gave; all others are estimates.
    """

    km: Floats
    minutes: Floats
    mode: Ints
    measured: Bools


def ways(columns: Standing, query: Query, policy: TravelPolicy) -> Ways:
    """Return the way to every row; NaN without origin and to places that are unknown or confidential.

    The kilometres go to where the row stands; the minutes allow for a place that is known only by its ZIP Code.
    """
    km = kilometres(columns, query.origin)
    by = choices_of(query.by)
    choices = each_way(km, columns.approximate, query.by, policy)
    return Ways(km, choices.min(axis=0), _numbers(by)[choices.argmin(axis=0)], np.zeros(len(km), dtype=np.bool_))


def with_measured(
    there: Ways, rows: Ints, measured: Mapping[TravelMode, Floats], by: TravelMode | None, policy: TravelPolicy
) -> Ways:
    """Return the ways with the measured minutes of some rows (NaN for a route that is not known).

    The fastest way is chosen again, among what was measured and what is only estimated.
    """
    modes = choices_of(by)
    choices = each_way(there.km[rows], np.zeros(len(rows), dtype=np.bool_), by, policy)
    found = np.stack(
        [measured.get(mode, np.full(len(rows), np.nan)) + _way(policy, mode).fixed_minutes for mode in modes]
    )
    choices, known = np.where(np.isnan(found), choices, found), ~np.isnan(found)
    fastest = choices.argmin(axis=0)
    changed = Ways(there.km, there.minutes.copy(), there.mode.copy(), there.measured.copy())
    changed.minutes[rows], changed.mode[rows] = choices.min(axis=0), _numbers(modes)[fastest]
    changed.measured[rows] = known[fastest, np.arange(len(rows))]
    return changed


def choices_of(by: TravelMode | None) -> list[TravelMode]:
    """Return the ways that are compared."""
    return [by] if by else [TravelMode.WALK, TravelMode.TRANSIT]


def each_way(km: Floats, approximate: Bools, by: TravelMode | None, policy: TravelPolicy) -> Floats:
    """Return the minutes of each of `choices_of`, one line each; a place known by its ZIP Code may lie off it."""
    return np.stack(_each_way(km, approximate, by, policy))


def fastest(km: Floats, approximate: Bools, by: TravelMode | None, policy: TravelPolicy) -> Floats:
    """Return the minutes of the fastest of them."""
    least: Floats = reduce(np.minimum, _each_way(km, approximate, by, policy))
    return least


def _each_way(km: Floats, approximate: Bools, by: TravelMode | None, policy: TravelPolicy) -> list[Floats]:
    likely_km, aside = km.copy(), approximate.nonzero()[0]
    likely_km[aside] = np.hypot(km[aside], policy.approximate_km)
    return [minutes(likely_km, _way(policy, mode)) for mode in choices_of(by)]


def kilometres(columns: Standing, origin: Point | None) -> Floats:
    """Return the great-circle distance to every row in kilometres."""
    if origin is None:
        return np.full(len(columns), np.nan)
    return great_circle_km(origin, columns.latitude, columns.longitude)


def minutes(km: Floats, way: Way) -> Floats:
    """Return the estimated minutes for straight-line kilometres."""
    return way.fixed_minutes + km * (way.detour * 60 / way.km_per_hour)


def farthest_km(most: float, policy: TravelPolicy, by: TravelMode | None) -> float:
    """Return the straight line beyond which every way takes longer than so many minutes; below 0 for none."""
    ways = (_way(policy, mode) for mode in choices_of(by))
    return max((most - way.fixed_minutes) * way.km_per_hour / (way.detour * 60) for way in ways)


def too_far(columns: Standing, query: Query, km: Floats) -> Bools:
    """Return the rows that must be travelled to and lie beyond what was asked."""
    if query.max_km is None:
        return np.zeros(len(columns), dtype=np.bool_)
    beyond: Bools = (km > query.max_km) & ((columns.modes & REMOTE) == 0)
    return beyond


def _numbers(modes: Sequence[TravelMode]) -> Ints:
    return np.array([MODES.index(mode) for mode in modes], dtype=np.int64)


def _way(policy: TravelPolicy, mode: TravelMode) -> Way:
    return {TravelMode.WALK: policy.walk, TravelMode.TRANSIT: policy.transit, TravelMode.DRIVE: policy.drive}[mode]
