"""Where somebody must live, read from free text: ZIP Codes, and the ZIP Codes of counties of the market's state."""

import re
from functools import lru_cache
from typing import NamedTuple

from resource_hub.core.geography import county_key, postal_codes

_NAME = r"(?:(?:St\.|[A-Z][\w.'-]+)\s+){1,3}(?:County|City)|City\s+of\s+[A-Z][\w.'-]+"
_LIVES = r"\b(?:[Rr]esidents?\s+of|[Ll]iv(?:e|es|ing)\s+in|[Rr]eside\s+in)\s+(?:the\s+)?"
_PATTERNS = (
    re.compile(rf"{_LIVES}(?P<name>{_NAME})"),
    re.compile(rf"\b(?P<name>{_NAME})\s+residents?\b"),
    re.compile(
        rf"{_LIVES}(?:(?:[Zz][Ii][Pp]|[Zz]ip)\s*[Cc]odes?:?\s+)(?P<codes>\d{{5}}(?:(?:,|\s|and|or|&)+\d{{5}})*)"
    ),
)


class Residence(NamedTuple):
    """ZIP Codes that somebody must live in one of, and the words that say so."""

    codes: tuple[str, ...]
    words: str


def residence(words: str, state: str) -> Residence | None:
    """Return where a text says that somebody must live, where the names are certain; several places are one of them."""
    codes: set[str] = set()
    said: list[str] = []
    for pattern in _PATTERNS:
        for found in pattern.finditer(words):
            named = found.groupdict()
            stated = re.findall(r"\d{5}", named.get("codes") or "")
            there = set(stated) or _of_county(named["name"], state)
            if there and there <= postal_codes().keys():
                codes |= there
                said.append(found[0])
    return Residence(tuple(sorted(codes)), said[0]) if codes else None


def _of_county(name: str, state: str) -> set[str]:
    """Return the ZIP Codes of a county; a name may begin with a word that is not its own."""
    parts = name.split()
    for start in range(len(parts) - 1):
        there = _counties(state).get(county_key(" ".join(parts[start:])))
        # "Baltimore City" is a county of its own; "Salisbury City" is none.
        if there and ("County" in parts or "City" in parts):
            return set(there)
    return set()


@lru_cache(maxsize=8)
def _counties(state: str) -> dict[str, frozenset[str]]:
    counties: dict[str, set[str]] = {}
    for place in postal_codes().values():
        if place.state == state:
            counties.setdefault(county_key(place.county), set()).add(place.code)
    return {name: frozenset(codes) for name, codes in counties.items()}
