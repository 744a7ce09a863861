"""Telling social workers what is overdue."""

from resource_hub.accounts.work import Work
from resource_hub.handoff.episodes.models import Episode
from resource_hub.handoff.service.overdue import raise_due


def raise_overdue(work: Work, limit: int = 100) -> int:
    """Queue one notice to the social worker for each episode that is overdue, once per due time; return how many."""
    return raise_due(work, Episode.worker_id, "episode.overdue", limit)
