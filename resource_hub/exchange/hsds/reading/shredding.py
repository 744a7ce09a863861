"""Nested objects of HSDS taken apart into the rows of its tables."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from resource_hub.core.ids import derived_id
from resource_hub.exchange.hsds import standard
from resource_hub.exchange.hsds.reading import versions
from resource_hub.exchange.hsds.reading.layout import table_of
from resource_hub.exchange.hsds.reading.store import Store
from resource_hub.exchange.tabular.columns import LONGEST_ID, Notes
from resource_hub.inventory.rules.parts import part_id
from resource_hub.inventory.service import schema
from resource_hub.inventory.values import Origin

Object = dict[str, Any]
_KEY_LENGTH = 12


@dataclass(frozen=True)
class Owner:
    """The record that an object stands in."""

    table: str
    id: str
    key: str


@dataclass(frozen=True)
class Shredder:
    """Takes objects apart into a store."""

    store: Store
    notes: Notes

    def shred(self, table: str, value: Object, origin: Origin, owner: Owner | None = None) -> str:
        """Keep the rows of an object and of all in it; return the object's id, a derived one where it has none."""
        said = {name.lower(): _text(item) for name, item in value.items() if _is_text(item)}
        row_id = said.get("id") or _made_id(table, value, owner)
        if _today(table) not in schema.CORE:
            said["id"] = row_id
        implied = _implied(table, owner) if owner else {}
        if owner and _today(table) in schema.LINKS:
            # Where it stands is what it is about, whatever else it says.
            said = {name: cell for name, cell in said.items() if name not in implied}
        for name, item, place in _nested(value, origin):
            child = _child(table, name)
            if child is None:
                said[name.lower()] = _text(json.dumps(item))
            elif isinstance(value[name], dict) and f"{_today(child)}_id" in _columns(table):
                around = {**implied, **said}
                inherited = {column: around[column] for column in _shared(table, child) if column in around}
                implied.setdefault(f"{_today(child)}_id", self.shred(child, {**inherited, **item}, place))
            else:
                self.shred(child, item, place, Owner(_today(table), row_id, name))
        for column in sorted(self.store.put(table, row_id, said, implied, origin)):
            text = "The same record stands in two places. It was kept at the first; give the other an id of its own."
            self.notes.report(origin, column, "several_places", text)
        return row_id


def _nested(value: Object, origin: Origin) -> Iterator[tuple[str, Object, Origin]]:
    # The organization first: what stands beside it may belong to it.
    for name in sorted(value, key=lambda name: name != "organization"):
        item = value[name]
        if isinstance(item, dict) and item:
            yield name, item, Origin(origin.file, origin.row, f"{origin.path}{name}.")
        for number, one in enumerate(item if isinstance(item, list) else ()):
            if isinstance(one, dict) and one:
                yield name, one, Origin(origin.file, origin.row, f"{origin.path}{name}[{number}].")


def _is_text(item: object) -> bool:
    if isinstance(item, list):
        return bool(item) and not any(isinstance(one, dict | list) for one in item)
    return item is not None and item != "" and not isinstance(item, dict)


def _text(item: object) -> str:
    if isinstance(item, list):
        return ",".join(_text(one) for one in item)
    if isinstance(item, bool):
        return "true" if item else "false"
    return str(item).replace("\0", "").strip()


def _made_id(table: str, value: Object, owner: Owner | None) -> str:
    made = derived_id(table, json.dumps(value, sort_keys=True))
    if owner is None:
        return made
    # A part of its owner: it goes when the owner no longer states it.
    part = part_id(owner.table, owner.id, owner.key, made[-_KEY_LENGTH:])
    return part if len(part) <= LONGEST_ID else made


def _implied(table: str, owner: Owner) -> dict[str, str]:
    today = _today(table)
    if today in schema.LINKS:
        entity, link = schema.LINKS[today]
        return {entity: owner.table, link: owner.id}
    column = f"{owner.table}_id"
    return {column: owner.id} if column in _columns(table) else {}


@lru_cache(maxsize=1_000)
def _child(table: str, name: str) -> str | None:
    fields = standard.tables()[table].fields if table in standard.tables() else {}
    return fields[name].of if name in fields and fields[name].nested else table_of(name)


@lru_cache(maxsize=1_000)
def _today(table: str) -> str:
    renaming = versions.renamings().get(table)
    return renaming.table if renaming else table


@lru_cache(maxsize=1_000)
def _columns(table: str) -> Mapping[str, object]:
    found = schema.tables()[_today(table)].columns
    return {column.name: None for column in found}


@lru_cache(maxsize=1_000)
def _shared(table: str, child: str) -> tuple[str, ...]:
    # A program inside a service belongs to the service's organization.
    needed = schema.needed(_today(child)) & set(schema.references(_today(child)))
    return tuple(sorted(needed & _columns(table).keys()))
