"""From a record as published to what is compared."""

import math
import re

from resource_hub.inventory.rules.duplicates.addresses import phones_among, read_street
from resource_hub.inventory.rules.duplicates.contacts import read_phones, read_site
from resource_hub.inventory.rules.duplicates.fields import LONGEST_FIELD, Entry, Fields
from resource_hub.inventory.rules.duplicates.names import plain, read_name

_MOST_LATITUDE, _MOST_LONGITUDE = 90, 180


def read(fields: Fields) -> Entry:
    """Return a record as it is compared; what cannot be read counts as not there."""
    found = re.search(r"\b(\d{5})(?:-?\d{4})?\b", fields.postal_code[:LONGEST_FIELD])
    return Entry(
        name=read_name(fields.name),
        street=read_street(fields.address_1, fields.address_2),
        city=_plain_words(fields.city),
        state=_plain_words(fields.state_province),
        zip=found[1] if found else "",
        phones=read_phones(fields.phone or phones_among(fields.address_1)),
        site=read_site(fields.website),
        point=_point(fields.latitude, fields.longitude),
    )


def _plain_words(text: str) -> str:
    words = re.findall(r"[a-z0-9]+", plain(text[:LONGEST_FIELD]))
    return " ".join({"saint": "st", "mount": "mt", "fort": "ft"}.get(word, word) for word in words)


def _point(latitude: float | None, longitude: float | None) -> tuple[float, float] | None:
    if latitude is None or longitude is None or not (math.isfinite(latitude) and math.isfinite(longitude)):
        return None
    if abs(latitude) > _MOST_LATITUDE or abs(longitude) > _MOST_LONGITUDE or (latitude, longitude) == (0, 0):
        return None
    return latitude, longitude
