"""What cells of a directory hold: telephone numbers, states, ZIP Codes, e-mail addresses, coordinates."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
import phonenumbers

from resource_hub.core.geography import ZONE_OF_STATE, Floats, Point, great_circle_km, postal_codes
from resource_hub.exchange.tabular.cleaning import Unreadable, clean_line, read_number

FAR_KM = 100.0
_CELL_KM = 20.0
MOST_LATITUDE = 90
MOST_LONGITUDE = 180
LONGEST_WEB = 490
LONGEST_PHONE = 250

_STATES = """AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|
DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|
LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|
NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|
OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|PR Puerto Rico|RI Rhode Island|SC South Carolina|SD South Dakota|
TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming"""
PHONE_TYPES = {
    "voice": "voice",
    "phone": "voice",
    "main": "voice",
    "hotline": "voice",
    "fax": "fax",
    "tty": "tty",
    "tdd": "tty",
    "tty/tdd": "tty",
    "textphone": "tty",
    "text": "text",
    "sms": "text",
    "cell": "cell",
    "mobile": "cell",
    "video": "video",
    "pager": "pager",
}
STATE_OF_NAME = {
    name.casefold(): letters for letters, name in (pair.split(" ", 1) for pair in _STATES.replace("\n", "").split("|"))
}
STATUSES = {
    "active": "active",
    "inactive": "inactive",
    "defunct": "defunct",
    "closed": "defunct",
    "temporarily closed": "temporarily closed",
    "temporarily_closed": "temporarily closed",
}
_SPHERE_METRES = 6_378_137.0
_EDGE_METRES = math.pi * _SPHERE_METRES
_HOME_NAMES = frozenset({"USA", "UNITED STATES", "UNITED STATES OF AMERICA"})
_EMAIL = re.compile(r"[^@\s,;<>]{1,64}@[^@\s,;<>]{1,185}\.[^@\s.,;<>]{2,}")
_WEB = re.compile(r"(https?://)?[^\s/@:]+\.[a-z]{2,}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)


# Numbers that are dialled as they are: helplines of the United States, and short codes for text messages.
_USUAL = re.compile(r"\(?([2-9]\d\d)\)?[-. ]? ?([2-9]\d\d)[-. ]?(\d{4})", re.ASCII)
_SHORT = re.compile(r"[2-9]-?1-?1|9-?8-?8|\d{5,6}")


@dataclass(frozen=True)
class Number:
    """A telephone number as people write it in its country, its extension, and the words that stood beside it."""

    number: str
    extension: str | None
    words: str | None = None


@lru_cache(maxsize=10_000)
def read_phone(text: str) -> Number:
    """Read a telephone number, of the United States where it says no country; refuses an impossible one."""
    if _SHORT.fullmatch(text):
        return Number(text.replace("-", ""), None)
    usual = _USUAL.fullmatch(text)
    if usual:
        return Number(f"({usual[1]}) {usual[2]}-{usual[3]}", None)
    text = text[:LONGEST_PHONE]
    found = next(iter(phonenumbers.PhoneNumberMatcher(text, "US", leniency=phonenumbers.Leniency.POSSIBLE)), None)
    if found and _says_more(text[: found.start] + text[found.end :]):
        words = " ".join(f"{text[: found.start]} {text[found.end :]}".split()).strip(" ,;:-()")
        return replace(_written(found.number), words=words)
    try:
        return _written(phonenumbers.parse(text, "US"))
    except phonenumbers.NumberParseException as error:
        raise _unreadable_phone() from error


def _says_more(words: str) -> bool:
    return bool(re.search(r"[^\W\d_]{2}|\d{3}", words))


def _written(found: phonenumbers.PhoneNumber) -> Number:
    if not phonenumbers.is_possible_number(found):
        raise _unreadable_phone()
    ours = found.country_code == 1
    style = phonenumbers.PhoneNumberFormat.NATIONAL if ours else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    number, extension = phonenumbers.PhoneNumber(), found.extension
    number.merge_from(found)
    number.extension = None
    return Number(phonenumbers.format_number(number, style), extension)


def read_email(text: str) -> str:
    """Read an e-mail address; of several the first."""
    found = _EMAIL.search(clean_line(text))
    if not found:
        raise Unreadable("not_an_email", "This is not an e-mail address. Left empty.")
    return found[0]


def read_web(text: str) -> str:
    """Read a web address; `http://` is added where no scheme is said."""
    words = clean_line(text)
    found = _WEB.fullmatch(words)
    if not found or len(words) > LONGEST_WEB:
        raise Unreadable("not_a_web_address", "This is not a web address. Left empty.")
    return words if found[1] else f"http://{words}"


def read_state(text: str) -> str:
    """Read a state by its two letters or its name, in either case; refuses what is no state."""
    words = " ".join(text.strip().strip(".").split())
    state = STATE_OF_NAME.get(words.casefold(), words.upper())
    if state not in ZONE_OF_STATE:
        raise Unreadable("unknown_state", "There is no state with these letters. Left empty.")
    return state


def read_country(text: str) -> str:
    """Read a country as the two letters of ISO 3166; of names only that of the United States is known."""
    words = text.strip().upper().replace(".", "")
    if words in _HOME_NAMES:
        return "US"
    if not re.fullmatch(r"[A-Z]{2}", words):
        raise Unreadable("unknown_country", "Write the two letters of ISO 3166. Taken as US.")
    return words


def read_postal_code(text: str) -> str:
    """Read a ZIP Code, with or without its last four digits."""
    found = re.fullmatch(r"(\d{5})(?:-?(\d{4}))?-?", text.strip())
    if not found:
        raise Unreadable("not_a_postal_code", "This is not a ZIP Code. Left empty.")
    return f"{found[1]}-{found[2]}" if found[2] else found[1]


def read_status(text: str) -> str:
    """Read whether a service is offered; refuses a word that says neither."""
    status = STATUSES.get(text.strip().lower())
    if status is None:
        raise Unreadable("unknown_status", f"Use one of: {', '.join(sorted(STATUSES))}. Taken as active.")
    return status


@dataclass(frozen=True)
class Surroundings:
    """The centres of every ZIP Code of a state, to tell whether a point can be right."""

    state: str
    latitudes: Floats
    longitudes: Floats
    # Squares of a tenth of a degree that lie inside as a whole, so that most points are known at once.
    inside: dict[Point, bool] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of_state(cls, state: str) -> "Surroundings":
        """Return the centres of a state's ZIP Codes."""
        points = [place.point for place in postal_codes().values() if place.state == state]
        latitudes, longitudes = zip(*((point.latitude, point.longitude) for point in points), strict=True)
        return cls(state, np.array(latitudes), np.array(longitudes))

    def near(self, point: Point) -> bool:
        """Tell whether a point lies within 100 km of any centre."""
        cell = Point(round(point.latitude, 1), round(point.longitude, 1))
        if cell not in self.inside:
            self.inside[cell] = self._within(cell, FAR_KM - _CELL_KM)
        return self.inside[cell] or self._within(point, FAR_KM)

    def _within(self, point: Point, kilometres: float) -> bool:
        return bool(np.any(great_circle_km(point, self.latitudes, self.longitudes) <= kilometres))


