"""Records of any HSDS table in bulk, for giving a directory away: in a fixed order, and under the ids of its source."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, bindparam, case, func, or_, select, true
from sqlalchemy.orm import Session

from resource_hub.inventory.models import Change, Location, Organization, Service, ServiceAtLocation
from resource_hub.inventory.rules.points import POSTAL_CODE

Record = Mapping[str, Any]

BATCH = 500
# SQLite takes 32,766 values in one statement.
MOST_VALUES = 10_000
FEED = "feed"
_MERGEABLE = (Organization, Location, Service, ServiceAtLocation)
# What says where a record is from and when it changed here is ours alone.
_OURS = frozenset({"source", "source_id", "created_at", "changed_at", "merged_into"})
_HEX = "0123456789abcdef-"
_SHAPE = "________-____-____-____-____________"
_DIGITS = 32


def public_id(table: Table) -> ColumnElement[str]:
    """Return the id that others know a record by: the one its source gave, where that is a UUID, else ours."""
    given = table.c.source_id
    # Neither database has a type or function for this that the other has too.
    is_uuid = and_(
        given.like(_SHAPE),
        func.length(func.replace(given, "-", "")) == _DIGITS,
        func.ltrim(func.lower(given), _HEX) == "",
    )
    return case((is_uuid, given), else_=table.c.id)


def given_away(table: Table) -> ColumnElement[bool]:
    """Return which records of a table are for others.

    Of the history it is only what feeds say, for ours names who works. A record that went into another one is not
    listed any more, nor is what a merge left with it.
    """
    said = table.c.source == FEED if table.name == Change.__tablename__ else true()
    itself = table.c.merged_into.is_(None) if "merged_into" in table.c else true()
    return and_(said, itself, *_owned_by_listed(table))


def _owned_by_listed(table: Table) -> Iterator[ColumnElement[bool]]:
    for model in _MERGEABLE:
        gone = select(model.id).where(model.merged_into.is_not(None))
        for column in table.c:
            targets = {key.column.table.name for key in column.foreign_keys} - {table.name}
            if model.__tablename__ in targets:
                yield or_(column.is_(None), column.not_in(gone))
            elif column.name == "link_id":
                yield column.not_in(gone)


def records_in_order(session: Session, table: Table, market_id: str) -> Iterator[Record]:
    """Go through a market's records of a table by their public id; only a batch of them is in memory."""
    public = public_id(table).label("public_id")
    query = select(*_columns(table), public).where(table.c.market_id == market_id, given_away(table)).order_by(public)
    rows = session.execute(query.execution_options(yield_per=BATCH))
    for row in rows.mappings():
        yield dict(row)


def records_with(
    session: Session, table: Table, column: str, values: Iterable[str], *, own_ids: bool = False
) -> list[Record]:
    """Return the records of a table whose column has one of some values, by their public id, or ours."""
    query = _having(table, column, own_ids=own_ids)
    found: list[Record] = []
    for some in batches(values):
        rows = session.connection().execute(query, {"some": some})
        names = tuple(rows.keys())
        found += [dict(zip(names, row, strict=True)) for row in rows]
    return sorted(found, key=itemgetter("public_id"))


@lru_cache(maxsize=512)
def _having(table: Table, column: str, *, own_ids: bool) -> Select[Any]:
    public = (table.c.id if own_ids else public_id(table)).label("public_id")
    among = table.c[column].in_(bindparam("some", expanding=True))
    return select(*_columns(table), public).where(among, given_away(table))


@lru_cache(maxsize=64)
def _columns(table: Table) -> tuple[ColumnElement[Any], ...]:
    return tuple(_stated(table, column) for column in table.c if column.name not in _OURS)


def _stated(table: Table, column: ColumnElement[Any]) -> ColumnElement[Any]:
    # The centre of a ZIP Code is no place's own point, and must not come back as one.
    if table.name == Location.__tablename__ and column.name in {"latitude", "longitude"}:
        guessed = table.c.point_source == POSTAL_CODE
        return case((guessed, None), else_=column).label(column.name)
    return column


def public_ids(session: Session, table: Table, ids: Iterable[str]) -> dict[str, str]:
    """Return the public ids of records, by their own."""
    found: dict[str, str] = {}
    for some in batches(ids):
        query = select(table.c.id, public_id(table)).where(table.c.id.in_(some))
        found.update((own, public) for own, public in session.execute(query))
    return found


def batches(values: Iterable[str]) -> Iterator[list[str]]:
    """Cut values into lists that fit into one statement of every database; each value comes once."""
    ordered = sorted(set(values))
    for start in range(0, len(ordered), MOST_VALUES):
        yield ordered[start : start + MOST_VALUES]
