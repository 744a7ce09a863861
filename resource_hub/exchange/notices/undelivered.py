"""Notices that did not arrive, for stewards: kind, when, how often, and why as a code; never to whom or about whom."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session

from resource_hub.accounts import audit
from resource_hub.accounts.models import Notice, UserMarket
from resource_hub.accounts.values import STEWARDS, AuditEntry
from resource_hub.accounts.work import Work
from resource_hub.core.errors import NotAllowed, NotFound
from resource_hub.core.language import marked as _
from resource_hub.inventory.models import Organization

TAKEN_BACK = "given_up"


@dataclass(frozen=True)
class Undelivered:
    """A notice that failed at least once. Times are UTC; `next_at` is None once it was given up."""

    id: str
    kind: str
    organization: str | None
    created_at: datetime
    attempts: int
    reason: str
    next_at: datetime | None


def given_up(session: Session) -> int:
    """Return how many notices nobody tries to send any more."""
    query = select(func.count()).select_from(Notice)
    return session.scalar(query.where(Notice.next_attempt_at.is_(None), Notice.delivered_at.is_(None))) or 0


def undelivered(work: Work, limit: int = 200) -> list[Undelivered]:
    """Return the failed notices of the actor's markets, those that were given up first, then the oldest first.

    Refuses with NotAllowed who is no steward.
    """
    query = _own(work).order_by(Notice.next_attempt_at.is_not(None), Notice.created_at, Notice.id).limit(limit)
    return [
        Undelivered(
            notice.id,
            notice.kind,
            name,
            notice.created_at,
            notice.attempts,
            notice.last_error or "",
            notice.next_attempt_at,
        )
        for notice, name in work.session.execute(query)
    ]


def retry(work: Work, notice_id: str) -> None:
    """Have a notice sent again now, with all its attempts; refuses as `undelivered` does, and with NotFound."""
    notice = _get(work, notice_id)
    notice.attempts, notice.next_attempt_at = 0, work.now
    _write_down(work, notice, "notice.retried")


def give_up(work: Work, notice_id: str) -> None:
    """Try a notice no more; it stays on the list. Refuses as `retry` does."""
    notice = _get(work, notice_id)
    notice.next_attempt_at, notice.last_error = None, TAKEN_BACK
    _write_down(work, notice, "notice.given_up")


def _get(work: Work, notice_id: str) -> Notice:
    row = work.session.execute(_own(work).where(Notice.id == notice_id).with_for_update(of=Notice)).one_or_none()
    if row is None:
        raise NotFound(_("There is no such notice. It may have arrived in the meantime."))
    return row[0]


def _own(work: Work) -> Select[Notice, str | None]:
    if work.actor.role not in STEWARDS:
        raise NotAllowed(_("Only stewards see what did not arrive."))
    return (
        select(Notice, Organization.name)
        .outerjoin(Organization, Organization.id == Notice.organization_id)
        .where(Notice.delivered_at.is_(None), Notice.last_error.is_not(None), _in_markets(work.actor.market_ids))
    )


def _in_markets(market_ids: frozenset[str]) -> ColumnElement[bool]:
    here = exists().where(UserMarket.user_id == Notice.user_id, UserMarket.market_id.in_(market_ids))
    return or_(Organization.market_id.in_(market_ids), here)


def _write_down(work: Work, notice: Notice, action: str) -> None:
    work.session.flush()
    audit.record(work, AuditEntry(action, "notice", notice.id, (("kind", notice.kind),)))
