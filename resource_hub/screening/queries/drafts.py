"""Screenings under way, within the scope of whoever asks."""

from sqlalchemy import select

from resource_hub.accounts.work import Work
from resource_hub.core.encryption import Place, Vault
from resource_hub.core.errors import NotFound
from resource_hub.core.language import marked as _
from resource_hub.people.queries import get_record
from resource_hub.screening.models import InstrumentRecord, ScreeningDraft
from resource_hub.screening.queries.answers import from_text
from resource_hub.screening.rules.reading import read_instrument
from resource_hub.screening.values import Answers, Draft, Instrument


def drafts_of(work: Work, person_id: str) -> tuple[Draft, ...]:
    """Return a person's screenings under way, the last saved first; refuses with NotFound outside the scope."""
    get_record(work, person_id)
    query = select(ScreeningDraft).where(ScreeningDraft.person_id == person_id)
    newest_first = query.order_by(ScreeningDraft.saved_at.desc(), ScreeningDraft.id)
    return tuple(opened_draft(work, record) for record in work.session.scalars(newest_first))


def find_draft(work: Work, person_id: str, instrument_id: str) -> Draft | None:
    """Return the screening of a version that a person has under way."""
    query = select(ScreeningDraft).where(
        ScreeningDraft.person_id == person_id, ScreeningDraft.instrument_id == instrument_id
    )
    record = work.session.scalars(query).first()
    return opened_draft(work, record) if record else None


def get_draft(work: Work, draft_id: str) -> Draft:
    """Return a screening under way, to go on with; refuses with NotFound outside the actor's scope."""
    return opened_draft(work, get_draft_record(work, draft_id))


def instrument_of(work: Work, draft_id: str) -> Instrument:
    """Return the version that a screening under way is given on; refuses with NotFound outside the actor's scope."""
    record = get_draft_record(work, draft_id)
    return read_instrument(work.session.get_one(InstrumentRecord, record.instrument_id).definition)


def get_draft_record(work: Work, draft_id: str, *, for_update: bool = False) -> ScreeningDraft:
    """Return the record of a screening under way; refuses with NotFound outside the actor's scope."""
    query = select(ScreeningDraft).where(ScreeningDraft.id == draft_id)
    record = work.session.scalars(query.with_for_update() if for_update else query).first()
    if record is None:
        raise NotFound(_("There is no such screening under way."))
    get_record(work, record.person_id)
    return record


def opened_draft(work: Work, record: ScreeningDraft) -> Draft:
    """Open a screening under way."""
    stored = work.session.get_one(InstrumentRecord, record.instrument_id)
    return Draft(
        id=record.id,
        person_id=record.person_id,
        instrument=stored.name,
        version=stored.version,
        answers=open_draft_answers(work.vault, record),
        position=record.position,
        saved_at=record.saved_at,
    )


def open_draft_answers(vault: Vault, record: ScreeningDraft) -> Answers:
    """Open what was answered so far."""
    return from_text(vault.open(record.sealed_answers, draft_place(record)))


def draft_place(record: ScreeningDraft) -> Place:
    """Return the one place where the answers of a draft open."""
    return Place(record.__tablename__, "sealed_answers", record.id)
