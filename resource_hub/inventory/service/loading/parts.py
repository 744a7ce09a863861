"""What a row said before and says no longer."""

from collections.abc import Iterable

from sqlalchemy import delete, update

from resource_hub.core.db import insert_many
from resource_hub.core.scratch import MOST_VALUES, in_batches
from resource_hub.inventory.queries import records as stored
from resource_hub.inventory.rules.parts import owner_of
from resource_hub.inventory.service import schema
from resource_hub.inventory.service.changes import WHOLE
from resource_hub.inventory.service.loading.storing import HISTORY, Loading
from resource_hub.inventory.values import FieldChange


def remove(loading: Loading) -> None:
    """Remove the parts of rows that were read and no longer state them, unless a steward has touched them."""
    touched = {(table, record_id) for table, record_id, _field in loading.kept}
    for table in schema.tables():
        if table not in schema.KEPT_PARTS and loading.had_any(table):
            for page in stored.parts(loading.work.session, schema.tables()[table], loading.market.id):
                _lose(loading, table, [source_id for key, source_id in page if (table, key) not in touched])
    for table in reversed(list(schema.tables())):
        for source_ids in in_batches(loading.memory.all_lost(table), MOST_VALUES):
            _delete(loading, table, source_ids)


def _lose(loading: Loading, table: str, source_ids: Iterable[str]) -> None:
    owners = {f"{table}/{source_id}": owner_of(source_id) or "" for source_id in source_ids}
    stated = loading.memory.seen(owners)
    # What belongs to a part that is gone goes with it.
    rows = loading.memory.seen(owners.values()) | loading.memory.lost(owners.values())
    loading.memory.lose(key for key, owner in owners.items() if key not in stated and owner in rows)


def _delete(loading: Loading, table: str, source_ids: list[str]) -> None:
    session, tables = loading.work.session, schema.tables()
    there = stored.ids_by_source_id(session, tables[table], loading.market.id, source_ids)
    gone = sorted(there.values())
    for name, other in tables.items():
        for column, target in schema.references(name).items():
            if target == table and other.c[column].nullable:
                session.execute(update(other).where(other.c[column].in_(gone)).values({column: None}))
    session.execute(delete(tables[table]).where(tables[table].c.id.in_(gone)))
    changes = [loading.change(table, key, FieldChange(WHOLE, "there", ""), "delete") for key in gone]
    loading.changed |= bool(changes)
    insert_many(session, schema.tables()[HISTORY], changes)
