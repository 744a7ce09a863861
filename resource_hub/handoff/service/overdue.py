"""Telling people what is overdue: a referrer, a social worker, and an organization that has not answered."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import CursorResult, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from resource_hub.accounts import outbox
from resource_hub.accounts.work import Work
from resource_hub.handoff.models import Referral
from resource_hub.handoff.queries import scope
from resource_hub.handoff.service.telling import tell_owner
from resource_hub.handoff.values.words import Status
from resource_hub.people.models import ConsentRecord

Also = Callable[[Work, str, datetime], bool]


def raise_overdue(work: Work, limit: int = 100) -> int:
    """Queue one notice to the referrer for each handoff that is overdue, once per due time; return how many.

    What a person asked for by themself is everybody's at the desk: all referrers of the market are told. An
    organization that has not answered is reminded at the same time, once as well, however late the worker comes.
    """
    return raise_due(work, Referral.requested_by, "handoff.overdue", limit, _tell_others)


def raise_due(
    work: Work, told: InstrumentedAttribute[str | None], notice: str, limit: int, also: Also | None = None
) -> int:
    """Queue one notice to whoever `told` names for each row of its table that is overdue, once per due time.

    The table has `id`, `due_at` and `raised_due_at`; `also` is done for each such row, and says whether it
    told somebody where `told` is nobody. Return of how many rows somebody was told.
    """
    table = told.class_
    query = select(table.id, told, table.due_at).where(
        table.due_at <= work.now, or_(table.raised_due_at.is_(None), table.raised_due_at != table.due_at)
    )
    rows = work.session.execute(query.order_by(table.id).limit(limit)).all()
    return sum(_raise(work, told, notice, (row[0], row[1], row[2]), also) for row in rows)


def _raise(
    work: Work,
    told: InstrumentedAttribute[str | None],
    notice: str,
    row: tuple[str, str | None, datetime],
    also: Also | None,
) -> bool:
    table, (row_id, user_id, due_at) = told.class_, row
    query = update(table).where(table.id == row_id, table.due_at == due_at).values(raised_due_at=due_at)
    done = work.session.execute(query.execution_options(synchronize_session=False))
    if not isinstance(done, CursorResult) or done.rowcount != 1:
        return False
    told_others = also is not None and also(work, row_id, due_at)
    if user_id is None:
        return told_others
    return outbox.notify_user(work, user_id, notice, f"{notice}:{row_id}:{due_at.isoformat()}")


def _tell_others(work: Work, referral_id: str, due_at: datetime) -> bool:
    _remind(work, referral_id, due_at)
    referral = work.session.get_one(Referral, referral_id)
    if referral.requested_by:
        return False
    return tell_owner(work, referral, "handoff.overdue", f"{referral_id}:{due_at.isoformat()}")


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
