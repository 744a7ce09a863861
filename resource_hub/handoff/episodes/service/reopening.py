"""Opening an episode again that was closed by mistake, or whose person came back."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from resource_hub.accounts.work import Work
from resource_hub.core.language import marked as _
from resource_hub.handoff.episodes.errors import AlreadyOpen, NotOver, TooLateToReopen
from resource_hub.handoff.episodes.models import Episode, EpisodeReopening
from resource_hub.handoff.episodes.queries.scope import clock_of, get_record, opened
from resource_hub.handoff.episodes.rules import acts
from resource_hub.handoff.episodes.service.writing import refuse, seal, settle
from resource_hub.handoff.episodes.values.words import CloseReason, ReopenReason


def reopen_episode(work: Work, episode_id: str, reason: ReopenReason, note: str = "") -> None:
    """Open an episode again, at most 30 days after it was closed; how it was closed is kept as a row of its own.

    It is the same episode: gaps and contacts stay, and what is due counts from the days it always counted from. Refuses
    with NotFound, episode_not_over where it is open, reopen_too_late, episode_open where the person has another open
    one, and bad_episode.
    """
    with work.session.begin_nested():
        record = get_record(work, episode_id, for_update=True)
        if record.closed_at is None or record.closed_as is None:
            raise NotOver(_("This episode is open already."))
        if not acts.may_reopen(record.closed_at, clock_of(work, record.market_id), work.now):
            raise TooLateToReopen(_("It was closed more than 30 days ago. Open a new one for a new discharge."))
        refuse(acts.faults_of_reopening(reason, CloseReason(record.closed_as), note))
        _keep_how_it_was_closed(work, record, reason, note)
        _go_on(work, record)
        settle(work, record, "episode.reopened", ("reason", reason))


def _keep_how_it_was_closed(work: Work, record: Episode, reason: ReopenReason, note: str) -> None:
    row = EpisodeReopening(
        id=work.new_id(),
        episode_id=record.id,
        closed_at=record.closed_at,
        closed_as=record.closed_as,
        closed_by=record.closed_by,
        reason=reason,
        at=work.now,
        reopened_by=work.actor.user_id,
    )
    seal(work, row, "sealed_note", note)
    seal(work, row, "sealed_close_note", opened(work, record, "sealed_close_note"))
    work.session.add(row)


def _go_on(work: Work, record: Episode) -> None:
    query = select(Episode.id).where(Episode.person_id == record.person_id, Episode.closed_at.is_(None))
    if work.session.scalar(query):
        raise AlreadyOpen(_OPEN)
    record.closed_at = record.closed_as = record.closed_by = record.sealed_close_note = None
    try:
        work.session.flush()
    except IntegrityError as error:
        # Somebody opened another one since the look; the database lets only one be open.
        raise AlreadyOpen(_OPEN) from error


_OPEN = _("This person has an open episode. Look at that one.")
