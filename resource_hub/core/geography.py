"""Places on the earth: postal codes with their centre, counties, states, great-circle distance."""

import csv
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import atan2, cos, degrees, radians

import numpy as np
from geopy.distance import EARTH_RADIUS
from numpy.typing import NDArray

from resource_hub.core.paths import PACKAGE

Floats = NDArray[np.float64]

EARTH_RADIUS_KM: float = EARTH_RADIUS
DIRECTIONS = ("n", "ne", "e", "se", "s", "sw", "w", "nw")
POSTAL_CODES_FILE = PACKAGE / "core" / "data" / "postal_codes.csv"

_EIGHTH = 45
_SHORT = {"saint": "st", "sainte": "ste"}
_KINDS_OF_COUNTY = frozenset({"county", "parish", "borough"})


@dataclass(frozen=True)
class Point:
    """A point in degrees (WGS 84)."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class PostalCode:
    """A ZIP Code with its centre and the place, county and state it lies in (GeoNames)."""

    code: str
    point: Point
    place: str
    county: str
    state: str


def find_postal_code(code: str) -> PostalCode | None:
    """Return a ZIP Code by its first five digits, or None where the table has no such code."""
    return postal_codes().get(code.strip()[:5])


@lru_cache(maxsize=1)
def postal_codes() -> Mapping[str, PostalCode]:
    """Return every ZIP Code of the table that the build makes."""
    with POSTAL_CODES_FILE.open(encoding="utf-8", newline="") as file:
        return {
            row["zip"]: PostalCode(
                row["zip"],
                Point(float(row["latitude"]), float(row["longitude"])),
                row["place"],
                row["county"],
                row["state"],
            )
            for row in csv.DictReader(file)
        }


@lru_cache(maxsize=1)
def _centres() -> tuple[tuple[PostalCode, ...], Floats, Floats]:
    codes = tuple(postal_codes().values())
    return codes, np.array([one.point.latitude for one in codes]), np.array([one.point.longitude for one in codes])


def nearest_postal_code(point: Point, within_km: float = 50) -> PostalCode | None:
    """Return the ZIP Code whose centre is nearest to a point, or None where there is none so near."""
    codes, latitudes, longitudes = _centres()
    distances = great_circle_km(point, latitudes, longitudes)
    nearest = int(np.argmin(distances))
    return codes[nearest] if distances[nearest] <= within_km else None


def county_key(name: str) -> str:
    """Return a county's name in the form that is compared.

    "Baltimore (city)", "Baltimore City" and "City of Baltimore" are one, and not the county of "Baltimore".
    """
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z]+", " ", re.sub(r"[.']", "", plain)).split()
    if words[:2] == ["city", "of"]:
        words = [*words[2:], "city"]
    return " ".join(_SHORT.get(word, word) for word in words if word not in _KINDS_OF_COUNTY)


def direction(origin: Point, to: Point) -> str:
    """Return in which of eight directions (n, ne, e, se, s, sw, w, nw) a point lies, seen from another."""
    north = radians(to.latitude - origin.latitude)
    east = radians(to.longitude - origin.longitude) * cos(radians((origin.latitude + to.latitude) / 2))
    return DIRECTIONS[round(degrees(atan2(east, north)) / _EIGHTH) % len(DIRECTIONS)]


def great_circle_km(origin: Point, latitudes: Floats, longitudes: Floats) -> Floats:
    """Return the distance in kilometres from one point to many, on geopy's sphere; NaN stays NaN."""
    lat_1, lat_2 = radians(origin.latitude), np.radians(latitudes)
    half_lat = np.sin((lat_2 - lat_1) / 2)
    half_lon = np.sin(np.radians(longitudes - origin.longitude) / 2)
    chord = half_lat**2 + cos(lat_1) * np.cos(lat_2) * half_lon**2
    distance: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(chord, 1.0)))
    return distance


# The zone that most of a state's residents live in; `market add --time-zone` says otherwise.
_ZONES = {
    "America/New_York": "CT DC DE FL GA IN KY MA MD ME MI NC NH NJ NY OH PA RI SC VA VT WV",
    "America/Chicago": "AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI",
    "America/Denver": "CO ID MT NM UT WY",
    "America/Phoenix": "AZ",
    "America/Los_Angeles": "CA NV OR WA",
    "America/Anchorage": "AK",
    "Pacific/Honolulu": "HI",
    "America/Puerto_Rico": "PR VI",
    "Pacific/Guam": "GU MP",
    "Pacific/Majuro": "MH",
    "Pacific/Pago_Pago": "AS",
}
ZONE_OF_STATE: Mapping[str, str] = {state: zone for zone, states in _ZONES.items() for state in states.split()}
