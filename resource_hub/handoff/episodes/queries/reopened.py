"""When an episode was opened again."""

from collections.abc import Iterator

from sqlalchemy import select

from resource_hub.accounts.queries import names_of
from resource_hub.accounts.values import SYSTEM
from resource_hub.accounts.work import Work
from resource_hub.handoff.episodes.models import Episode, EpisodeReopening
from resource_hub.handoff.episodes.queries.scope import opened
from resource_hub.handoff.episodes.values.shown import ReopeningShown
from resource_hub.handoff.episodes.values.words import CloseReason, ReopenReason


def reopenings_of(work: Work, record: Episode) -> Iterator[ReopeningShown]:
    """Yield each time an episode was opened again, oldest first; the caller has made sure that it may be seen."""
    query = select(EpisodeReopening).where(EpisodeReopening.episode_id == record.id)
    rows = work.session.scalars(query.order_by(EpisodeReopening.at, EpisodeReopening.id)).all()
    names = names_of(work.session, {row.reopened_by or "" for row in rows})
    for row in rows:
        yield ReopeningShown(
            closed_at=row.closed_at,
            closed_as=CloseReason(row.closed_as),
            close_note=opened(work, row, "sealed_close_note"),
            at=row.at,
            who=names.get(row.reopened_by or "", SYSTEM.name),
            reason=ReopenReason(row.reason),
            note=opened(work, row, "sealed_note"),
        )
