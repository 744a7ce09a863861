"""Records as they are checked, and what is said of them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from resource_hub.exchange.hsds.values import Table

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")


class Severity(StrEnum):
    """How grave it is: against the standard or itself, against good sense, or only worth a look."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Profile(StrEnum):
    """Which profile of the standard a feed follows."""

    AUTO = "auto"
    CORE = "core"
    UK = "uk"


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check says of a record: the rule's code, the field, and how to mend it."""

    code: str
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A remark with its place: the file or address, and the row or JSON path in it."""

    severity: Severity
    code: str
    file: str
    where: str
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Record:
    """One object of the standard: a JSON object, or the filled cells of a row, which are all text."""

    table: Table
    values: Mapping[str, object]
    tabular: bool

    def text(self, name: str) -> str:
        """Return a field as trimmed text; empty where it is absent or is not text or a number."""
        value = self.values.get(name)
        if isinstance(value, str):
            return value.strip()
        return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""

    def number(self, name: str) -> float | None:
        """Return a field as a number; None where it is not one."""
        text = self.text(name)
        return float(text) if text and _NUMBER.fullmatch(text) else None

    def day(self, name: str) -> date | None:
        """Return the day of a date or date-time; None where it is not one."""
        text = self.text(name)
        try:
            return date.fromisoformat(text[:10]) if text else None
        except ValueError:
            return None

    def inside(self, name: str) -> Sequence[Mapping[str, object]]:
        """Return the objects that stand in a field."""
        value = self.values.get(name)
        found = value if isinstance(value, list) else [value]
        return [one for one in found if isinstance(one, dict)]
