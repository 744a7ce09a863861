"""The steps of a merge: each sets one column of one row, and knows what was there before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, Table, and_, insert, select, update

from resource_hub.accounts.work import Work
from resource_hub.core.db import Base, UtcDateTime
from resource_hub.inventory.models import Change
from resource_hub.inventory.rules.changes import as_text
from resource_hub.inventory.service.changes import change_row
from resource_hub.inventory.values import FieldChange

MERGE = "merge"
CHANGED_AT = "changed_at"

Row = Mapping[str, Any]
Step = dict[str, Any]


@dataclass
class Steps:
    """The steps that were taken, in their order."""

    work: Work
    market_id: str
    taken: list[Step] = field(default_factory=list)
    _stamped: set[tuple[str, ...]] = field(default_factory=set)

    def put(self, table: Table, row: Row, column: str, value: object) -> None:
        """Set a column of a row that was read, and note it; the row itself counts as changed now."""
        self._one(table, row, column, value)
        stamp = (table.name, *key_of(table, row).values())
        if CHANGED_AT in table.columns and stamp not in self._stamped:
            self._stamped.add(stamp)
            self._one(table, row, CHANGED_AT, self.work.now)

    def write_history(self) -> None:
        """Write each step into the history of its row."""
        write_history(self.work, self.market_id, self.taken)

    def _one(self, table: Table, row: Row, column: str, value: object) -> None:
        key = key_of(table, row)
        before = row[column]
        if before == value:
            return
        self.work.session.connection().execute(update(table).where(where(table, key)).values({column: value}))
        step = {"table": table.name, "key": key, "column": column, "before": stored(before), "after": stored(value)}
        self.taken.append(step)


def write_history(work: Work, market_id: str, steps: Iterable[Step], *, back: bool = False) -> None:
    """Write steps, or their undoing, into the history of their rows."""
    rows = [
        change_row(work, market_id, step["table"], step["key"]["id"], _change(step, back=back), MERGE)
        for step in steps
        if "id" in step["key"] and step["column"] != CHANGED_AT and step["table"] != "app_user"
    ]
    if rows:
        work.session.execute(insert(Change), rows)


def _change(step: Step, *, back: bool) -> FieldChange:
    before, after = as_text(step["before"]), as_text(step["after"])
    return FieldChange(step["column"], *((after, before) if back else (before, after)))


def table_named(name: str) -> Table:
    """Return a table by its name."""
    return Base.metadata.tables[name]


def key_of(table: Table, row: Row) -> dict[str, str]:
    """Return the primary key of a row."""
    return {column.name: row[column.name] for column in table.primary_key}


def where(table: Table, key: Mapping[str, str]) -> ColumnElement[bool]:
    """Return the condition that finds a row by its key."""
    return and_(*(table.c[name] == value for name, value in key.items()))


def rows_where(work: Work, table: Table, condition: ColumnElement[bool]) -> list[Row]:
    """Return the rows of a table that meet a condition, in the order of their keys."""
    query = select(table).where(condition).order_by(*table.primary_key)
    return [dict(row) for row in work.session.connection().execute(query).mappings()]


def stored(value: object) -> object:
    """Return a value as the merge keeps it."""
    return value.isoformat() if isinstance(value, date | datetime) else value


def restored(table: Table, column: str, value: object) -> object:
    """Return a kept value as the column holds it."""
    kind = table.c[column].type
    if isinstance(value, str) and isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(value, str) and isinstance(kind, Date) else value
