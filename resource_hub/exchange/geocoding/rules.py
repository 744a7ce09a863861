"""Addresses as they are asked and compared, and whether an answer can be right."""

import re

import numpy as np

from resource_hub.core.geography import PostalCode, great_circle_km
from resource_hub.exchange.geocoding.values import Answer, Refusal
from resource_hub.exchange.tabular.contents import Surroundings

# The largest ZIP Codes of the plains reach so far from their centre.
FARTHEST_FROM_ZIP_KM = 50.0
FARTHEST_FROM_STATE_KM = 25.0
LONGEST_ADDRESS = 500
_UNIT = re.compile(r"[,\s]+(?:#|\b(?:apt|apartment|suite|ste|unit|room|rm|floor|fl)\b\.?)\s*[\w-]*$", re.IGNORECASE)


def address_line(street: str, city: str, state: str, postal_code: str) -> str | None:
    """Return an address on one line, as it is asked and remembered; None where it has no street.

    Suites and floors are left out: they change nothing about the point, and geocoders stumble over them.
    """
    plain = " ".join(street.split())
    while (shorter := _UNIT.sub("", plain)) != plain:
        plain = shorter
    if not re.search(r"\w", plain) or re.match(r"p\.?\s*o\.?\s*box\b", plain, re.IGNORECASE):
        return None
    parts = (plain.strip(" ,"), " ".join(city.split()), f"{state} {postal_code[:5]}".strip())
    return ", ".join(part for part in parts if part).lower()[:LONGEST_ADDRESS]


def fault_of(answer: Answer, centre: PostalCode | None, surroundings: Surroundings) -> Refusal | None:
    """Return why the point of an answer cannot be right: outside its state, or far from its ZIP Code's centre."""
    if answer.point is None:
        return None
    near = great_circle_km(answer.point, surroundings.latitudes, surroundings.longitudes)
    if not np.any(near <= FARTHEST_FROM_STATE_KM):
        return _refusal(answer, "outside_state", f"The answer is not in {surroundings.state}. Check the address.")
    if centre:
        lines = (np.array([centre.point.latitude]), np.array([centre.point.longitude]))
        if great_circle_km(answer.point, *lines)[0] > FARTHEST_FROM_ZIP_KM:
            text = f"The answer is over {FARTHEST_FROM_ZIP_KM:.0f} km from its ZIP Code. Check street and ZIP Code."
            return _refusal(answer, "far_from_zip", text)
    return None


def _refusal(answer: Answer, code: str, text: str) -> Refusal:
    return Refusal(answer.wanted.location_id, code, text)
