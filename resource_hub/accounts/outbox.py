"""Notices to send, written in the transaction that causes them; the worker delivers them at least once."""

from resource_hub.accounts.models import Notice
from resource_hub.accounts.work import Work
from resource_hub.core.db import insert_new


def notify_organization(
    work: Work,
    organization_id: str,
    kind: str,
    dedup_key: str,
    path: str | None = None,
    handoff_id: str | None = None,
) -> bool:
    """Queue a notice to an organization; the same key is queued once. Return whether it was new.

    `path` is the page it leads to, the organization's own first page where not given; an organization without an
    account gets a link to the handoff that it is about.
    """
    return _queue(work, kind, dedup_key, organization_id=organization_id, path=path, handoff_id=handoff_id)


def notify_user(work: Work, user_id: str, kind: str, dedup_key: str) -> bool:
    """Queue a notice to a user; the same key is queued once. Return whether it was new."""
    return _queue(work, kind, dedup_key, user_id=user_id)


def _queue(
    work: Work,
    kind: str,
    dedup_key: str,
    *,
    organization_id: str | None = None,
    user_id: str | None = None,
    path: str | None = None,
    handoff_id: str | None = None,
) -> bool:
    row = {
        "id": work.new_id(),
        "dedup_key": dedup_key,
        "kind": kind,
        "organization_id": organization_id,
        "user_id": user_id,
        "path": path,
        "handoff_id": handoff_id,
        "created_at": work.now,
        "next_attempt_at": work.now,
        "attempts": 0,
    }
    return insert_new(work.session, Notice, row)
