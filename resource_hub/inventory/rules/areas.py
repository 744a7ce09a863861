"""Areas served, read from their names."""

import re
from dataclasses import dataclass
from functools import lru_cache

from resource_hub.core.geography import county_key, postal_codes


@dataclass(frozen=True)
class Area:
    """A state, county or ZIP Code, by the value that is compared."""

    kind: str
    value: str


def read_area(name: str, state: str) -> Area | None:
    """Return the area that a name certainly means in a market of a state; None where it stays words."""
    words = " ".join(name.split())
    if re.fullmatch(r"\d{5}", words):
        return Area("postal_code", words) if words in postal_codes() else None
    if words.upper() == state:
        return Area("state", state)
    county = re.fullmatch(r"(.+ county)(?:,? ([A-Za-z]{2}))?", words, re.IGNORECASE)
    if county and (county[2] or state).upper() == state and county_key(county[1]) in _counties(state):
        return Area("county", county[1])
    return None


@lru_cache(maxsize=8)
def _counties(state: str) -> frozenset[str]:
    return frozenset(county_key(place.county) for place in postal_codes().values() if place.state == state)
