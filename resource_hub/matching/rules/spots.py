"""Spots: places as points on the sphere, so that a distance is a subtraction and an arc, without angles."""

import math
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from resource_hub.core.geography import EARTH_RADIUS_KM, Point
from resource_hub.matching.values.columns import Floats

# One line for each of three axes.
Spots = NDArray[np.int32]

# So many steps from the middle of the earth to its ground, each six millimetres; twice as many still fit.
_STEPS = (1 << 30) - 1


def spots_of(latitude: Floats, longitude: Floats) -> Spots:
    """Return the spots of places in degrees; the middle of the earth for places without coordinates."""
    axes = np.stack(_axes(np, np.radians(latitude), np.radians(longitude)))
    spots: Spots = np.round(np.nan_to_num(axes) * _STEPS).astype(np.int32)
    return spots


def kilometres(origin: Point, spots: Spots) -> Floats:
    """Return the great-circle distance to each spot in kilometres, right to a centimetre."""
    here = np.array(_axes(math, math.radians(origin.latitude), math.radians(origin.longitude)))
    apart = spots * (0.5 / _STEPS) - (here / 2)[:, None]
    half_chord = np.sqrt(np.einsum("ij,ij->j", apart, apart))
    km: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(half_chord, 1.0))
    return km


def _axes(of: ModuleType, up: Any, around: Any) -> tuple[Any, Any, Any]:
    """Return the point at two angles, by the functions for one number (`math`) or for many (NumPy)."""
    return of.cos(up) * of.cos(around), of.cos(up) * of.sin(around), of.sin(up)
