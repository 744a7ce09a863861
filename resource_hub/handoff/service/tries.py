"""How often something was tried from one place; of the place only a keyed index is kept."""

from sqlalchemy import update

from resource_hub.accounts.work import Work
from resource_hub.core.db import insert_new
from resource_hub.handoff.models import FollowTry
from resource_hub.handoff.rules import codes


def tried_too_often(work: Work, source: str, purpose: str) -> bool:
    """Tell whether somebody there has to wait."""
    tried = work.session.get(FollowTry, _place(work, source, purpose), populate_existing=True)
    return tried is not None and codes.must_wait(tried.failed, tried.since, work.now)


def count_try(work: Work, source: str, purpose: str) -> None:
    """Count one more; after a quarter of an hour the count begins anew."""
    place = _place(work, source, purpose)
    if insert_new(work.session, FollowTry, {"source": place, "since": work.now, "failed": 1}):
        return
    tried = work.session.get_one(FollowTry, place, populate_existing=True)
    fresh = work.now - tried.since < codes.TRIES_COUNT_FOR
    # Counted by the database, so that of several at once each counts.
    values = {"failed": FollowTry.failed + 1} if fresh else {"failed": 1, "since": work.now}
    query = update(FollowTry).where(FollowTry.source == place).values(values)
    work.session.execute(query.execution_options(synchronize_session=False))


def _place(work: Work, source: str, purpose: str) -> str:
    return work.vault.indexes(source, purpose)[0]
