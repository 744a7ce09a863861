"""Ending an episode."""

from resource_hub.accounts.work import Work
from resource_hub.core.errors import Fault
from resource_hub.core.language import marked as _
from resource_hub.handoff.episodes.errors import CallMissing, GapsOpen
from resource_hub.handoff.episodes.rules import steps
from resource_hub.handoff.episodes.rules.acts import faults_of_text
from resource_hub.handoff.episodes.service.writing import refuse, seal, settle, take
from resource_hub.handoff.episodes.values.words import CloseReason


def close_episode(work: Work, episode_id: str, reason: CloseReason, note: str = "") -> None:
    """End an episode. Open gaps, and a 30-day call that was not made, keep it from being completed.

    For any other reason it ends as it is. Refuses with NotFound, episode_closed, gaps_open, call_missing and
    bad_episode where another reason has no words.
    """
    with work.session.begin_nested():
        taken = take(work, episode_id)
        faults = faults_of_text("note", note)
        if reason is CloseReason.OTHER and not note.strip():
            faults.append(Fault("note", "missing", _("Write what the other reason is.")))
        refuse(faults)
        if reason is CloseReason.COMPLETED:
            if taken.course.gaps_open:
                raise GapsOpen(_("A gap is still open. Close it first, or choose why the episode ends all the same."))
            if not steps.is_settled(steps.last_call(taken.course, taken.clock, work.now)):
                raise CallMissing(_("The 30-day call is still to be made. Make it, or choose why the episode ends."))
        record = taken.record
        record.closed_at, record.closed_as, record.closed_by = work.now, reason, work.actor.user_id
        seal(work, record, "sealed_close_note", note)
        settle(work, record, "episode.closed", ("as", reason))
