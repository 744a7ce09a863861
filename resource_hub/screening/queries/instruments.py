"""The instruments that were brought, in their versions."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resource_hub.accounts.models import User
from resource_hub.screening.errors import NoSuchInstrument
from resource_hub.screening.models import InstrumentRecord, InstrumentTerms, ScreeningRecord
from resource_hub.screening.rules.reading import read_instrument
from resource_hub.screening.values import Instrument


@dataclass(frozen=True)
class Version:
    """One version of a brought instrument: who accepted the owner's terms and when, and how often it was answered."""

    id: str
    instrument: Instrument
    imported_at: datetime
    accepted_by: str | None
    screenings: int


def get_imported(session: Session, name: str) -> InstrumentRecord:
    """Return the newest version of a brought instrument; refuses with no_such_instrument."""
    query = select(InstrumentRecord).join(InstrumentTerms).where(InstrumentRecord.name == name)
    newest = query.order_by(InstrumentRecord.created_at.desc(), InstrumentRecord.id.desc()).limit(1)
    record = session.scalars(newest).first()
    if record is None:
        raise NoSuchInstrument("There is no instrument with this name. `resource-hub instrument list` names them.")
    return record


def load_imported(session: Session, name: str) -> Instrument:
    """Return the newest version of a brought instrument, read; refuses with no_such_instrument."""
    return read_instrument(get_imported(session, name).definition)


def get_version(session: Session, instrument_id: str) -> Version:
    """Return one version of a brought instrument; refuses with no_such_instrument."""
    found = next((one for one in versions(session) if one.id == instrument_id), None)
    if found is None:
        raise NoSuchInstrument("There is no such version of an instrument.")
    return found


def versions(session: Session) -> tuple[Version, ...]:
    """Return all versions of all brought instruments, the newest of each name first."""
    answered = (
        select(func.count()).where(ScreeningRecord.instrument_id == InstrumentRecord.id).correlate(InstrumentRecord)
    ).scalar_subquery()
    query = (
        select(InstrumentRecord, User.name, answered)
        .select_from(InstrumentRecord)
        .join(InstrumentTerms)
        .outerjoin(User, User.id == InstrumentTerms.accepted_by)
        .order_by(InstrumentRecord.name, InstrumentRecord.created_at.desc(), InstrumentRecord.id.desc())
    )
    return tuple(
        Version(record.id, read_instrument(record.definition), record.created_at, who, screenings)
        for record, who, screenings in session.execute(query)
    )
