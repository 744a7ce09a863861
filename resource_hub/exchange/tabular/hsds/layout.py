"""Which file is which table, and how each column is read: by the type of the inventory's own column."""

from functools import lru_cache

from sqlalchemy import JSON, Boolean, Date, Float, Integer, String
from sqlalchemy import Column as Stored

from resource_hub.core.db import UtcDateTime
from resource_hub.exchange.tabular.cleaning import (
    read_date,
    read_instant,
    read_integer,
    read_list,
    read_number,
    read_time,
    read_yes_no,
)
from resource_hub.exchange.tabular.columns import Column, Read, line, text
from resource_hub.exchange.tabular.contents import (
    PHONE_TYPES,
    read_email,
    read_postal_code,
    read_state,
    read_status,
    read_web,
)
from resource_hub.inventory.service import schema

# Files are named after the table or its plural; these follow no rule.
_NAMES = {
    "taxonomies": "taxonomy",
    "accessibility": "accessibility",
    "services_at_location": "service_at_location",
    "services_at_locations": "service_at_location",
    "service_capacities": "service_capacity",
    "url": "url",
}
# What the inventory adds to HSDS, or fills itself.
_OURS = frozenset(
    {
        "id",
        "market_id",
        "source",
        "source_id",
        "created_at",
        "changed_at",
        "confidential",
        "modes",
        "fact",
        "point_source",
    }
)
_READERS: dict[str, Read] = {
    "email": read_email,
    "assurer_email": read_email,
    "url": read_web,
    "website": read_web,
    "opens_at": read_time,
    "closes_at": read_time,
    "status": read_status,
}
_ADDRESS_READERS: dict[str, Read] = {
    "state_province": read_state,
    "postal_code": read_postal_code,
    "country": str.upper,
}


def table_of(file: str) -> str | None:
    """Return the table that a file (without `.csv`) holds; None for a file of another kind."""
    name = _NAMES.get(file, file)
    for candidate in (name, name.removesuffix("s"), name.removesuffix("es"), name.removesuffix("ies") + "y"):
        if candidate in schema.tables():
            return candidate
    return None


@lru_cache(maxsize=64)
def columns_of(table: str) -> tuple[Column, ...]:
    """Return how the columns of a table are read."""
    stored = schema.tables()[table].columns
    return tuple(_column(table, column) for column in stored if column.name not in _OURS)


@lru_cache(maxsize=64)
def needed_by(table: str) -> frozenset[str]:
    """Return the columns, apart from references, that must be filled and have no default."""
    return frozenset(
        column.name
        for column in schema.tables()[table].columns
        if column.name not in _OURS | set(schema.references(table)) and not column.nullable and column.default is None
    )


def _column(table: str, column: Stored[object]) -> Column:
    name = column.name
    names = ("source", name) if name == "funding_source" else (name,)
    readers = _ADDRESS_READERS if table == "address" else _READERS
    if name in readers:
        return Column(name, names, readers[name])
    if table == "phone" and name == "type":
        return Column(name, names, _phone_type)
    return _by_type(name, names, column)


def _by_type(name: str, names: tuple[str, ...], column: Stored[object]) -> Column:
    readers = (
        (Boolean, read_yes_no),
        (Float, read_number),
        (Integer, read_integer),
        (Date, read_date),
        (UtcDateTime, read_instant),
        (JSON, read_list),
    )
    for kind, read in readers:
        if isinstance(column.type, kind):
            return Column(name, names, read)
    if isinstance(column.type, String) and column.type.length:
        return line(name, *names, longest=column.type.length)
    return text(name, *names)


def _phone_type(cell: str) -> str:
    return PHONE_TYPES.get(cell.lower(), "voice")
