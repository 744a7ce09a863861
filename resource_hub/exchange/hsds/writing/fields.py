"""One record's own fields in HSDS, in the standard's order: for tables as text, for JSON by the standard's types."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache

from resource_hub.exchange.hsds import standard
from resource_hub.exchange.hsds.values import Field
from resource_hub.exchange.hsds.writing.nesting import LINKS
from resource_hub.inventory.queries.publishing import Record

# The public id of a record by its table and our id.
Names = Callable[[str, str], str]

_STORED = {"funding": {"source": "funding_source"}}
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")
_MADE = frozenset({"date", "time", "date-time"})
_TIME_WITHOUT_SECONDS = len("09:30")


@dataclass(frozen=True)
class Writing:
    """How one field is written: where it is stored, which table it refers to, and where the zone of a time stands.

    `target_in` is the column that names the table, where a reference may lead to any.
    """

    field: Field
    stored: str
    target: str
    target_in: str
    zone: str
    is_text: bool


@lru_cache(maxsize=64)
def plan(table: str) -> tuple[Writing, ...]:
    """Return how each field of a table is written that stands in the record itself."""
    link, entity = LINKS.get(table, ("", ""))
    stored = _STORED.get(table, {})
    return tuple(
        Writing(
            field,
            "public_id" if field.name == "id" else stored.get(field.name, field.name),
            field.of,
            entity if field.name == link else "",
            f"{field.name}_zone" if field.format in {"time", "date-time"} else "",
            is_text=field.type == "string"
            and not (field.of or field.values or field.name == link or field.format in _MADE),
        )
        for field in standard.tables()[table].columns
    )


def values_of(table: str, record: Record, names: Names) -> Mapping[str, object]:
    """Return what a record says in each field of HSDS, with references by public id; None where it says nothing."""
    return {writing.field.name: _value(writing, record, names) for writing in plan(table)}


def json_of(table: str, record: Record, names: Names) -> dict[str, object]:
    """Return a record's own fields as JSON has them; what is empty is left out, unless the standard requires it.

    What the standard's type cannot hold (an extension that is no number) is left out too; tables have it.
    """
    written: dict[str, object] = {}
    for writing in plan(table):
        value = record[writing.stored]
        if value is not None and not writing.is_text:
            value = _json(writing.field, _value(writing, record, names))
        # An empty text says nothing, except in a field that has to be there.
        if value is not None and value != "":
            written[writing.field.name] = value
        elif writing.field.required:
            written[writing.field.name] = ""
    return written


def _value(writing: Writing, record: Record, names: Names) -> object:
    value = record.get(writing.stored)
    if value is None:
        return None
    if writing.zone:
        return _in_zone(value, str(record.get(writing.zone) or ""))
    if writing.target:
        return names(writing.target, str(value))
    if writing.target_in:
        return names(str(record[writing.target_in]), str(value))
    return _plain(writing.field, value)


def _plain(field: Field, value: object) -> object:
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _in_zone(value: object, zone: str) -> str:
    """Return an instant, or a time of day, as its source wrote it: with the same zone behind it."""
    if not isinstance(value, datetime):
        return f"{value}:00{zone}" if len(str(value)) == _TIME_WITHOUT_SECONDS else f"{value}{zone}"
    return instant(value, zone)


def instant(value: datetime, zone: str = "") -> str:
    """Return an instant as RFC 3339 writes it, in a zone ("-05:00") or in UTC."""
    offset = _OFFSET.fullmatch(zone)
    there = value.astimezone(_zone(offset) if offset else UTC)
    fraction = f"{there.microsecond / 1_000_000:.6f}".strip("0").rstrip(".")
    return f"{there:%Y-%m-%dT%H:%M:%S}{fraction}{zone if offset else 'Z'}"


def _zone(offset: re.Match[str]) -> timezone:
    ahead = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
    return timezone(-ahead if offset[1] == "-" else ahead)


def _json(field: Field, value: object) -> object:
    if field.type == "number" and isinstance(value, str):
        return int(value) if value.isdecimal() and str(int(value)) == value else None
    if field.values and value not in field.values:
        return None
    return value
