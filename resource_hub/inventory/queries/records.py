"""Records of any HSDS table as plain rows, for storing what a source states."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, exists, func, literal, select
from sqlalchemy.orm import Session

from resource_hub.core.scratch import MOST_VALUES, in_batches
from resource_hub.inventory.models import Change, Phone, RecordMerge, Service, ServiceAtLocation

Rows = dict[str, dict[str, object]]

PAGE = 2_000


def has_sourced(session: Session, table: Table, market_id: str) -> bool:
    """Tell whether a market has any row of a table that came from a source."""
    query = select(table.c.id).where(table.c.market_id == market_id, table.c.source_id.is_not(None)).limit(1)
    return session.scalar(query) is not None


def rows_by_source_id(session: Session, table: Table, market_id: str, source_ids: Iterable[str]) -> Rows:
    """Return a market's rows of a table by the id that the source gave them, of those that are there."""
    found: Rows = {}
    for some in in_batches(source_ids, MOST_VALUES):
        query = select(table).where(table.c.market_id == market_id, table.c.source_id.in_(some))
        found.update({row["source_id"]: dict(row) for row in session.execute(query).mappings()})
    return found


def ids_by_source_id(session: Session, table: Table, market_id: str, source_ids: Iterable[str]) -> dict[str, str]:
    """Return our ids of a market's records by the source's, of those that are there.

    What refers to a merged record belongs to the one that it went into.
    """
    found: dict[str, str] = {}
    ours = func.coalesce(table.c.merged_into, table.c.id) if "merged_into" in table.c else table.c.id
    for some in in_batches(source_ids, MOST_VALUES):
        query = select(table.c.source_id, ours)
        query = query.where(table.c.market_id == market_id, table.c.source_id.in_(some))
        found.update((source_id, record_id) for source_id, record_id in session.execute(query))
    return found


def merged_records(session: Session, tables: Iterable[Table], market_id: str) -> dict[tuple[str, str], str]:
    """Return where the merged records of a market went, by table and id."""
    merged: dict[tuple[str, str], str] = {}
    for table in tables:
        if "merged_into" in table.c:
            query = select(table.c.id, table.c.merged_into)
            rows = session.execute(query.where(table.c.market_id == market_id, table.c.merged_into.is_not(None)))
            merged.update(((table.name, gone), kept) for gone, kept in rows)
    return merged


def taken_ids(session: Session, table: Table, ids: Iterable[str]) -> set[str]:
    """Return which of some ids are in use, in any market."""
    taken: set[str] = set()
    for some in in_batches(ids, MOST_VALUES):
        taken.update(session.scalars(select(table.c.id).where(table.c.id.in_(some))))
    return taken


def parents(session: Session, table: Table, column: str, market_id: str) -> dict[str, str | None]:
    """Return the parent of each record of a market that has one."""
    up = table.c[column]
    query = select(table.c.id, up).where(table.c.market_id == market_id, up.is_not(None))
    return {row.id: row[1] for row in session.execute(query)}


def parts(session: Session, table: Table, market_id: str) -> Iterator[list[tuple[str, str]]]:
    """Return, page by page, id and source id of the records that were read out of another record's row."""
    query = select(table.c.id, table.c.source_id).where(table.c.market_id == market_id, table.c.source_id.contains("#"))
    return pages(session, query.order_by(table.c.id), table.c.id)


def services_without_place(session: Session, market_id: str, part: str) -> Iterator[list[tuple[str, str, bool]]]:
    """Return, page by page, the services that are offered nowhere but at the part of a name that stands for no place.

    Each has its id, its source id, and whether it or its organization can be called.
    """
    own = literal("service/") + Service.source_id + literal(f"#{part}/")
    elsewhere = ServiceAtLocation.source_id.is_(None) | (ServiceAtLocation.source_id != own)
    placed = exists().where(ServiceAtLocation.service_id == Service.id, elsewhere)
    called = exists().where(Phone.service_id == Service.id)
    reached = exists().where(Phone.organization_id == Service.organization_id)
    query = select(Service.id, Service.source_id, called | reached)
    query = query.where(Service.market_id == market_id, Service.source_id.is_not(None), ~placed)
    query = query.where(Service.merged_into.is_(None))
    return pages(session, query.order_by(Service.id), Service.__table__.c.id)


def pages(session: Session, query: Select[*tuple[Any, ...]], key: ColumnElement[str]) -> Iterator[list[Any]]:
    """Return the rows of a query page by page; it is in the order of a key, which is its first column."""
    last = ""
    while page := list(session.execute(query.where(key > last).limit(PAGE))):
        yield page
        last = page[-1][0]


def fields_changed_by(session: Session, market_id: str, source: str) -> frozenset[tuple[str, str, str]]:
    """Return which fields a source of changes has set in a market: table, record and field."""
    query = select(Change.resource_type, Change.resource_id, Change.field_name)
    changed = session.execute(query.where(Change.market_id == market_id, Change.source == source))
    return frozenset((table, record, field) for table, record, field in changed)


def decided_fields(session: Session, market_id: str, source: str) -> frozenset[tuple[str, str, str]]:
    """Return which fields a source of changes has set in a market, or a merge that stands has chosen."""
    standing = RecordMerge.market_id == market_id, RecordMerge.undone_at.is_(None)
    held = session.scalars(select(RecordMerge.held).where(*standing))
    chosen = (name.split(" ", 2) for names in held for name in names)
    by_merges = frozenset((table, record, field) for table, record, field in chosen)
    return fields_changed_by(session, market_id, source) | by_merges
