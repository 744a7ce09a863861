"""Where something is: coordinates on earth and in the state of the address, states, postal codes, countries."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from math import cos, hypot, radians

from resource_hub.core.geography import ZONE_OF_STATE, Point, find_postal_code
from resource_hub.exchange.hsds.lint.values import Record, Remark
from resource_hub.exchange.tabular.contents import FAR_KM, Surroundings

KM_OF_DEGREE = 111.2
MOST_LATITUDE, MOST_LONGITUDE = 90, 180
# Web Mercator ends here; what is larger is no length on earth either.
MOST_METRES = 20_100_000

_POSTAL_CODE = re.compile(r"(\d{5})(-\d{4})?")
_UNITED_STATES = frozenset({"", "US", "USA"})


def check_location(record: Record, _today: date) -> Iterator[Remark]:
    """Check the coordinates of a location, beside the state of its first address in the United States."""
    latitude, longitude = record.number("latitude"), record.number("longitude")
    if latitude is None or longitude is None:
        if (latitude is None) != (longitude is None):
            yield Remark("coordinates_half", "latitude", "One coordinate alone is no place. Fill in both, or none.")
        return
    states = [(_state(one), str(one.get("postal_code", ""))) for one in record.inside("addresses") if _at_home(one)]
    state, code = next(((state, code) for state, code in states if state in ZONE_OF_STATE), ("", ""))
    remark = _remark(latitude, longitude, state, code)
    if remark:
        yield remark


def _remark(latitude: float, longitude: float, state: str, code: str) -> Remark | None:
    if latitude == 0 and longitude == 0:
        return Remark("coordinates_zero", "latitude", "0, 0 is in the Atlantic. Look the place up, or leave both out.")
    if not _on_earth(latitude, longitude):
        return _not_on_earth(latitude, longitude, state)
    if not state or _near(latitude, longitude, state, code):
        return None
    if _on_earth(longitude, latitude) and _near(longitude, latitude, state, code):
        text = "Latitude and longitude have changed places. Exchange them."
        return Remark("coordinates_swapped", "latitude", text)
    text = f"This is over {FAR_KM:.0f} km outside the state of the address. Look the place up."
    return Remark("coordinates_outside_state", "latitude", text)


def _not_on_earth(latitude: float, longitude: float, state: str) -> Remark:
    if _on_earth(longitude, latitude) and (not state or _near(longitude, latitude, state, "")):
        text = "Latitude and longitude have changed places. Exchange them."
        return Remark("coordinates_swapped", "latitude", text)
    if MOST_LONGITUDE < max(abs(latitude), abs(longitude)) <= MOST_METRES:
        text = "These look like metres of a projection. Write degrees (WGS 84)."
        return Remark("coordinates_in_metres", "latitude", text)
    text = "There is no such place on earth: latitude goes to 90, longitude to 180. Look the place up."
    return Remark("coordinates_impossible", "latitude", text)


def check_address(record: Record, _today: date) -> Iterator[Remark]:
    """Check the state and postal code of an address in the United States, and the country of any."""
    country = record.text("country")
    if country and not re.fullmatch(r"[A-Za-z]{2}", country):
        yield Remark("bad_country", "country", "Use the two letters of ISO 3166, like US.")
    if not _at_home(record.values):
        return
    state, code = _state(record.values), record.text("postal_code")
    if state and state not in ZONE_OF_STATE:
        yield Remark("unknown_state", "state_province", "No state of the US has these letters. Use two, like MD.")
    if code and not _POSTAL_CODE.fullmatch(code):
        yield Remark("bad_postal_code", "postal_code", "Write a ZIP Code of five digits, or five and four: 21202-1234.")
    place = find_postal_code(code) if code else None
    if place and state in ZONE_OF_STATE and place.state != state:
        text = f"This ZIP Code lies in {place.state}. Correct it, or the state."
        yield Remark("postal_code_of_other_state", "postal_code", text)


def _at_home(address: Mapping[str, object]) -> bool:
    return str(address.get("country", "")).strip().upper() in _UNITED_STATES


def _state(address: Mapping[str, object]) -> str:
    return str(address.get("state_province", "")).strip().upper()


def _on_earth(latitude: float, longitude: float) -> bool:
    return abs(latitude) <= MOST_LATITUDE and abs(longitude) <= MOST_LONGITUDE


def _near(latitude: float, longitude: float, state: str, code: str) -> bool:
    # Most places are near their own ZIP Code; only the others are compared with every one of the state.
    place = find_postal_code(code) if code else None
    if place and place.state == state:
        north = place.point.latitude - latitude
        east = (place.point.longitude - longitude) * cos(radians(latitude))
        if hypot(north, east) * KM_OF_DEGREE < FAR_KM:
            return True
    return _surroundings(state).near(Point(latitude, longitude))


@lru_cache(maxsize=64)
def _surroundings(state: str) -> Surroundings:
    return Surroundings.of_state(state)
