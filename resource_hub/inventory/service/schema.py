"""The tables that sources fill, in the order in which they may be written, and how they refer to each other."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Table
from sqlalchemy.sql.schema import CallableColumnDefault, ScalarElementColumnDefault

from resource_hub.core.db import Base
from resource_hub.inventory.models import Change
from resource_hub.inventory.models.listed import Listed

# Records without which a directory is damaged; of the others one may be left out.
CORE = frozenset({"organization", "location", "service"})
# Read out of another record's row, but kept when the row no longer states it: referrals and capacity stand on it.
KEPT_PARTS = frozenset({"service_at_location"})


# What hangs on records of any table, named by two columns.
LINKS = {"attribute": ("link_entity", "link_id"), "metadata": ("resource_type", "resource_id")}


@lru_cache(maxsize=1)
def tables() -> Mapping[str, Table]:
    """Return the tables of HSDS records by name; a table comes after those that it refers to."""
    ours = {mapper.local_table for mapper in Base.registry.mappers if issubclass(mapper.class_, Listed | Change)}
    found = {table.name: table for table in Base.metadata.sorted_tables if table in ours}
    return {name: table for name, table in found.items() if name not in LINKS} | {name: found[name] for name in LINKS}


@lru_cache(maxsize=64)
def references(table: str) -> Mapping[str, str]:
    """Return the columns of a table that refer to other records, with the table they refer to."""
    return {
        column.name: key.column.table.name
        for column in tables()[table].columns
        for key in column.foreign_keys
        if key.column.table.name in tables()
    }


@lru_cache(maxsize=64)
def parent(table: str) -> str | None:
    """Return the column that refers to another record of the same table; None where there is none."""
    return next((column for column, target in references(table).items() if target == table), None)


@lru_cache(maxsize=64)
def owners(table: str) -> frozenset[str]:
    """Return the references of which one must lead somewhere, or the record would belong to nothing."""
    if table in CORE | {"taxonomy", "taxonomy_term", "unit", "meta_table_description", *LINKS}:
        return frozenset()
    return frozenset(references(table)) - {"program_id", "unit_id"}


@lru_cache(maxsize=64)
def needed(table: str) -> frozenset[str]:
    """Return the columns that cannot be empty: where a source says nothing they stay, or have a default."""
    return frozenset(column.name for column in tables()[table].columns if not column.nullable)


@lru_cache(maxsize=64)
def stamps(table: str) -> frozenset[str]:
    """Return the columns that say when a record was made and changed."""
    return frozenset({"created_at", "changed_at"} & set(tables()[table].columns.keys()))


@lru_cache(maxsize=64)
def blank(table: str) -> Mapping[str, object]:
    """Return what the columns hold where a source says nothing: their default, or nothing."""
    return {column.name: _default(column) for column in tables()[table].columns}


def _default(column: Column[Any]) -> object:
    if isinstance(column.default, CallableColumnDefault):
        make: Any = column.default.arg
        return make(None)
    return column.default.arg if isinstance(column.default, ScalarElementColumnDefault) else None
