"""Storing what a source states: every record is created, updated, left as it is, or left out with a problem."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import delete, insert

from resource_hub.accounts.work import Work
from resource_hub.core.ids import is_uuid
from resource_hub.inventory.models import Change, Market
from resource_hub.inventory.queries import records as stored
from resource_hub.inventory.rules.changes import differences
from resource_hub.inventory.rules.parts import owner_of
from resource_hub.inventory.rules.points import with_stated_point
from resource_hub.inventory.service import schema
from resource_hub.inventory.service.changes import IMPORT, STEWARD, WHOLE, change_row, insert_rows, update_rows
from resource_hub.inventory.service.references import Ids, Unresolved, resolve
from resource_hub.inventory.values import Draft, FieldChange, FieldValue, Loaded, Problem, Source

Watch = Callable[[Sequence[Draft]], Iterable[Draft]]


@dataclass
class _Loading:
    """One load: what was there, what is to be written, and what became of each record."""

    work: Work
    market: Market
    ids: Ids
    rows: dict[str, dict[str, dict[str, object]]]
    kept: frozenset[tuple[str, str, str]]
    inserts: dict[str, dict[str, dict[str, object]]] = field(default_factory=dict)
    updates: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    changes: list[dict[str, object]] = field(default_factory=list)
    tallies: dict[str, Counter[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    seen: dict[tuple[str, str], Mapping[str, FieldValue]] = field(default_factory=dict)

    def count(self, what: str, table: str) -> None:
        """Count a record of a table."""
        self.tallies.setdefault(what, Counter())[table] += 1


def load(work: Work, market: Market, source: Source, watch: Watch = iter) -> Loaded:
    """Write a source's records into a market and return what became of each; the caller judges the problems.

    `watch` goes through the records while they are read, to show progress.
    """
    loading = _begin(work, market, source)
    for draft in watch(sorted(source.drafts, key=_order)):
        _take(loading, draft)
    _write(loading)
    left_out = Counter(source.left_out)
    skipped = loading.tallies.get("skipped", Counter()) + left_out
    return Loaded(
        read=dict(loading.tallies.get("read", Counter()) + left_out),
        created=dict(loading.tallies.get("created", Counter())),
        updated=dict(loading.tallies.get("updated", Counter())),
        unchanged=dict(loading.tallies.get("unchanged", Counter())),
        skipped=dict(skipped),
        problems=(*source.problems, *loading.problems),
    )


def _order(draft: Draft) -> int:
    return list(schema.tables()).index(draft.table)


def _begin(work: Work, market: Market, source: Source) -> _Loading:
    rows = {name: stored.rows_by_source_id(work.session, table, market.id) for name, table in schema.tables().items()}
    taken = stored.taken_ids(work.session, schema.tables(), _uuids(source, rows))
    known = {name: {key: str(row["id"]) for key, row in table.items()} for name, table in rows.items()}
    ids = Ids(market.slug, known, taken)
    ids.announce(source.drafts)
    return _Loading(work, market, ids, rows, stored.fields_changed_by(work.session, market.id, STEWARD))


def _uuids(source: Source, rows: Mapping[str, Mapping[str, object]]) -> dict[str, list[str]]:
    wanted: dict[str, list[str]] = {}
    for draft in source.drafts:
        if draft.source_id not in rows[draft.table] and is_uuid(draft.source_id):
            wanted.setdefault(draft.table, []).append(draft.source_id.lower())
    return wanted


def _take(loading: _Loading, draft: Draft) -> None:
    loading.count("read", draft.table)
    if (draft.table, draft.source_id) in loading.seen:
        _skip_double(loading, draft)
        return
    loading.seen[draft.table, draft.source_id] = draft.fields
    try:
        fields = resolve(loading.ids, draft, loading.problems)
    except Unresolved as refusal:
        loading.ids.forget(draft)
        loading.problems.append(refusal.problem)
        loading.count("skipped", draft.table)
        return
    before = loading.rows[draft.table].get(draft.source_id)
    record_id = loading.ids.find(draft.table, draft.source_id)
    if (draft.table, record_id, WHOLE) in loading.kept and before is None:
        loading.problems.append(_kept(draft, WHOLE, "A steward removed this record; it stays removed."))
        loading.ids.forget(draft)
        loading.count("skipped", draft.table)
    elif before is None:
        _create(loading, draft, fields)
    else:
        _update(loading, draft, before, fields)


def _skip_double(loading: _Loading, draft: Draft) -> None:
    same = loading.seen[draft.table, draft.source_id] == draft.fields
    text = "The row stands here twice." if same else "Another row with other words has this id. Give one a new id."
    fatal = not same and draft.table in schema.CORE
    loading.problems.append(Problem(draft.origin, "id", "duplicate_id", text, fatal))
    loading.count("skipped", draft.table)


def _create(loading: _Loading, draft: Draft, fields: Mapping[str, object]) -> None:
    table = schema.tables()[draft.table]
    row = {
        **schema.blank(draft.table),
        **{name: value for name, value in fields.items() if value is not None or table.columns[name].nullable},
        "id": loading.ids.find(draft.table, draft.source_id),
        "market_id": loading.market.id,
        "source": IMPORT,
        "source_id": draft.source_id,
        "created_at": loading.work.now,
        "changed_at": loading.work.now,
    }
    loading.inserts.setdefault(draft.table, {})[str(row["id"])] = row
    loading.count("created", draft.table)


def _update(loading: _Loading, draft: Draft, before: Mapping[str, object], fields: Mapping[str, object]) -> None:
    record_id, table = str(before["id"]), schema.tables()[draft.table]
    wanted = {name: value for name, value in fields.items() if value is not None or table.columns[name].nullable}
    wanted = dict(with_stated_point(before, wanted))
    changes = []
    for change in differences(before, wanted):
        if (draft.table, record_id, change.field) in loading.kept:
            text = "A steward corrected this field; the steward's value stays."
            loading.problems.append(_kept(draft, change.field, text))
        else:
            changes.append(change)
    if not changes:
        loading.count("unchanged", draft.table)
        return
    new = {change.field: wanted[change.field] for change in changes}
    loading.updates.setdefault(draft.table, []).append({"id": record_id, "changed_at": loading.work.now, **new})
    loading.changes.extend(_change_rows(loading, draft.table, record_id, changes))
    loading.count("updated", draft.table)


def _change_rows(
    loading: _Loading, table: str, record_id: str, changes: Iterable[FieldChange]
) -> list[dict[str, object]]:
    return [change_row(loading.work, loading.market.id, table, record_id, change, IMPORT) for change in changes]


def _write(loading: _Loading) -> None:
    session = loading.work.session
    for name, table in schema.tables().items():
        rows = _parents_first(name, loading.inserts.get(name, {}))
        insert_rows(session, table, rows)
        update_rows(session, table, loading.updates.get(name, []))
    _remove_parts(loading)
    if loading.changes:
        session.execute(insert(Change), loading.changes)


def _remove_parts(loading: _Loading) -> None:
    # What a row said before and says no longer goes, unless a steward has touched it.
    touched = {(table, record_id) for table, record_id, _field in loading.kept}
    for name, table in schema.tables().items():
        gone = [
            str(row["id"])
            for source_id, row in loading.rows[name].items()
            if _is_gone(loading, name, source_id) and (name, str(row["id"])) not in touched
        ]
        if gone:
            loading.work.session.execute(delete(table).where(table.c.id.in_(gone)))
        for record_id in gone:
            change = FieldChange(WHOLE, "there", "")
            row = change_row(loading.work, loading.market.id, name, record_id, change, IMPORT, "delete")
            loading.changes.append(row)


def _is_gone(loading: _Loading, table: str, source_id: str) -> bool:
    owner, _, owner_id = (owner_of(source_id) or "").partition("/")
    return (
        (owner, owner_id) in loading.seen and (table, source_id) not in loading.seen and table not in schema.KEPT_PARTS
    )


def _kept(draft: Draft, field: str, text: str) -> Problem:
    return Problem(draft.origin, field, "steward_value_kept", text)


def _parents_first(name: str, rows: Mapping[str, dict[str, object]]) -> list[dict[str, object]]:
    parents = [column for column, target in schema.references(name).items() if target == name]
    if not parents:
        return list(rows.values())
    ordered: dict[str, dict[str, object]] = {}
    waiting = dict(rows)
    while waiting:
        ready = [key for key, row in waiting.items() if all(row[parent] not in waiting for parent in parents)]
        for key in ready or list(waiting)[:1]:
            row = waiting.pop(key)
            # In a ring of parents the first has none.
            ordered[key] = row if key in ready else {**row, **dict.fromkeys(parents)}
    return list(ordered.values())
