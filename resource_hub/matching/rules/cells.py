"""Cells: bands of latitude, and the longitude within a band, as one number that keeps neighbours close together."""

from math import asin, cos, degrees, radians, sin

import numpy as np
from numpy.typing import NDArray

from resource_hub.core.geography import EARTH_RADIUS_KM, Point
from resource_hub.matching.values.columns import Bools, Columns, Floats, Ints
from resource_hub.matching.values.query import REMOTE

Keys = NDArray[np.uint32]

# A band is about five and a half kilometres high, a step of longitude at most forty metres wide.
_BANDS_A_DEGREE = 20
_LONGITUDE_BITS = 20
_STEPS = 1 << _LONGITUDE_BITS
_POLE, _HALF = 90.0, 180.0
_STEPS_A_DEGREE = _STEPS / (2 * _HALF)
# Places are kept to a hundred-millionth of the earth's girth; a window is wider by more than that.
_MARGIN_DEGREES = 1e-6


def keys_of(latitude: Floats, longitude: Floats) -> Keys:
    """Return the cell of each place; places without coordinates count as the south pole."""
    known = np.nan_to_num(latitude, nan=-_POLE), np.nan_to_num(longitude, nan=-_HALF)
    band = np.floor((known[0] + _POLE) * _BANDS_A_DEGREE).astype(np.uint32)
    return (band << np.uint32(_LONGITUDE_BITS)) | _step(known[1]).astype(np.uint32)


def is_far(columns: Columns) -> Bools:
    """Return the rows whose worth no distance wears down, or for which there is none."""
    far: Bools = ((columns.modes & REMOTE) > 0) | np.isnan(columns.latitude) | np.isnan(columns.longitude)
    return far


def sort_keys(columns: Columns) -> tuple[Bools, Keys]:
    """Return which rows are far, and what sorts near rows among themselves (cells) and far ones (areas)."""
    far = is_far(columns)
    return far, np.where(far, columns.of.areas, keys_of(columns.latitude, columns.longitude)).astype(np.uint32)


def by_cell(columns: Columns) -> Columns:
    """Return the rows by cell, those that are far at the end."""
    far, keys = sort_keys(columns)
    return columns.take(np.lexsort((keys, far)))


def within(keys: Keys, origin: Point, km: float) -> tuple[Ints, Ints]:
    """Return the ranges of sorted keys that hold everything within so many kilometres, and a little more."""
    south, north, west, east = _box(origin, km)
    bands = np.arange(
        int((south + _POLE) * _BANDS_A_DEGREE), int((north + _POLE) * _BANDS_A_DEGREE) + 1, dtype=np.uint32
    )
    low, high = (min(max(int((side + _HALF) * _STEPS_A_DEGREE), 0), _STEPS - 1) for side in (west, east))
    ends = (bands << np.uint32(_LONGITUDE_BITS)) + np.array([[low], [high + 1]], dtype=np.uint32)
    first, last = keys.searchsorted(ends)
    return first, last


def places(ranges: tuple[Ints, Ints]) -> Ints:
    """Return every place of the ranges."""
    first, last = ranges
    ends = (last - first).cumsum()
    places: Ints = np.arange(ends[-1] if len(ends) else 0) + (last - ends).repeat(last - first)
    return places


def _box(origin: Point, km: float) -> tuple[float, float, float, float]:
    angle = km / EARTH_RADIUS_KM
    south, north = (origin.latitude + way * (degrees(angle) + _MARGIN_DEGREES) for way in (-1, 1))
    if south <= -_POLE or north >= _POLE:
        return max(south, -_POLE), min(north, _POLE), -_HALF, _HALF
    wide = degrees(asin(min(sin(min(angle, radians(_POLE))) / cos(radians(origin.latitude)), 1.0))) + _MARGIN_DEGREES
    west, east = origin.longitude - wide, origin.longitude + wide
    # A window across the date line is the whole band: few live there.
    return (south, north, west, east) if west >= -_HALF and east <= _HALF else (south, north, -_HALF, _HALF)


def _step(longitude: Floats) -> Ints:
    steps = np.floor((longitude + _HALF) * _STEPS_A_DEGREE)
    return np.clip(steps, 0, _STEPS - 1).astype(np.int64)
