"""Street addresses: house number, street, unit and PO box apart, streets and directions in one spelling."""

import re

from resource_hub.inventory.rules.duplicates.fields import LONGEST_FIELD, Street
from resource_hub.inventory.rules.duplicates.names import plain

_SPELT = {
    "street": "st", "str": "st", "saint": "st", "avenue": "ave", "av": "ave", "road": "rd", "boulevard": "blvd",
    "drive": "dr", "lane": "ln", "highway": "hwy", "parkway": "pkwy", "pky": "pkwy", "place": "pl", "court": "ct",
    "square": "sq", "terrace": "ter", "circle": "cir", "turnpike": "tpke", "trail": "trl", "route": "rt", "rte": "rt",
    "plaza": "plz", "center": "ctr", "mount": "mt", "fort": "ft", "expressway": "expy", "crossing": "xing",
    "north": "n", "south": "s", "east": "e", "west": "w", "northeast": "ne", "northwest": "nw", "southeast": "se",
    "southwest": "sw", "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6",
    "seventh": "7", "eighth": "8", "ninth": "9", "tenth": "10", "county": "co",
}  # fmt: skip
_DIRECTIONS_WORDS = "n s e w ne nw se sw"
DIRECTIONS = frozenset(_DIRECTIONS_WORDS.split())
_KINDS_WORDS = "st ave rd blvd dr ln hwy pkwy pl ct sq ter cir tpke trl rt plz way xing expy"
KINDS = frozenset(_KINDS_WORDS.split())
_UNIT = re.compile(
    r"(?:\b(?:suite|ste|unit|apt|apartment|room|rm|floor|fl|bldg|building|lot|space|spc|dept|mailstop)\b\.?\s*#?\s*"
    r"|#\s*)([a-z]?\d*[a-z]?(?:-\d+)?)\b"
)
_NUMBERED_FLOOR = re.compile(r"\b(\d+)(?:st|nd|rd|th)\s+(?:floor|fl)\b\.?")
_BOX = re.compile(r"\bp\.?\s*o\.?\s*(?:box|b\.?)\s*#?\s*(\w+)|\bpost office box\s*(\w+)")
_NUMBER = re.compile(r"^\D*?\b(\d+)(?:\s*-\s*(\d+))?[a-z]?\b(?!\s*(?:st|nd|rd|th)\b)")
_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th)$")
_NOT_AN_ADDRESS = re.compile(r"\bphone\b|\bconfidential|\bunknown\b|^\s*\{")
_MOST_WORDS = 6


def phones_among(address_1: str) -> str:
    """Return the text of an address where it says a phone number in place of a street."""
    return address_1 if re.match(r"\s*(?:phone|call|tel)\b", address_1[:LONGEST_FIELD].lower()) else ""


def read_street(address_1: str, address_2: str) -> Street:
    """Read the two lines of an address; what says no place (a phone number, “confidential”) reads as nothing."""
    text = plain(f"{address_1[:LONGEST_FIELD]} , {address_2[:LONGEST_FIELD]}")
    if _NOT_AN_ADDRESS.search(text):
        return Street()
    box = _BOX.search(text)
    text = _BOX.sub(" ", text)
    unit = _NUMBERED_FLOOR.search(text) or _UNIT.search(text)
    text = _UNIT.sub(" , ", _NUMBERED_FLOOR.sub(" , ", text))
    number, rest = _numbered(text)
    return Street(
        number=number,
        words=_street_words(rest),
        unit=unit[1] if unit else "",
        box=(box[1] or box[2] or "") if box else "",
    )


def _numbered(text: str) -> tuple[str, str]:
    found = _NUMBER.search(text)
    if not found:
        return "", text
    return found[1] + (found[2] or ""), text[found.end() :]


def _street_words(text: str) -> tuple[str, ...]:
    # The street ends at the first comma; what stands there else is a building's name or the city.
    parts = [part for part in re.split(r"[,(]", text) if re.search(r"[a-z0-9]", part)]
    words = re.findall(r"[a-z0-9]+", re.sub(r"['.]", "", parts[0])) if parts else []
    return tuple(_spelt(word) for word in words[:_MOST_WORDS])


def _spelt(word: str) -> str:
    ordinal = _ORDINAL.match(word)
    return ordinal[1] if ordinal else _SPELT.get(word, word)
