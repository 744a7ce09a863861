"""Reads what programs send into a wish; refuses a field with its name and how to mend it."""

from typing import Any, NoReturn

from flask import request

from resource_hub.core.errors import Fault, Invalid
from resource_hub.matching.asking import Wish

LONGEST_TEXT = 200
MOST_NEEDS = 24
MOST_VALUES = 20
# Up to here every program reads a whole number as the same number.
LARGEST = 2**53


def wish_of(body: dict[str, Any]) -> Wish:
    """Return the wish that a body holds."""
    return Wish(
        needs=tuple(_texts(body, "needs")),
        near=_text(body, "near"),
        facts=_facts(body),
        language=_text(body, "language"),
        by=_text(body, "by"),
        max_km=_number(body, "max_km"),
        at=_text(body, "at"),
        needed_by=_text(body, "needed_by"),
        limit=_whole(body, "limit", 10),
        seed=_whole(body, "seed", 0),
        show_excluded=_truth(body, "show_excluded"),
        prices=_truth({"prices": True} | body, "prices"),
    )


def sent() -> dict[str, Any]:
    """Return the JSON object that was sent."""
    body = request.get_json()
    if not isinstance(body, dict):
        raise _bad("body", "Send one JSON object.")
    return body


def _text(body: dict[str, Any], name: str) -> str | None:
    value = body.get(name)
    if value is None or (isinstance(value, str) and len(value) <= LONGEST_TEXT and value.isprintable()):
        return value or None
    raise _bad(name, f"Send one line of text of at most {LONGEST_TEXT} characters.")


def anything(body: dict[str, Any], name: str) -> str | None:
    """Return a text that may hold anything: whoever reads it makes it even first."""
    value = body.get(name)
    if value is None or isinstance(value, str):
        return value
    raise _bad(name, "Send a text.")


def _texts(body: dict[str, Any], name: str) -> list[str]:
    value = body.get(name, [])
    if isinstance(value, list) and len(value) <= MOST_NEEDS and all(isinstance(one, str) for one in value):
        return [str(one) for one in value]
    raise _bad(name, f"Send a list of at most {MOST_NEEDS} texts.")


def _facts(body: dict[str, Any]) -> dict[str, str]:
    facts = body.get("facts", {})
    if not isinstance(facts, dict):
        raise _bad("facts", "Send an object of names and values.")
    return {str(name): _fact_text(str(name), value) for name, value in facts.items()}


def _fact_text(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and len(value) <= MOST_VALUES and all(isinstance(one, str) for one in value):
        return _fact_text(name, ",".join(value))
    if isinstance(value, str | int | float) and len(text := str(value)) <= LONGEST_TEXT:
        return text
    raise _bad(name[:40], "Send a text, a number, or true or false.")


def _number(body: dict[str, Any], name: str) -> float | None:
    value = body.get(name)
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < LARGEST):
        return value
    raise _bad(name, "Send a number.")


def _whole(body: dict[str, Any], name: str, otherwise: int) -> int:
    value = body.get(name, otherwise)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < LARGEST:
        return value
    raise _bad(name, "Send a whole number, 0 or more.")


def _truth(body: dict[str, Any], name: str) -> bool:
    value = body.get(name, False)
    if isinstance(value, bool):
        return value
    raise _bad(name, "Send true or false.")


def slug_of(body: dict[str, Any]) -> str:
    """Return the market that is asked."""
    return _text(body, "market") or missing("market")


def missing(name: str) -> NoReturn:
    """Refuse a body without a field."""
    raise _bad(name, "Send this field.")


def _bad(field: str, text: str) -> Invalid:
    return Invalid(f"{field}: {text}", faults=(Fault(field, "invalid", text),))
