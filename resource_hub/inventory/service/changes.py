"""Setting fields of records, with every change in the history: what imports and stewards have in common."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from sqlalchemy import Table, bindparam, update
from sqlalchemy.orm import Session

from resource_hub.accounts.work import Work
from resource_hub.inventory.models import Change
from resource_hub.inventory.models.listed import Listed
from resource_hub.inventory.rules.changes import differences
from resource_hub.inventory.values import FieldChange, FieldValue

IMPORT = "import"
STEWARD = "steward"
# What a feed says of its own history; it decides nothing here.
FEED = "feed"
# The field name of a change that is about the whole record: it was added or removed.
WHOLE = "*"


def set_fields(work: Work, record: Listed, fields: Mapping[str, FieldValue], source: str) -> list[str]:
    """Set fields of a record and write each that changes into the history; return the names of those."""
    before = {name: getattr(record, name) for name in fields}
    changes = differences(before, fields)
    for change in changes:
        setattr(record, change.field, fields[change.field])
        change_record(work, record, change, source)
    if changes:
        record.changed_at = work.now
    return [change.field for change in changes]


def change_record(work: Work, record: Listed, change: FieldChange, source: str, action: str = "update") -> None:
    """Write one change of a record into the history."""
    row = change_row(work, record.market_id, table_of(record), record.id, change, source, action)
    work.session.add(Change(**row))


def table_of(record: Listed) -> str:
    """Return the name of the table that a record is in."""
    return str(type(record).__dict__["__tablename__"])


def change_row(
    work: Work, market_id: str, table: str, record_id: str, change: FieldChange, source: str, action: str = "update"
) -> dict[str, object]:
    """Return a row of the history."""
    return {
        "id": work.new_id(),
        "market_id": market_id,
        "resource_type": table,
        "resource_id": record_id,
        "last_action_date": work.now,
        "last_action_type": action,
        "field_name": change.field,
        "previous_value": change.before,
        "replacement_value": change.after,
        "updated_by": work.actor.user_id or work.actor.name,
        "source": source,
    }


def update_rows(session: Session, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Set columns of many rows of a table, each named by its `id`."""
    for columns, group in groupby(sorted(rows, key=sorted), key=sorted):
        names = [name for name in columns if name != "id"]
        statement = update(table).where(table.c.id == bindparam("row_id"))
        statement = statement.values({name: bindparam(f"new_{name}") for name in names})
        session.connection().execute(statement, [_parameters(row, names) for row in group])


def _parameters(row: Mapping[str, object], names: Iterable[str]) -> dict[str, object]:
    return {"row_id": row["id"], **{f"new_{name}": row[name] for name in names}}
