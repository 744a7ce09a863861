"""Telling referrers what is overdue."""

from datetime import datetime

from sqlalchemy import CursorResult, or_, select, update

from resource_hub.accounts import outbox
from resource_hub.accounts.work import Work
from resource_hub.handoff.models import Referral
from resource_hub.handoff.queries import scope
from resource_hub.handoff.values import Status
from resource_hub.people.models import ConsentRecord


def raise_overdue(work: Work, limit: int = 100) -> int:
    """Queue one notice to the referrer for each handoff that is overdue, once per due time; return how many.

    An organization that has not answered is reminded at the same time, once as well, however late the worker comes.
    """
    query = select(Referral.id, Referral.requested_by, Referral.due_at).where(
        Referral.due_at <= work.now, or_(Referral.raised_due_at.is_(None), Referral.raised_due_at != Referral.due_at)
    )
    rows = work.session.execute(query.order_by(Referral.id).limit(limit)).all()
    return sum(_raise(work, row.id, row.requested_by, row.due_at) for row in rows if row.due_at)


def _raise(work: Work, referral_id: str, requested_by: str | None, due_at: datetime) -> bool:
    query = update(Referral).where(Referral.id == referral_id, Referral.due_at == due_at).values(raised_due_at=due_at)
    done = work.session.execute(query.execution_options(synchronize_session=False))
    if not isinstance(done, CursorResult) or done.rowcount != 1:
        return False
    _remind(work, referral_id, due_at)
    if requested_by is None:
        return False
    key = f"handoff.overdue:{referral_id}:{due_at.isoformat()}"
    return outbox.notify_user(work, requested_by, "handoff.overdue", key)


def _remind(work: Work, referral_id: str, due_at: datetime) -> None:
    query = (
        select(Referral.organization_id, ConsentRecord)
        .join(ConsentRecord, ConsentRecord.id == Referral.consent_id)
        .where(Referral.id == referral_id, Referral.status == Status.REQUESTED)
    )
    row = work.session.execute(query).one_or_none()
    if row and scope.holds(row[1], work.now):
        key = f"handoff.reminder:{referral_id}:{due_at.isoformat()}"
        outbox.notify_organization(work, row[0], "handoff.reminder", key, handoff_id=referral_id)
