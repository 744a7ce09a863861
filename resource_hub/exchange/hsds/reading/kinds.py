"""Which kind of record an object is, by its keys."""

from collections.abc import Iterator
from typing import Any

from resource_hub.exchange.hsds import standard
from resource_hub.exchange.hsds.reading.layout import table_of

# Of equally good kinds the first; the standard's examples have their kind's name in the file's.
_KINDS = ("organization", "service", "service_at_location", "location", "taxonomy_term", "taxonomy", "program")
_WRAPPER = "hsds"
# Keys that no HSDS record has, but a page of them or the description of an API.
_MOST_UNKNOWN = 0.5

Object = dict[str, Any]


def records_in(value: Object, file: str) -> Iterator[tuple[str, Object, str]]:
    """Return the records of a top-level object, each with its table and where it stands; none where it is not HSDS."""
    wrapped = value.get(_WRAPPER)
    if isinstance(wrapped, dict):
        for table, record, path in records_in(wrapped, file):
            yield table, record, f"{_WRAPPER}.{path}"
    elif _is_package(value):
        for name, rows in value.items():
            for number, row in enumerate(rows):
                yield table_of(_plain(name)) or "", row, f"{name}[{number}]."
    elif kind := kind_of(value, file):
        yield kind, value, ""


def kind_of(value: Object, file: str) -> str | None:
    """Return the table that an object's keys fit best; None where they fit none."""
    keys = set(value)
    if not keys & {"id", "name"} or not isinstance(value.get("id", ""), str):
        return None
    known = {kind: len(keys & _keys(kind)) for kind in _KINDS}
    hint = next((kind for kind in sorted(_KINDS, key=len, reverse=True) if file.startswith(kind)), None)
    best = max(_KINDS, key=lambda kind: (known[kind], kind == hint))
    return best if known[best] > _MOST_UNKNOWN * len(keys) else None


def _keys(kind: str) -> set[str]:
    older = {"services", "url"} if kind == "organization" else set()
    return {*standard.tables()[kind].fields, *older} | ({"service"} if kind == "service_at_location" else set())


def _is_package(value: Object) -> bool:
    return (
        "id" not in value
        and bool(value)
        and all(
            table_of(_plain(name)) and isinstance(rows, list) and all(isinstance(row, dict) for row in rows)
            for name, rows in value.items()
        )
    )


def _plain(name: str) -> str:
    return name.lower().removesuffix(".csv")
