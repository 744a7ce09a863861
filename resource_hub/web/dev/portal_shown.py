"""Parts of the pages for residents."""

from collections.abc import Sequence
from typing import Any

from resource_hub.web.dev.specimens import Specimen

PARTS = "portal/parts.html"
_HELP = [{"phone": "988", "name": "Suicide and Crisis Lifeline", "text": {"en": "Call or text."}}]
_CARD: dict[str, Any] = {
    "service_at_location_id": "019cafe0-0000-7000-8000-000000000001",
    "description": "Boxes of food for a week.",
    "documents": ["photo ID"],
    "address": "1 Light St, Milwaukee, WI 53206",
    "phone": "414-555-0101",
}
_ROW: dict[str, Any] = {
    "card": _CARD,
    "match": {"listing": {"name": "Food boxes every Tuesday", "organization": "Harbor Table"}},
    "summary": "12 minutes on foot, open until 5 pm, has room",
    "questions": ["Do you live in Milwaukee?"],
}
_PINS = [{"number": 1, "x": 90, "y": 120}, {"number": 2, "x": 220, "y": 200}]
_DRAWN = {"pins": _PINS, "here": (160, 160), "miles": 1, "bar": 60}
_PLACES = {"places": ((1, 43.05, -87.95), (2, 43.04, -87.93)), "around": (43.05, -87.94)}


class _Asked(dict[str, Any]):
    """A search that says where, with one filter."""

    filters = ("free",)


def portal() -> Sequence[Specimen]:
    """Return what repeats on the pages of the portal."""
    fields = {name: {"data": ""} for name in ("words", "need", "zip", "near", "market", "anywhere", "more")}
    asked = _Asked(fields | {"zip": {"data": "53206"}})
    bare = _CARD | {"description": "", "documents": [], "address": "", "phone": ""}
    quiet = _ROW | {"card": bare, "summary": "", "questions": []}
    return (
        Specimen(PARTS, "asked", "the search as hidden fields: nothing is seen", [asked]),
        Specimen(PARTS, "sentence", "begins with a capital", ["open until 5 pm"]),
        Specimen(PARTS, "safety", "words of danger", [{"help": _HELP}, False]),
        Specimen(PARTS, "safety", "a need of danger", [None, True]),
        *(
            Specimen(PARTS, "told", kind, [kind, "Something to know."])
            for kind in ("info", "warning", "success", "error")
        ),
        Specimen(PARTS, "save", "needs a script", [_CARD["service_at_location_id"], "Food boxes", "usa-button"]),
        Specimen(PARTS, "card", "all that can be known", [_ROW, 1], {"asks": True}, inside="ol.results"),
        Specimen(PARTS, "card", "hardly anything is known", [quiet, 2], {"keep": False}, inside="ol.results"),
        Specimen(
            PARTS, "small_map", "with the reader’s own place", [_DRAWN | _PLACES, "WI", {"url": "", "credit": ""}]
        ),
    )
