"""Making one record of two."""

from sqlalchemy import Table, delete, select, update

from resource_hub.accounts import audit
from resource_hub.accounts.values import STEWARDS, AuditEntry
from resource_hub.accounts.work import Work
from resource_hub.inventory.errors import CannotMerge, NoSuchPair, PairMovedOn, StewardsOnly
from resource_hub.inventory.models import DuplicatePair, Market, RecordMerge
from resource_hub.inventory.rules.merging import FIELDS
from resource_hub.inventory.service.markets import move_on
from resource_hub.inventory.service.merging.parts import Both, move_parts
from resource_hub.inventory.service.merging.steps import Row, Steps, rows_where, table_named
from resource_hub.inventory.values import MergeRequest, PairStatus


def merge(work: Work, request: MergeRequest, busy: frozenset[str] = frozenset()) -> RecordMerge:
    """Make one record of two: what hangs on the one that goes now hangs on the other, and it is listed no more.

    `busy` are services_at_location that somebody counts on, which stay as they are. Refuses with StewardsOnly,
    NoSuchPair outside the steward's markets, CannotMerge, and PairMovedOn when a record changed after `based_on`.
    """
    check_steward(work)
    table = table_named(request.kind)
    kept, gone = _both_for_update(work, table, request)
    steps = Steps(work, kept["market_id"])
    held = [f"{request.kind} {request.kept_id} {name}" for name in FIELDS[request.kind] if name in request.taken]
    for name in FIELDS[request.kind]:
        if name in request.taken:
            steps.put(table, kept, name, gone[name])
    held += move_parts(steps, Both(request.kind, request.kept_id, request.gone_id), busy)
    _, gone = _as_they_are(work, table, request)
    steps.put(table, gone, "merged_into", request.kept_id)
    return _write_down(work, request, steps, held)


def check_steward(work: Work) -> None:
    """Refuse with StewardsOnly who is no steward."""
    if work.actor.role is not None and work.actor.role not in STEWARDS:
        raise StewardsOnly("Only stewards merge records.")


def _both_for_update(work: Work, table: Table, request: MergeRequest) -> tuple[Row, Row]:
    if request.kept_id == request.gone_id:
        raise CannotMerge("A record cannot be merged with itself.")
    work.session.flush()
    # Two that merge the same records wait for each other here; always in the same order, so nobody waits crosswise.
    ids = sorted((request.kept_id, request.gone_id))
    work.session.connection().execute(
        select(table.c.id).where(table.c.id.in_(ids)).order_by(table.c.id).with_for_update()
    )
    kept, gone = _as_they_are(work, table, request)
    if kept["market_id"] != gone["market_id"]:
        raise CannotMerge("The records are in two markets.")
    if kept["merged_into"] or gone["merged_into"]:
        raise PairMovedOn("Somebody else merged one of these records meanwhile. Look at the list again.")
    if (kept["changed_at"], gone["changed_at"]) != request.based_on:
        raise PairMovedOn("Somebody else changed one of these records meanwhile. Look at the pair again.")
    return kept, gone


def _as_they_are(work: Work, table: Table, request: MergeRequest) -> tuple[Row, Row]:
    found = {row["id"]: row for row in rows_where(work, table, table.c.id.in_((request.kept_id, request.gone_id)))}
    sees = work.actor.role is None or all(row["market_id"] in work.actor.market_ids for row in found.values())
    if len(found) != len({request.kept_id, request.gone_id}) or not sees:
        raise NoSuchPair("There is no such pair of records.")
    return found[request.kept_id], found[request.gone_id]


def _write_down(work: Work, request: MergeRequest, steps: Steps, held: list[str]) -> RecordMerge:
    steps.write_history()
    done = RecordMerge(
        id=work.new_id(),
        market_id=steps.market_id,
        kind=request.kind,
        kept_id=request.kept_id,
        gone_id=request.gone_id,
        steps=steps.taken,
        held=held,
        merged_at=work.now,
        merged_by=work.actor.user_id,
    )
    work.session.add(done)
    _settle_pair(work, request)
    move_on(work.session.get_one(Market, steps.market_id))
    work.session.flush()
    # What was read before shows the old owners.
    work.session.expire_all()
    detail = (("into", request.kept_id), ("merge", done.id))
    audit.record(work, AuditEntry("records.merged", request.kind, request.gone_id, detail), market_id=steps.market_id)
    return done


def _settle_pair(work: Work, request: MergeRequest) -> None:
    first, second = sorted((request.kept_id, request.gone_id))
    mine = DuplicatePair.kind == request.kind
    # Other pairs of the one that goes are found anew, as pairs of the one that stays.
    gone = (DuplicatePair.first_id == request.gone_id) | (DuplicatePair.second_id == request.gone_id)
    # All of them in one order, as whoever looks for duplicates takes them.
    held = select(DuplicatePair.id).where(mine, gone).order_by(DuplicatePair.id).with_for_update()
    work.session.execute(held)
    pair = (mine, DuplicatePair.first_id == first, DuplicatePair.second_id == second)
    decided = {"status": PairStatus.MERGED, "decided_at": work.now, "decided_by": work.actor.user_id}
    work.session.execute(update(DuplicatePair).where(*pair).values(decided))
    open_still = DuplicatePair.status.in_((PairStatus.OPEN, PairStatus.LATER))
    work.session.execute(delete(DuplicatePair).where(mine, gone, open_still))
