"""Suggested needs: written down, approved or rejected by a steward, and taken back."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, delete, insert, select, update

from resource_hub.accounts.work import Work
from resource_hub.core.db import insert_new
from resource_hub.inventory.models import BulkDecision, Market, ServiceNeed, ServiceNeedSuggestion, SuggestionRun
from resource_hub.inventory.queries import records
from resource_hub.inventory.rules.changes import as_text
from resource_hub.inventory.service import bulk
from resource_hub.inventory.service.changes import STEWARD
from resource_hub.inventory.service.needs import NEED_FIELD
from resource_hub.inventory.values import NeedSuggestion

OPEN, APPROVED, REJECTED = "open", "approved", "rejected"
# What an approved need weighs, as one that a steward adds to a listing.
_WEIGHT = 1.0
_SUGGESTED = "suggested"


def store_suggestions(work: Work, market: Market, found: Iterable[NeedSuggestion]) -> int:
    """Write suggestions down in place of those still open; what a steward decided is not suggested again.

    Returns how many are open.
    """
    mine = ServiceNeedSuggestion.market_id == market.id
    work.session.execute(delete(ServiceNeedSuggestion).where(mine, ServiceNeedSuggestion.status == OPEN))
    decided = records.fields_changed_by(work.session, market.id, STEWARD)
    rows = [
        {
            "service_id": one.service_id,
            "need": one.need,
            "market_id": market.id,
            "probability": one.probability,
            "because": list(one.because),
            "status": OPEN,
            "suggested_at": work.now,
        }
        for one in found
        if ("service", one.service_id, NEED_FIELD + one.need) not in decided
    ]
    if rows:
        work.session.execute(insert(ServiceNeedSuggestion), rows)
    return len(rows)


def claim_run(work: Work, market: Market, before: datetime) -> bool:
    """Write down that a market was looked through, at the revision that was read; of several at once, one does.

    Returns False, and writes nothing, where somebody else did so after `before`.
    """
    run: dict[str, Any] = {"revision": market.revision, "ran_at": work.now}
    if insert_new(work.session, SuggestionRun, {"market_id": market.id} | run):
        return True
    mine = (SuggestionRun.market_id == market.id, SuggestionRun.ran_at <= before)
    query = update(SuggestionRun).where(*mine).values(run)
    done = work.session.execute(query.execution_options(synchronize_session=False))
    return isinstance(done, CursorResult) and done.rowcount == 1


def decide_needs(work: Work, market_id: str, chosen: Sequence[tuple[str, str]], *, approve: bool) -> bulk.Decided:
    """Approve or reject suggested needs, each a service and a need, as a steward's decision with its history.

    Refuses with StewardsOnly and NoSuchMarket. A suggestion that is not open any more is left as it is, and counted.
    """
    market = bulk.market_for(work, market_id)
    services = bulk.services_of(work, market, [service_id for service_id, _need in chosen])
    items = []
    for service_id, need in sorted(set(chosen)):
        row = _held(work, service_id, need)
        service = services.get(service_id)
        if service is None or row is None or row.status != OPEN:
            continue
        if approve and not insert_new(work.session, ServiceNeed, _need_row(market, service_id, need)):
            continue
        row.status = APPROVED if approve else REJECTED
        before, after = ("", as_text(_WEIGHT)) if approve else (_SUGGESTED, "")
        bulk.note(work, service, NEED_FIELD + need, before, after)
        items.append({"service_id": service_id, "need": need, "approved": approve})
    bulk.remember(work, market, bulk.NEEDS, "approved" if approve else "rejected", items)
    return bulk.Decided(len(items), len(set(chosen)) - len(items))


def undo_needs(work: Work, market: Market, decision: BulkDecision) -> int:
    """Take back what a decision did and leave what was changed since; return how many were taken back."""
    services = bulk.services_of(work, market, [item["service_id"] for item in decision.items])
    undone = 0
    for item in decision.items:
        row = _held(work, item["service_id"], item["need"])
        service = services.get(item["service_id"])
        if service is None or row is None or not _need_taken_back(work, item):
            continue
        row.status = OPEN
        before, after = (as_text(_WEIGHT), "") if item["approved"] else ("", _SUGGESTED)
        bulk.note(work, service, NEED_FIELD + item["need"], before, after)
        undone += 1
    return undone


def _held(work: Work, service_id: str, need: str) -> ServiceNeedSuggestion | None:
    """Return a suggestion as it is now, kept from the worker that writes others in its place."""
    key = (service_id, need)
    return work.session.get(ServiceNeedSuggestion, key, populate_existing=True, with_for_update=True)


def _need_taken_back(work: Work, item: dict[str, object]) -> bool:
    """Remove the need that was approved; False where it is not as it was approved any more."""
    query = select(ServiceNeed).where(ServiceNeed.service_id == item["service_id"], ServiceNeed.need == item["need"])
    need = work.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if not item["approved"]:
        return need is None
    if need is None or (need.source, need.weight) != (STEWARD, _WEIGHT):
        return False
    work.session.delete(need)
    return True


def _need_row(market: Market, service_id: str, need: str) -> dict[str, object]:
    return {"service_id": service_id, "need": need, "market_id": market.id, "weight": _WEIGHT, "source": STEWARD}
