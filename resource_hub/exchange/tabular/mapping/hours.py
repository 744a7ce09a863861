"""Hours in a column for each day: two clear times are a rule, everything else stays words."""

import re
from collections.abc import Iterator

from resource_hub.exchange.tabular.cleaning import Unreadable, read_time
from resource_hub.exchange.tabular.mapping.targets import DAYS
from resource_hub.exchange.tabular.mapping.values import Values
from resource_hub.inventory.values import FieldValue

_SPAN = re.compile(r"\s*([^-–—]{1,14}?)\s*(?:-|–|—|\bto\b|\ba\b)\s*([^-–—]{1,14}?)\s*", re.IGNORECASE)
# Without am and pm only a time of 24 hours with minutes is certain, and only if it ends after it begins.
_CERTAIN = re.compile(r"\d{1,2}(:\d{2}){0,2}\s*[ap]\.?m\.?|\d{1,2}:\d{2}(:\d{2})?", re.IGNORECASE)


def hours_of(values: Values) -> Iterator[tuple[str, dict[str, FieldValue]]]:
    """Yield the key and fields of each schedule that a row states."""
    words = list(values.get("schedule.description", ()))
    for name, day in DAYS.items():
        for text in values.get(f"schedule.{name}", ()):
            span = _span(text)
            if span:
                opens, closes = span
                yield day, {"freq": "WEEKLY", "byday": day, "opens_at": opens, "closes_at": closes}
            else:
                words.append(f"{name.capitalize()}: {text}")
    if words:
        yield "words", {"description": "\n".join(words)}


def _span(text: str) -> tuple[str, str] | None:
    found = _SPAN.fullmatch(text)
    if not found or not all(_CERTAIN.fullmatch(part) for part in found.groups()):
        return None
    try:
        opens, closes = (read_time(part) for part in found.groups())
    except Unreadable:
        return None
    return (opens, closes) if opens < closes else None
