"""What the actor may read of notes about services: their own, and what others of the market share."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from resource_hub.accounts.models import User
from resource_hub.accounts.work import Work
from resource_hub.core.encryption import Place
from resource_hub.handoff.models import ServiceNote

LONGEST_NOTE = 500


@dataclass(frozen=True)
class Note:
    """A note about a service; `is_mine` where the actor wrote it."""

    text: str = field(repr=False)
    shared: bool
    is_mine: bool
    who: str
    at: datetime


def notes_about(work: Work, service_at_location_ids: Collection[str]) -> Mapping[str, tuple[Note, ...]]:
    """Return the notes about some services by the id of each, the actor's own first, then the newest."""
    mine = ServiceNote.written_by == work.actor.user_id
    theirs = ServiceNote.shared & ServiceNote.market_id.in_(work.actor.market_ids)
    query = (
        select(ServiceNote, User.name)
        .join(User, User.id == ServiceNote.written_by)
        .where(ServiceNote.service_at_location_id.in_(service_at_location_ids), mine | theirs)
        .order_by(ServiceNote.changed_at.desc(), ServiceNote.id)
    )
    found: dict[str, tuple[Note, ...]] = {}
    for row, name in work.session.execute(query):
        text = work.vault.open(row.sealed_text, Place("service_note", "sealed_text", row.id))
        note = Note(text, row.shared, row.written_by == work.actor.user_id, name, row.changed_at)
        others = found.get(row.service_at_location_id, ())
        found[row.service_at_location_id] = (note, *others) if note.is_mine else (*others, note)
    return found
