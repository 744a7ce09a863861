"""Telling people what is overdue: a referrer about a handoff, a social worker about an episode."""

from datetime import datetime

from sqlalchemy import CursorResult, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from resource_hub.accounts import outbox
from resource_hub.accounts.work import Work
from resource_hub.handoff.models import Referral


def raise_overdue(work: Work, limit: int = 100) -> int:
    """Queue one notice to the referrer for each handoff that is overdue, once per due time; return how many."""
    return raise_due(work, Referral.requested_by, "handoff.overdue", limit)


def raise_due(work: Work, told: InstrumentedAttribute[str | None], notice: str, limit: int) -> int:
    """Queue one notice to whoever `told` names for each row of its table that is overdue, once per due time.

    The table has `id`, `due_at` and `raised_due_at`. Return how many were queued.
    """
    table = told.class_
    query = select(table.id, told, table.due_at).where(
        table.due_at <= work.now, or_(table.raised_due_at.is_(None), table.raised_due_at != table.due_at)
    )
    rows = work.session.execute(query.order_by(table.id).limit(limit)).all()
    return sum(_raise(work, told, notice, (row[0], row[1], row[2])) for row in rows)


def _raise(
    work: Work, told: InstrumentedAttribute[str | None], notice: str, row: tuple[str, str | None, datetime]
) -> bool:
    table, (row_id, user_id, due_at) = told.class_, row
    query = update(table).where(table.id == row_id, table.due_at == due_at).values(raised_due_at=due_at)
    done = work.session.execute(query.execution_options(synchronize_session=False))
    if not isinstance(done, CursorResult) or done.rowcount != 1 or user_id is None:
        return False
    return outbox.notify_user(work, user_id, notice, f"{notice}:{row_id}:{due_at.isoformat()}")
