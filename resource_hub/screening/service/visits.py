"""A person answers alone: invited by a code for one time, and gone from the screen at the end or after silence."""

from random import SystemRandom

from sqlalchemy import select

from resource_hub.accounts import audit
from resource_hub.accounts.values import AuditEntry
from resource_hub.accounts.work import Work
from resource_hub.core.language import marked as _
from resource_hub.people.queries import get_record
from resource_hub.screening.errors import CodeOver
from resource_hub.screening.models import ScreeningVisit
from resource_hub.screening.rules.inviting import OPEN_FOR, is_silent, new_code, normal_code
from resource_hub.screening.service.recording import current_instrument
from resource_hub.screening.values import Visit

_PURPOSE = "screening-code"


def invite(work: Work, person_id: str, instrument_name: str = "") -> str:
    """Return a code by which a person answers an instrument alone, once; without a name, the menu of needs.

    Codes of theirs that nobody has used stop to work. Refuses with NotFound outside the scope, no_such_instrument.
    """
    person = get_record(work, person_id)
    if instrument_name:
        current_instrument(work, instrument_name)
    unused = select(ScreeningVisit).where(ScreeningVisit.person_id == person.id, ScreeningVisit.begun_at.is_(None))
    for earlier in work.session.scalars(unused):
        earlier.ended_at = earlier.ended_at or work.now
    code = new_code(SystemRandom())
    record = ScreeningVisit(
        id=work.new_id(),
        person_id=person.id,
        instrument=instrument_name,
        code_index=work.vault.indexes(code, _PURPOSE)[0],
        made_by=work.actor.user_id,
        made_at=work.now,
        expires_at=work.now + OPEN_FOR,
    )
    work.session.add(record)
    work.session.flush()
    _write_down(work, "screening.code_made", record)
    return code


def begin_visit(work: Work, typed: str) -> Visit:
    """Begin with a code as it was typed; refuses with code_over one that is wrong, used, taken back or too old."""
    indexes = work.vault.indexes(normal_code(typed), _PURPOSE)
    query = select(ScreeningVisit).where(ScreeningVisit.code_index.in_(indexes)).with_for_update()
    record = work.session.scalars(query).first()
    if record is None or record.begun_at or record.ended_at or work.now >= record.expires_at:
        raise CodeOver(_("This code does not work. Check it, or ask the staff for a new one."))
    record.begun_at = record.seen_at = work.now
    work.session.flush()
    _write_down(work, "screening.visit_begun", record)
    return _visit(record)


def find_visit(work: Work, visit_id: str) -> Visit | None:
    """Return a visit that goes on, and note that somebody is there; None where it is over."""
    record = work.session.get(ScreeningVisit, visit_id)
    if record is None or record.begun_at is None or record.ended_at or is_silent(record.seen_at, work.now):
        return None
    record.seen_at = work.now
    return _visit(record)


def note_answered(work: Work, visit: Visit) -> None:
    """Note that the answers of a visit are written down: its questions are shown no more."""
    work.session.get_one(ScreeningVisit, visit.id).answered_at = work.now


def end_visit(work: Work, visit: Visit) -> None:
    """End a visit; what was saved stays saved."""
    record = work.session.get_one(ScreeningVisit, visit.id)
    record.ended_at = work.now
    _write_down(work, "screening.visit_ended", record)


def _visit(record: ScreeningVisit) -> Visit:
    return Visit(record.id, record.person_id, record.instrument, record.answered_at is not None)


def _write_down(work: Work, action: str, record: ScreeningVisit) -> None:
    person = get_record(work, record.person_id)
    audit.record(work, AuditEntry(action, "screening_visit", record.id), market_id=person.market_id)
