"""What is asked for: the standard's parameters, from the address or from a JSON body, read with care."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NoReturn

from flask import request

from resource_hub.core.errors import Fault, Invalid
from resource_hub.core.geography import PostalCode, find_postal_code
from resource_hub.core.ids import is_uuid
from resource_hub.exchange.hsds.writing.shapes import Shape

LONGEST_VALUE = 200
MOST_WORDS = 8
PER_PAGE = 100
# Objects of a page, by how much is told of each.
MOST_PER_PAGE = {Shape.MINIMAL: 10_000, Shape.PLAIN: 1000, Shape.FULL: 100, Shape.FULL_SERVICE: 20}
FARTHEST_METRES = 20_100_000

LIST = ("search", "market", "page", "per_page", "format")
_TRUE, _FALSE = frozenset({"true", "1"}), frozenset({"false", "0", ""})


class Parameters:
    """The parameters of a request, by name; each reader refuses a value with how to mend it."""

    def __init__(self, known: tuple[str, ...]) -> None:
        """Take what was sent; refuses names that are not known: a filter that is passed over would lie."""
        self._values = _sent()
        for name in self._values:
            if name not in known:
                refuse(name[:40], f"There is no such parameter here. Use: {', '.join(known)}.")

    @property
    def given(self) -> Mapping[str, str]:
        """What was given, in the order of the names."""
        return dict(sorted(self._values.items()))

    def text(self, name: str) -> str:
        """Return one line of text."""
        value = self._values.get(name, "").strip()
        if len(value) > LONGEST_VALUE or not value.isprintable():
            refuse(name, f"Send one line of at most {LONGEST_VALUE} characters.")
        return value

    def words(self, name: str) -> tuple[str, ...]:
        """Return words, each once."""
        return tuple(dict.fromkeys(self.text(name).split()))[:MOST_WORDS]

    def id(self, name: str) -> str | None:
        """Return an id."""
        value = self.text(name)
        if value and not is_uuid(value):
            refuse(name, "Send a UUID.")
        return value.lower() or None

    def yes(self, name: str) -> bool:
        """Return true or false."""
        value = self.text(name).lower()
        if value not in _TRUE | _FALSE:
            refuse(name, "Send true or false.")
        return value in _TRUE

    def whole(self, name: str, otherwise: int, most: int) -> int:
        """Return a whole number from 1."""
        value = self.text(name) or str(otherwise)
        if not re.fullmatch(r"[0-9]{1,9}", value) or not 1 <= int(value) <= most:
            refuse(name, f"Send a whole number from 1 to {most}.")
        return int(value)

    def moment(self, name: str) -> datetime | None:
        """Return a moment; without a zone it is UTC."""
        # In an address a plus sign means a space.
        value = re.sub(r" (\d\d:?\d\d)$", r"+\1", self.text(name))
        if not value:
            return None
        try:
            read = datetime.fromisoformat(value)
            return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            refuse(name, "Send a moment like 2026-11-20T15:00:00Z.")

    def near(self) -> tuple[PostalCode | None, float | None]:
        """Return a ZIP Code and how far from its centre, in metres."""
        code, far = self.text("postcode"), self.text("proximity")
        place = find_postal_code(code) if re.fullmatch(r"[0-9]{5}(-[0-9]{4})?", code) else None
        if code and place is None:
            refuse("postcode", "Send a ZIP Code of the United States.")
        if far and place is None:
            refuse("proximity", "Send a postcode too; the distance is from its centre.")
        if far and (not re.fullmatch(r"[0-9]{1,8}(\.[0-9]{1,6})?", far) or float(far) > FARTHEST_METRES):
            refuse("proximity", f"Send a number of metres from 0 to {FARTHEST_METRES}.")
        return place, float(far) if far else None


def refuse(name: str, text: str) -> NoReturn:
    """Refuse a parameter."""
    raise Invalid(f"{name}: {text}", faults=(Fault(name, "invalid", text),))


def _sent() -> dict[str, str]:
    sent = {name: values[-1] for name, values in request.args.lists()}
    for name, values in request.args.lists():
        if len(set(values)) > 1:
            refuse(name[:40], "Send this parameter once.")
    # A form is read already, and leaves no data.
    has_body = request.method == "POST" and bool(request.form or request.get_data())
    body = request.get_json() if has_body else {}
    if not isinstance(body, dict):
        refuse("body", "Send one JSON object.")
    return sent | {str(name): _text(str(name), value) for name, value in body.items() if value is not None}


def _text(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)[: LONGEST_VALUE + 1]
    refuse(name[:40], "Send a text, a number, or true or false.")
