"""Records of any HSDS table as plain rows, for storing what a source states."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from resource_hub.inventory.models import Change, RecordMerge

_CHUNK = 500

Rows = dict[str, dict[str, object]]


def rows_by_source_id(session: Session, table: Table, market_id: str) -> Rows:
    """Return a market's rows of a table that came from a source, by the id that the source gave them."""
    query = select(table).where(table.c.market_id == market_id, table.c.source_id.is_not(None))
    return {row["source_id"]: dict(row) for row in session.execute(query).mappings()}


def taken_ids(session: Session, tables: Mapping[str, Table], ids: Mapping[str, Sequence[str]]) -> set[tuple[str, str]]:
    """Return which of some ids are in use, in any market, with their table."""
    taken: set[tuple[str, str]] = set()
    for name, wanted in ids.items():
        for start in range(0, len(wanted), _CHUNK):
            some = select(tables[name].c.id).where(tables[name].c.id.in_(wanted[start : start + _CHUNK]))
            taken.update((name, found) for found in session.scalars(some))
    return taken


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
