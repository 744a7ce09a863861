"""Reads a line of a file of pairs; what cannot be a pair is refused, and the fault names the line."""

import json
from dataclasses import fields

from resource_hub.core.errors import Fault
from resource_hub.inventory.errors import BadPairs
from resource_hub.inventory.rules.duplicates.fields import LONGEST_FIELD, Fields

LONGEST_LINE = 100_000
_POINT = ("latitude", "longitude")
_TEXTS = tuple(field.name for field in fields(Fields) if field.name not in _POINT)
_ZIP_DIGITS = 5


def read_pair(line: bytes, number: int) -> tuple[Fields, Fields]:
    """Return the two records of line `number`; refuses with BadPairs what is no pair."""
    if len(line) > LONGEST_LINE:
        raise _bad(number, f"Use at most {LONGEST_LINE} bytes for a pair.")
    try:
        found: object = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise _bad(number, "This is not JSON in UTF-8. Write one object on a line.") from None
    if not isinstance(found, dict):
        raise _bad(number, 'Write an object with the records "a" and "b".')
    return _record(found.get("a"), "a", number), _record(found.get("b"), "b", number)


def _record(found: object, side: str, number: int) -> Fields:
    if not isinstance(found, dict):
        raise _bad(number, f'"{side}" is missing, or is not an object.')
    texts = {name: _text(found.get(name), f"{side}.{name}", number) for name in _TEXTS}
    if isinstance(found.get("postal_code"), int):
        # A ZIP Code written as a number has lost its zeros.
        texts["postal_code"] = texts["postal_code"].zfill(_ZIP_DIGITS)
    return Fields(**texts, latitude=_degrees(found.get("latitude")), longitude=_degrees(found.get("longitude")))


def _text(value: object, name: str, number: int) -> str:
    if value is None:
        return ""
    if isinstance(value, dict | list | bool):
        raise _bad(number, f'"{name}" is not a text.')
    return str(value)[:LONGEST_FIELD]


def _degrees(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value)
    except OverflowError:
        return None


def _bad(number: int, text: str) -> BadPairs:
    return BadPairs(f"line {number}: {text}", faults=(Fault(f"line {number}", "bad_pair", text),))
