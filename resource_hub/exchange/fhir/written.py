"""A FHIR value as answers are written: codes by their code, the rest as text."""

from collections.abc import Mapping
from decimal import Decimal

from resource_hub.exchange.fhir import elements
from resource_hub.exchange.fhir.elements import Json
from resource_hub.screening.rules.fields import LONGEST_TEXT, refusal

_TEXTS = frozenset({"String", "Date", "DateTime", "Time"})


def written(entry: Json, prefix: str, where: str) -> str:
    """Return the one value of an element; refuses with bad_instrument a type that is not understood."""
    kind, value, place = elements.value(entry, prefix, where)
    return write(kind, value, place)


def write(kind: str, value: object, where: str) -> str:
    """Return a value of a FHIR type as text."""
    if kind == "Coding" and isinstance(value, Mapping):
        return elements.code(value, "code", where)
    if kind == "Quantity" and isinstance(value, Mapping) and "comparator" not in value:
        return _number(value.get("value"), where)
    if kind == "Boolean" and isinstance(value, bool):
        return str(value).lower()
    if kind in {"Integer", "Decimal"}:
        return _number(value, where)
    if kind in _TEXTS and isinstance(value, str) and 1 <= len(value.strip()) <= LONGEST_TEXT:
        return value.strip()
    raise refusal(where, "This value is not understood.")


def _number(value: object, where: str) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float) or not Decimal(str(value)).is_finite():
        raise refusal(where, "Write a number.")
    return str(value)
