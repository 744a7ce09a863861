"""Telling social workers what is overdue."""

from datetime import datetime

from sqlalchemy import CursorResult, or_, select, update

from resource_hub.accounts import outbox
from resource_hub.accounts.work import Work
from resource_hub.handoff.episodes.models import Episode


def raise_overdue(work: Work, limit: int = 100) -> int:
    """Queue one notice to the social worker for each episode that is overdue, once per due time; return how many."""
    query = select(Episode.id, Episode.worker_id, Episode.due_at).where(
        Episode.due_at <= work.now, or_(Episode.raised_due_at.is_(None), Episode.raised_due_at != Episode.due_at)
    )
    rows = work.session.execute(query.order_by(Episode.id).limit(limit)).all()
    return sum(_raise(work, row.id, row.worker_id, row.due_at) for row in rows if row.due_at)


def _raise(work: Work, episode_id: str, worker_id: str | None, due_at: datetime) -> bool:
    query = update(Episode).where(Episode.id == episode_id, Episode.due_at == due_at).values(raised_due_at=due_at)
    done = work.session.execute(query.execution_options(synchronize_session=False))
    if not isinstance(done, CursorResult) or done.rowcount != 1 or worker_id is None:
        return False
    return outbox.notify_user(work, worker_id, "episode.overdue", f"episode.overdue:{episode_id}:{due_at.isoformat()}")
