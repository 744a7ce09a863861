"""What a steward decides at once about many suggestions: remembered as one decision, so that it can be taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from resource_hub.accounts import audit
from resource_hub.accounts.values import STEWARDS, AuditEntry
from resource_hub.accounts.work import Work
from resource_hub.core.errors import Conflict
from resource_hub.inventory.errors import StewardsOnly
from resource_hub.inventory.models import BulkDecision, Market, Service
from resource_hub.inventory.queries import listings
from resource_hub.inventory.service.changes import STEWARD, change_record
from resource_hub.inventory.service.markets import move_on
from resource_hub.inventory.values import FieldChange

NEEDS, RULES = "needs", "rules"
_CHUNK = 500


@dataclass(frozen=True)
class Decided:
    """How many suggestions were decided, and how many somebody else had decided or changed before."""

    done: int
    stale: int


class AlreadyUndone(Conflict):
    """The decision was taken back before, or there is none."""

    code = "already_undone"


def market_for(work: Work, market_id: str) -> Market:
    """Return the market of a steward; refuses with StewardsOnly, and NoSuchMarket outside of their scope."""
    if work.actor.role is not None and work.actor.role not in STEWARDS:
        raise StewardsOnly("Only stewards decide on suggestions.")
    return listings.get_market_of(work.session, work.actor, market_id)


def services_of(work: Work, market: Market, service_ids: Sequence[str]) -> Mapping[str, Service]:
    """Return services of a market by id, held until the work is done so that two decisions wait for each other."""
    found: dict[str, Service] = {}
    wanted = sorted(set(service_ids))
    for start in range(0, len(wanted), _CHUNK):
        query = select(Service).where(Service.market_id == market.id, Service.id.in_(wanted[start : start + _CHUNK]))
        held = query.order_by(Service.id).with_for_update().execution_options(populate_existing=True)
        found |= {service.id: service for service in work.session.scalars(held)}
    return found


def remember(work: Work, market: Market, kind: str, action: str, items: list[dict[str, Any]]) -> None:
    """Keep one decision with what was before, count the market's change, and write the audit log."""
    if not items:
        return
    decision = BulkDecision(
        id=work.new_id(),
        market_id=market.id,
        kind=kind,
        decided_by=work.actor.user_id,
        decided_at=work.now,
        items=items,
    )
    work.session.add(decision)
    _finish(work, market, f"suggestions.{action}", decision, len(items))


def take_back(work: Work, market_id: str, decision_id: str) -> tuple[Market, BulkDecision]:
    """Mark a decision as taken back and return it; refuses one of another market, and one taken back before."""
    market = market_for(work, market_id)
    query = select(BulkDecision).where(BulkDecision.id == decision_id, BulkDecision.market_id == market.id)
    decision = work.session.scalars(query.with_for_update().execution_options(populate_existing=True)).one_or_none()
    if decision is None or decision.undone_at is not None:
        raise AlreadyUndone("This was undone already.")
    decision.undone_at = work.now
    return market, decision


def finish_undo(work: Work, market: Market, decision: BulkDecision, undone: int) -> None:
    """Count the market's change and write the audit log."""
    _finish(work, market, "suggestions.undone", decision, undone)


def note(work: Work, service: Service, field: str, before: str, after: str) -> None:
    """Write a steward's decision on a service into its history, and mark the service as changed."""
    change_record(work, service, FieldChange(field, before, after), STEWARD)
    service.changed_at = work.now


def _finish(work: Work, market: Market, action: str, decision: BulkDecision, count: int) -> None:
    move_on(market)
    work.session.flush()
    detail = (("kind", decision.kind), ("count", str(count)))
    audit.record(work, AuditEntry(action, "bulk_decision", decision.id, detail), market_id=market.id)
