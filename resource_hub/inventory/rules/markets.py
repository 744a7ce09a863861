"""What makes a market valid, and which area it covers."""

import re
from collections.abc import Mapping
from zoneinfo import available_timezones

from rapidfuzz import process

from resource_hub.core.errors import Fault
from resource_hub.core.geography import ZONE_OF_STATE, PostalCode, county_key
from resource_hub.inventory.values import NewMarket

LONGEST_SLUG = 60
LONGEST_NAME = 200
NEAR_NAMES = 3

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def faults_of(new: NewMarket, postal_codes: Mapping[str, PostalCode]) -> list[Fault]:
    """Return what is wrong with a new market, each with how to mend it."""
    faults = []
    if len(new.slug) > LONGEST_SLUG or not _SLUG.fullmatch(new.slug):
        text = f"Use small letters, digits and single hyphens, at most {LONGEST_SLUG}, like baltimore or north-bay."
        faults.append(Fault("slug", "malformed", text))
    if not new.name.strip() or len(new.name) > LONGEST_NAME:
        faults.append(Fault("name", "malformed", f"Write a name of at most {LONGEST_NAME} characters."))
    if new.time_zone is not None and new.time_zone not in available_timezones():
        near = _near(new.time_zone, available_timezones())
        faults.append(Fault("time-zone", "unknown", f"There is no such time zone. Did you mean {near}?"))
    if new.state not in ZONE_OF_STATE:
        text = f"Use the two letters of a state, one of: {', '.join(sorted(ZONE_OF_STATE))}."
        return [*faults, Fault("state", "unknown", text)]
    return [*faults, *_county_faults(new, postal_codes), *_postal_code_faults(new, postal_codes)]


def area_of(new: NewMarket) -> set[tuple[str, str]]:
    """Return the counties (in the form that is compared) and ZIP Codes of a valid new market."""
    counties = {("county", county_key(county)) for county in new.counties}
    return counties | {("postal_code", code) for code in new.postal_codes}


def time_zone_of(new: NewMarket) -> str:
    """Return the zone of a valid new market."""
    return new.time_zone or ZONE_OF_STATE[new.state]


def _county_faults(new: NewMarket, postal_codes: Mapping[str, PostalCode]) -> list[Fault]:
    known = {county_key(place.county): place.county for place in postal_codes.values() if place.state == new.state}
    return [
        Fault(
            "county",
            "unknown",
            f"{new.state} has no county “{county[:60]}”. Did you mean {_near(county, set(known.values()))}?",
        )
        for county in new.counties
        if county_key(county) not in known
    ]


def _postal_code_faults(new: NewMarket, postal_codes: Mapping[str, PostalCode]) -> list[Fault]:
    faults = []
    for code in new.postal_codes:
        place = postal_codes.get(code)
        if place is None:
            faults.append(Fault("postal-code", "unknown", f"There is no ZIP Code “{code[:10]}”. Use five digits."))
        elif place.state != new.state:
            text = f"{code} is {place.place}, {place.state}, not in {new.state}. Leave it out."
            faults.append(Fault("postal-code", "other_state", text))
    return faults


def _near(name: str, names: set[str]) -> str:
    best = process.extract(name, sorted(name for name in names if name), limit=NEAR_NAMES)
    return ", ".join(word for word, _score, _index in best[:-1]) + f" or {best[-1][0]}"
