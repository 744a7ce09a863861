"""Undoing a merge: every step is taken back, unless something later stands in the way."""

from collections.abc import Iterator

from sqlalchemy import select, update

from resource_hub.accounts import audit
from resource_hub.accounts.values import AuditEntry
from resource_hub.accounts.work import Work
from resource_hub.inventory.errors import CannotUndo, NoSuchMerge, PairMovedOn
from resource_hub.inventory.models import DuplicatePair, Market, RecordMerge
from resource_hub.inventory.service.markets import move_on
from resource_hub.inventory.service.merging.merge import check_steward
from resource_hub.inventory.service.merging.steps import (
    CHANGED_AT,
    Step,
    restored,
    rows_where,
    stored,
    table_named,
    where,
    write_history,
)
from resource_hub.inventory.values import PairStatus

_MOST_NAMED = 5


def undo(work: Work, merge_id: str) -> RecordMerge:
    """Make two records again of what was merged, with everything where it was.

    Refuses with StewardsOnly, NoSuchMerge outside the steward's markets, PairMovedOn when it was undone before, and
    CannotUndo, which names what was changed later. What was taken away later stays away.
    """
    check_steward(work)
    done = _for_update(work, merge_id)
    work.session.flush()
    possible = list(_possible(work, done))
    for step in reversed(possible):
        table = table_named(step["table"])
        value = restored(table, step["column"], step["before"])
        statement = update(table).where(where(table, _key_after(step))).values({step["column"]: value})
        work.session.connection().execute(statement)
    write_history(work, done.market_id, reversed(possible), back=True)
    _write_down(work, done)
    return done


def _for_update(work: Work, merge_id: str) -> RecordMerge:
    query = select(RecordMerge).where(RecordMerge.id == merge_id).with_for_update()
    done = work.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if done is None or (work.actor.role is not None and done.market_id not in work.actor.market_ids):
        raise NoSuchMerge("There is no such merge.")
    if done.undone_at is not None:
        raise PairMovedOn("This merge was undone already.")
    return done


def _possible(work: Work, done: RecordMerge) -> Iterator[Step]:
    """Go through the steps that can be taken back; refuses when one of those that must be cannot."""
    in_the_way: list[str] = []
    for step in done.steps:
        table = table_named(step["table"])
        now = next(iter(rows_where(work, table, where(table, _key_after(step)))), None)
        is_main = step["key"].get("id") in {done.kept_id, done.gone_id}
        if now is None and not is_main:
            continue
        if now is not None and stored(now[step["column"]]) == step["after"]:
            yield step
        elif step["column"] != CHANGED_AT:
            in_the_way.append(_named(step, now))
    if in_the_way:
        listed = "; ".join(in_the_way[:_MOST_NAMED])
        raise CannotUndo(
            f"What was changed after the merge stands in the way: {listed}. Set it back or undo that first."
        )


def _key_after(step: Step) -> dict[str, str]:
    """Return the key of a step's row as the step left it: the column that was set may be a part of the key."""
    key: dict[str, str] = step["key"]
    return key | {step["column"]: step["after"]} if step["column"] in key else key


def _named(step: Step, now: object) -> str:
    row = now if isinstance(now, dict) else {}
    name = row.get("name") or row.get("number") or row.get("address_1")
    what = f"{step['table'].replace('_', ' ')} “{str(name)[:60]}”" if name else step["table"].replace("_", " ")
    if step["column"] == "merged_into":
        return f"{what}: it was merged again"
    return f"{what}: {step['column'].replace('_', ' ')} was changed" if row else f"{what}: it is not there any more"


def _write_down(work: Work, done: RecordMerge) -> None:
    done.undone_at, done.undone_by = work.now, work.actor.user_id
    first, second = sorted((done.kept_id, done.gone_id))
    pair = (DuplicatePair.kind == done.kind, DuplicatePair.first_id == first, DuplicatePair.second_id == second)
    again = {"status": PairStatus.OPEN, "decided_at": None, "decided_by": None}
    work.session.execute(update(DuplicatePair).where(*pair).values(again))
    move_on(work.session.get_one(Market, done.market_id))
    work.session.flush()
    work.session.expire_all()
    detail = (("from", done.kept_id), ("merge", done.id))
    audit.record(work, AuditEntry("records.unmerged", done.kind, done.gone_id, detail), market_id=done.market_id)
