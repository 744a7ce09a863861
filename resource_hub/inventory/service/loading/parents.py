"""Parents within a table, set when all records are there: they may stand in any order, but not in a ring."""

from collections.abc import Mapping

from resource_hub.core.db import insert_many
from resource_hub.core.scratch import MOST_VALUES, in_batches
from resource_hub.inventory.queries import records as stored
from resource_hub.inventory.rules.changes import differences
from resource_hub.inventory.rules.rings import ring_closers
from resource_hub.inventory.service import schema
from resource_hub.inventory.service.changes import update_rows
from resource_hub.inventory.service.loading.memory import Child
from resource_hub.inventory.service.loading.storing import HISTORY, Loading, kept
from resource_hub.inventory.values import Problem


def settle(loading: Loading) -> None:
    """Give every record the parent that its source names; a ring is a bad row, and its first record has none."""
    for table in schema.tables():
        column = schema.parent(table)
        if column:
            _settle(loading, table, column)


def _settle(loading: Loading, table: str, column: str) -> None:
    wanted = _wanted(loading, table, column)
    if not wanted:
        return
    before = stored.parents(loading.work.session, schema.tables()[table], column, loading.market.id)
    closers = frozenset(ring_closers({**before, **wanted}, list(wanted)))
    for children in in_batches(loading.memory.children(table), MOST_VALUES):
        for child in children:
            if child.record_id in closers:
                wanted[child.record_id] = None
                text = "Going up from parent to parent leads back to this row. Mend one of the parents."
                loading.problems.append(Problem(child.origin, column, "ring_of_parents", text, fatal=True))
        _write(loading, table, column, children, before, wanted)


def _wanted(loading: Loading, table: str, column: str) -> dict[str, str | None]:
    wanted: dict[str, str | None] = {}
    for children in in_batches(loading.memory.children(table), MOST_VALUES):
        source_ids = {child.parent for child in children}
        there = stored.ids_by_source_id(loading.work.session, schema.tables()[table], loading.market.id, source_ids)
        for child in children:
            wanted[child.record_id] = there.get(child.parent)
            if child.parent not in there:
                text = f"There is no {table} with this id. Left empty; add it, or mend the id."
                loading.problems.append(Problem(child.origin, column, f"unknown_{table}", text))
    return wanted


def _write(
    loading: Loading,
    table: str,
    column: str,
    children: list[Child],
    before: Mapping[str, str | None],
    wanted: Mapping[str, str | None],
) -> None:
    updates, changes = [], []
    for child in children:
        record_id, parent = child.record_id, wanted[child.record_id]
        for change in differences({column: before.get(record_id)}, {column: parent}):
            if (table, record_id, column) in loading.kept:
                text = "A steward corrected this field; the steward's value stays."
                loading.problems.append(kept(child.origin, column, text))
                continue
            updates.append({"id": record_id, "changed_at": loading.work.now, column: parent})
            if child.tally != "created":
                changes.append(loading.change(table, record_id, change))
            if child.tally == "unchanged":
                loading.count("unchanged", table, -1)
                loading.count("updated", table)
    update_rows(loading.work.session, schema.tables()[table], updates)
    insert_many(loading.work.session, schema.tables()[HISTORY], changes)
