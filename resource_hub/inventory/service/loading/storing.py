"""One batch of records of one table: what is new is inserted, what differs is updated with its history."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from resource_hub.accounts.work import Work
from resource_hub.core.db import insert_many
from resource_hub.core.ids import derived_id, is_uuid
from resource_hub.inventory.models import Market
from resource_hub.inventory.queries import records as stored
from resource_hub.inventory.rules.changes import differences
from resource_hub.inventory.rules.points import with_stated_point
from resource_hub.inventory.service import schema
from resource_hub.inventory.service.changes import (
    FEED,
    IMPORT,
    STEWARD,
    WHOLE,
    change_row,
    update_rows,
)
from resource_hub.inventory.service.loading.memory import Child, Memory, key_of
from resource_hub.inventory.service.references import References, Unresolved, resolve
from resource_hub.inventory.service.verification import take_over
from resource_hub.inventory.values import Draft, FieldChange, KeptValue, Origin, Problem

_TALLIES = ("read", "created", "updated", "unchanged", "skipped")

HISTORY = "metadata"

Row = dict[str, object]


@dataclass
class Loading:
    """One load: what it remembers, what stewards have said, and what became of each record."""

    work: Work
    market: Market
    memory: Memory
    references: References
    kept: frozenset[tuple[str, str, str]]
    merged: Mapping[tuple[str, str], str]
    tallies: dict[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in _TALLIES})
    problems: list[Problem] = field(default_factory=list)
    kept_values: list[KeptValue] = field(default_factory=list)
    before: dict[str, bool] = field(default_factory=dict)
    changed: bool = False

    def count(self, what: str, table: str, number: int = 1) -> None:
        """Count records of a table."""
        self.tallies[what][table] += number

    def skip(self, table: str, problem: Problem) -> None:
        """Leave out a record."""
        self.problems.append(problem)
        self.count("skipped", table)

    def had_any(self, table: str) -> bool:
        """Tell whether the market had records of a table from a source before this load."""
        if table not in self.before:
            there = stored.has_sourced(self.work.session, schema.tables()[table], self.market.id)
            self.before[table] = there
        return self.before[table]

    def change(self, table: str, record_id: str, change: FieldChange, action: str = "update") -> Row:
        """Return a row of the history."""
        return change_row(self.work, self.market.id, table, record_id, change, IMPORT, action)


@dataclass
class _Batch:
    """What is to be written of one batch."""

    table: str
    rows: stored.Rows
    ids: Mapping[str, str]
    inserts: list[Row] = field(default_factory=list)
    updates: list[Row] = field(default_factory=list)
    changes: list[Row] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)


def begin(work: Work, market: Market, memory: Memory) -> Loading:
    """Begin a load."""
    kept = stored.decided_fields(work.session, market.id, STEWARD)
    merged = stored.merged_records(work.session, schema.tables().values(), market.id)
    return Loading(work, market, memory, References(work.session, market.id), kept, merged)


def take(loading: Loading, table: str, drafts: Sequence[Draft]) -> None:
    """Store a batch of records of one table."""
    loading.count("read", table, len(drafts))
    known = loading.had_any(table)
    seen = loading.memory.seen(map(key_of, drafts)) if loading.tallies["read"][table] > len(drafts) else set()
    rows: stored.Rows = {}
    if known or seen:
        source_ids = [draft.source_id for draft in drafts]
        rows = stored.rows_by_source_id(loading.work.session, schema.tables()[table], loading.market.id, source_ids)
    loading.references.learn(drafts)
    batch = _Batch(table, rows, _ids(loading, table, drafts, rows))
    first: dict[str, Draft] = {}
    for draft in drafts:
        if draft.source_id in first:
            _skip_double(loading, draft, same=first[draft.source_id].fields == draft.fields)
        elif key_of(draft) in seen:
            _skip_double(loading, draft, same=_stored_alike(loading, batch, draft))
        else:
            first[draft.source_id] = draft
            _take(loading, batch, draft)
    loading.memory.see(drafts)
    _write(loading, batch, first)


def _ids(loading: Loading, table: str, drafts: Sequence[Draft], rows: stored.Rows) -> dict[str, str]:
    # Our id: the one the record has already, its own where that is a free UUID, else a derived one.
    own = {draft.source_id: draft.source_id.lower() for draft in drafts if is_uuid(draft.source_id)}
    new = [uuid for source_id, uuid in own.items() if source_id not in rows]
    taken = stored.taken_ids(loading.work.session, schema.tables()[table], new)
    ids = {source_id: str(row["id"]) for source_id, row in rows.items()}
    for draft in drafts:
        uuid = own.get(draft.source_id)
        if draft.source_id not in ids:
            free = uuid is not None and uuid not in taken
            ids[draft.source_id] = uuid if uuid and free else derived_id(table, loading.market.slug, draft.source_id)
            if uuid and free:
                taken.add(uuid)
    return ids


def _skip_double(loading: Loading, draft: Draft, *, same: bool) -> None:
    text = "The row stands here twice." if same else "Another row with other words has this id. Give one a new id."
    fatal = not same and draft.table in schema.CORE
    loading.skip(draft.table, Problem(draft.origin, "id", "duplicate_id", text, fatal))


def _stored_alike(loading: Loading, batch: _Batch, draft: Draft) -> bool:
    row = batch.rows.get(draft.source_id)
    if row is None:
        return False
    try:
        wanted = _wanted(draft.table, resolve(loading.references, draft, []))
    except Unresolved:
        return False
    return not any(change.field != schema.parent(draft.table) for change in differences(row, wanted))


def _take(loading: Loading, batch: _Batch, draft: Draft) -> None:
    try:
        fields = resolve(loading.references, draft, loading.problems)
    except Unresolved as refusal:
        loading.skip(draft.table, refusal.problem)
        return
    before = batch.rows.get(draft.source_id)
    record_id = batch.ids[draft.source_id]
    if before is None and (draft.table, record_id, WHOLE) in loading.kept:
        loading.skip(draft.table, kept(draft.origin, WHOLE, "A steward removed this record; it stays removed."))
        return
    column = schema.parent(draft.table)
    parent = draft.fields.get(column) if column else None
    if column and parent:
        # Parents may stand later, so they are set when all are there.
        del fields[column]
    tally = "created" if before is None else _update(loading, batch, draft, before, _wanted(draft.table, fields))
    if before is None:
        batch.inserts.append(_new_row(loading, draft, record_id, fields))
    loading.count(tally, draft.table)
    if parent:
        batch.children.append(Child(record_id, str(parent), tally, draft.origin))


def _new_row(loading: Loading, draft: Draft, record_id: str, fields: Mapping[str, object]) -> Row:
    row = {
        **schema.blank(draft.table),
        **_wanted(draft.table, fields),
        "id": record_id,
        "market_id": loading.market.id,
        "source": FEED if draft.table == HISTORY else IMPORT,
        "source_id": draft.source_id,
    }
    return row | dict.fromkeys(schema.stamps(draft.table), loading.work.now)


def _wanted(table: str, fields: Mapping[str, object]) -> Mapping[str, object]:
    needed = schema.needed(table)
    return {name: value for name, value in fields.items() if value is not None or name not in needed}


def _update(
    loading: Loading, batch: _Batch, draft: Draft, before: Mapping[str, object], wanted: Mapping[str, object]
) -> str:
    record_id = str(before["id"])
    changes = []
    wanted = {**with_stated_point(before, wanted), **_left_behind(loading, draft.table, before, wanted)}
    for change in differences(before, wanted):
        if (draft.table, record_id, change.field) in loading.kept:
            text = "A steward corrected this field; the steward's value stays."
            loading.problems.append(kept(draft.origin, change.field, text))
            loading.kept_values.append(KeptValue(draft.table, record_id, change, wanted[change.field], draft.origin))
        else:
            changes.append(change)
    if not changes:
        return "unchanged"
    new = {change.field: wanted[change.field] for change in changes}
    touched = {} if draft.table == HISTORY else {"changed_at": loading.work.now}
    batch.updates.append({"id": record_id, **touched, **new})
    if draft.table != HISTORY:
        batch.changes.extend(loading.change(draft.table, record_id, change) for change in changes)
    return "updated"


def _left_behind(loading: Loading, table: str, before: Mapping[str, object], wanted: Mapping[str, object]) -> Row:
    """Return the references of a part that a merge left with the record that is not listed any more."""
    targets = dict(schema.references(table))
    if table in schema.LINKS:
        entity, link = schema.LINKS[table]
        targets[link] = str(wanted.get(entity))
    return {
        column: before[column]
        for column, target in targets.items()
        if wanted.get(column) and loading.merged.get((target, str(before[column]))) == wanted[column]
    }


def _write(loading: Loading, batch: _Batch, stated: Mapping[str, Draft]) -> None:
    session, table = loading.work.session, schema.tables()[batch.table]
    insert_many(session, table, batch.inserts)
    update_rows(session, table, batch.updates)
    insert_many(session, schema.tables()[HISTORY], batch.changes)
    loading.memory.adopt(batch.table, batch.children)
    checked = {batch.ids[source_id]: draft.checked for source_id, draft in stated.items() if draft.checked}
    if checked:
        loading.changed |= take_over(loading.work, loading.market, checked)


def kept(origin: Origin, field: str, text: str) -> Problem:
    """Return what says that a steward's word stays."""
    return Problem(origin, field, "steward_value_kept", text)