def read_point(latitude: str, longitude: str, surroundings: Surroundings) -> Point:
    """Read a point in degrees; refuses swapped, zero, impossible and far ones, each with its own code."""
    lat, lon = read_number(latitude), read_number(longitude)
    if any(surroundings.near(point) for point in _from_metres(lat, lon)):
        raise Unreadable("metres", "These are metres on a map (Web Mercator), not degrees. Left empty; convert them.")
    if lat == 0 and lon == 0:
        raise Unreadable("zero_coordinates", "0, 0 is in the Atlantic. Left empty; look the place up.")
    if _on_earth(lat, lon) and surroundings.near(Point(lat, lon)):
        return Point(lat, lon)
    if _on_earth(lon, lat) and surroundings.near(Point(lon, lat)):
        raise Unreadable("swapped", "Latitude and longitude seem to have changed places. Left empty; swap them.")
    if not _on_earth(lat, lon):
        raise Unreadable("out_of_range", "There is no such place on earth. Left empty; look it up.")
    raise Unreadable("outside_state", f"This is over {FAR_KM:.0f} km outside the market's state. Left empty.")


def _from_metres(latitude: float, longitude: float) -> Iterator[Point]:
    # Maps on the web are drawn in metres on a sphere; feeds write x and y in either order.
    for x, y in ((longitude, latitude), (latitude, longitude)):
        if MOST_LONGITUDE < max(abs(x), abs(y)) <= _EDGE_METRES:
            lat = math.degrees(math.atan(math.sinh(y / _SPHERE_METRES)))
            yield Point(lat, math.degrees(x / _SPHERE_METRES))


def _on_earth(latitude: float, longitude: float) -> bool:
    return abs(latitude) <= MOST_LATITUDE and abs(longitude) <= MOST_LONGITUDE


def _unreadable_phone() -> Unreadable:
    return Unreadable("not_a_phone_number", "No telephone number can be read here. Kept as it is.")
