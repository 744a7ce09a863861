"""A market as JSON: every service, whole, and then what hangs on no service.

A service stands as it is; anything else in a list under its table's name, for fields alone do not tell every kind.
"""

import json
from collections.abc import Iterator

from sqlalchemy.orm import Session

from resource_hub.exchange.hsds import standard
from resource_hub.exchange.hsds.writing.gathering import Gathered, gather
from resource_hub.exchange.hsds.writing.market import batches_of
from resource_hub.exchange.hsds.writing.names import names_of
from resource_hub.exchange.hsds.writing.objects import Object, Writer
from resource_hub.exchange.hsds.writing.redaction import shown
from resource_hub.exchange.hsds.writing.sinks import Open
from resource_hub.exchange.hsds.writing.tables import published
from resource_hub.exchange.hsds.writing.values import Watch
from resource_hub.inventory.models import Market
from resource_hub.inventory.queries.hidden import Hidden
from resource_hub.inventory.queries.publishing import Record, public_ids, records_with

# What is written whole, and through which column of which table a record is inside something before it already.
_ROOTS = (
    ("service", "", ""),
    ("organization", "service", "organization_id"),
    ("location", "service_at_location", "location_id"),
    ("taxonomy_term", "", ""),
    ("taxonomy", "taxonomy_term", "taxonomy_id"),
    ("unit", "service_capacity", "unit_id"),
    ("meta_table_description", "", ""),
    ("metadata", "", ""),
)

_PLURAL = {table.name: table.file.removesuffix(".csv") for table in standard.tables().values()}


def write_lines(session: Session, market: Market, hidden: Hidden, opened: Open, watch: Watch) -> None:
    """Write one object in each line."""
    with opened("") as file:
        for one in watch(objects(session, market, hidden)):
            file.write(_text(one) + b"\n")


def write_list(session: Session, market: Market, hidden: Hidden, opened: Open, watch: Watch) -> None:
    """Write one list of all objects."""
    with opened("") as file:
        before = b"[\n"
        for one in watch(objects(session, market, hidden)):
            file.write(before + _text(one))
            before = b",\n"
        file.write(b"[\n]\n" if before == b"[\n" else b"\n]\n")


def objects(session: Session, market: Market, hidden: Hidden) -> Iterator[Object]:
    """Go through a market's objects, in a fixed order; some of them are in memory at a time."""
    for table, inside, column in _ROOTS:
        for batch in batches_of(session, market, table, hidden):
            within = _within(session, batch, table, inside, column)
            roots = [record for record in batch if record["id"] not in within]
            for written in _written(session, table, roots, hidden):
                yield written if table == "service" else {_PLURAL[table]: [written]}


def _written(session: Session, table: str, roots: list[Record], hidden: Hidden) -> Iterator[Object]:
    gathered = Gathered(lambda name, record: shown(name, record, hidden))
    gathered.add(table, roots)
    gather(session, gathered, {table})
    names = names_of(session, {name: list(some.values()) for name, some in gathered.records.items()})
    writer = Writer(gathered, names)
    yield from (writer.whole(table, record) for record in gathered.records[table].values())


def _within(session: Session, batch: list[Record], table: str, inside: str, column: str) -> frozenset[str]:
    """Return which records stand inside something that is written before."""
    if table == "metadata":
        return _about_something(session, batch)
    if not inside:
        return frozenset()
    ids = (str(record["id"]) for record in batch)
    return frozenset(str(record[column]) for record in records_with(session, published()[inside], column, ids))


def _about_something(session: Session, history: list[Record]) -> frozenset[str]:
    kinds = {str(record["resource_type"]) for record in history} & set(published())
    there = {
        (kind, one)
        for kind in kinds
        for one in public_ids(session, published()[kind], (str(record["resource_id"]) for record in history))
    }
    return frozenset(str(one["id"]) for one in history if (one["resource_type"], one["resource_id"]) in there)


def _text(one: Object) -> bytes:
    return json.dumps(one, ensure_ascii=False, separators=(",", ":")).encode()
