"""Keeping in mind what one knows about a service: a note to oneself, or to those who hand off in the same market."""

from sqlalchemy import select

from resource_hub.accounts.models import User
from resource_hub.accounts.values import REFERRERS
from resource_hub.accounts.work import Work
from resource_hub.core.encryption import Place
from resource_hub.core.errors import Fault, NotFound
from resource_hub.core.language import marked as _
from resource_hub.handoff.errors import BadRequest
from resource_hub.handoff.models import ServiceNote
from resource_hub.handoff.queries.notes import LONGEST_NOTE
from resource_hub.inventory.models import ServiceAtLocation


def keep_note(work: Work, service_at_location_id: str, text: str, *, shared: bool = False) -> None:
    """Keep one's note about a service in place of the last; an empty text takes it away.

    Refuses with NotFound outside the actor's markets and for who hands nobody off, with bad_request if too long.
    """
    there = work.session.get(ServiceAtLocation, service_at_location_id)
    me = work.actor.user_id
    known = there is not None and there.market_id in work.actor.market_ids
    if there is None or me is None or not known or work.actor.role not in REFERRERS:
        raise NotFound(_("There is no such service here."))
    if len(text) > LONGEST_NOTE:
        fault = _("Write at most 500 characters.")
        raise BadRequest(fault, faults=(Fault("note", "too_long", fault),))
    # One's own notes wait for each other: where there is none yet, there is no row to hold.
    work.session.execute(select(User.id).where(User.id == me).with_for_update(key_share=True))
    mine = (ServiceNote.service_at_location_id == there.id) & (ServiceNote.written_by == me)
    note = work.session.scalar(select(ServiceNote).where(mine).execution_options(populate_existing=True))
    if not text.strip():
        if note:
            work.session.delete(note)
        return work.session.flush()
    if note is None:
        note = ServiceNote(id=work.new_id(), service_at_location_id=there.id, market_id=there.market_id, written_by=me)
        work.session.add(note)
    note.sealed_text = work.vault.seal(text.strip(), Place("service_note", "sealed_text", note.id))
    note.shared, note.changed_at = shared, work.now
    return work.session.flush()
