"""Which file is which table, and how each column is read: by the type of the inventory's own column."""

from functools import lru_cache

from sqlalchemy import JSON, Boolean, Date, Float, Integer, String
from sqlalchemy import Column as Stored

from resource_hub.core.db import UtcDateTime
from resource_hub.exchange.hsds import standard
from resource_hub.exchange.hsds.reading import versions
from resource_hub.exchange.hsds.reading.hours import read_byday
from resource_hub.exchange.tabular.cleaning import (
    read_date,
    read_instant,
    read_integer,
    read_list,
    read_number,
    read_time,
    read_yes_no,
    read_zone,
)
from resource_hub.exchange.tabular.columns import LONGEST_ID, Column, Read, line, text
from resource_hub.exchange.tabular.contents import read_country, read_email, read_status, read_web
from resource_hub.inventory.service import schema

# Files are named after the table or its plural; these follow no rule.
_NAMES = {
    "services_at_location": "service_at_location",
    "services_at_locations": "service_at_location",
    "services_taxonomy": "service_taxonomy",
    "services_taxonomies": "service_taxonomy",
    "payments_accepted": "payment_accepted",
    "accessibilities_for_disabilities": "accessibility_for_disabilities",
    "additional_urls": "url",
    "additional_websites": "url",
    "capacities": "service_capacity",
    "taxonomy_detail": "taxonomy",
}
# What the inventory adds to HSDS, or fills itself.
_OURS = frozenset(
    {"id", "market_id", "source", "source_id", "created_at", "changed_at", "confidential", "modes", "fact"}
    | {"last_modified_zone", "updated_zone", "opens_at_zone", "closes_at_zone", "point_source"}
)
_LINKS = frozenset(link for _entity, link in schema.LINKS.values())
# The zone that a time was written in stands in the same cell.
_ZONES = {
    "last_modified_zone": "last_modified",
    "updated_zone": "updated",
    "opens_at_zone": "opens_at",
    "closes_at_zone": "closes_at",
}

# Columns that the inventory fills with an empty text where a feed says nothing.
MAY_BE_EMPTY = frozenset(
    {"address_1", "city", "state_province", "postal_code"}
    | {"last_action_type", "field_name", "previous_value", "replacement_value", "updated_by"}
)
_READERS: dict[str, Read] = {
    "email": read_email,
    "assurer_email": read_email,
    "url": read_web,
    "website": read_web,
    "opens_at": read_time,
    "closes_at": read_time,
    "status": read_status,
    "byday": read_byday,
    "country": read_country,
}


@lru_cache(maxsize=1_000)
def table_of(file: str) -> str | None:
    """Return the table of any version that a file (without `.csv`) holds; None for a file of another kind."""
    name = _NAMES.get(file, file)
    for candidate in (name, name.removesuffix("s"), name.removesuffix("es"), name.removesuffix("ies") + "y"):
        if candidate in standard.tables() or candidate in versions.renamings():
            return candidate
    return None


@lru_cache(maxsize=64)
def columns_of(table: str) -> tuple[Column, ...]:
    """Return how the columns of a table are read."""
    stored = schema.tables()[table].columns
    read = tuple(_column(table, column) for column in stored if column.name not in _OURS)
    return read + tuple(Column(zone, (time,), read_zone) for zone, time in _ZONES.items() if zone in stored)


@lru_cache(maxsize=64)
def needed_by(table: str) -> frozenset[str]:
    """Return the columns, apart from references, that must be filled and have no default."""
    return frozenset(
        column.name
        for column in schema.tables()[table].columns
        if column.name not in _OURS | MAY_BE_EMPTY | set(schema.references(table))
        and not column.nullable
        and column.default is None
    )


def _column(table: str, column: Stored[object]) -> Column:
    name = column.name
    names = ("source", name) if name == "funding_source" else (name,)
    if name in _READERS:
        return Column(name, names, _READERS[name])
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
    if name in schema.references(column.table.name) or name in _LINKS:
        # The source's id, which may be longer than ours.
        return line(name, *names, longest=LONGEST_ID)
    if isinstance(column.type, String) and column.type.length:
        return line(name, *names, longest=column.type.length)
    return text(name, *names)
