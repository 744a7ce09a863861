"""Logging contacts, and taking the last one back."""

from resource_hub.accounts.work import Work
from resource_hub.core.language import marked as _
from resource_hub.handoff.episodes.errors import TooLate
from resource_hub.handoff.episodes.models import EpisodeContact
from resource_hub.handoff.episodes.queries.view import contact_records
from resource_hub.handoff.episodes.rules import acts
from resource_hub.handoff.episodes.service.writing import refuse, seal, settle, take
from resource_hub.handoff.episodes.values.asked import NewContact


def log_contact(work: Work, episode_id: str, new: NewContact) -> str:
    """Log a call, a visit or a reading; return its id.

    Refuses with NotFound, episode_closed, and bad_episode for a time to come, a step before the discharge that came
    after it, a call while the person was away, and a 30-day call before its time.
    """
    with work.session.begin_nested():
        taken = take(work, episode_id)
        refuse(acts.faults_of_contact(new, taken.course, taken.clock, work.now))
        contact = EpisodeContact(
            id=work.new_id(),
            episode_id=taken.record.id,
            kind=new.kind,
            mode=new.mode,
            result=new.result,
            at=new.at or work.now,
            logged_at=work.now,
            logged_by=work.actor.user_id,
        )
        seal(work, contact, "sealed_note", new.note)
        work.session.add(contact)
        settle(work, taken.record, "episode.contact_logged", ("kind", new.kind), ("result", new.result))
    return contact.id


def undo_contact(work: Work, episode_id: str) -> None:
    """Take back the contact that was logged last; refuses with undo_too_late when it is another's or too old."""
    with work.session.begin_nested():
        taken = take(work, episode_id)
        newest = next(iter(contact_records(work, taken.record)), None)
        if newest is None or not acts.may_undo(newest.logged_at, newest.logged_by, work.now, work.actor.user_id):
            raise TooLate(
                _("An entry can be taken back for 15 minutes, by whoever made it. Log what is right instead.")
            )
        newest.undone_at = work.now
        settle(work, taken.record, "episode.contact_undone", ("contact", newest.id))
