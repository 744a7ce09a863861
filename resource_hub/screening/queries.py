"""What a person answered and what they want help with, within the scope of whoever asks."""

import json
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_hub.accounts.work import Work
from resource_hub.core.encryption import Place, Vault
from resource_hub.people.queries import get_record
from resource_hub.screening.models import InstrumentRecord, NeedRecord, ScreeningRecord, SocialRiskRecord
from resource_hub.screening.rules import scoring
from resource_hub.screening.rules.reading import read_instrument
from resource_hub.screening.values import (
    Answer,
    Answers,
    Change,
    Need,
    NeedState,
    Result,
    Screening,
    WantsHelp,
)


def needs_of(work: Work, person_id: str) -> tuple[Need, ...]:
    """Return what a person said about their needs, in their order; those with a yes are what to help with.

    Refuses with NotFound outside the actor's scope.
    """
    get_record(work, person_id)
    return tuple(
        Need(row.code, WantsHelp(row.wants_help), NeedState(row.state), row.screening_id, row.changed_at)
        for row in need_records(work.session, person_id)
    )


def screenings_of(work: Work, person_id: str) -> tuple[Screening, ...]:
    """Return the screenings of a person, newest first; refuses with NotFound outside the actor's scope."""
    get_record(work, person_id)
    return tuple(_opened(work, record) for record in _records(work.session, person_id))


def latest_screening(work: Work, person_id: str) -> Screening | None:
    """Return a person's newest screening with its results; refuses with NotFound outside the actor's scope."""
    get_record(work, person_id)
    records = _records(work.session, person_id, limit=1)
    return _opened(work, records[0]) if records else None


def answers_of(work: Work, person_id: str, screening_id: str) -> Answers | None:
    """Return what a person answered in one of their screenings, or None where there is no such screening."""
    get_record(work, person_id)
    record = work.session.get(ScreeningRecord, screening_id)
    return open_answers(work.vault, record) if record and record.person_id == person_id else None


def changes_since_last(work: Work, person_id: str) -> tuple[Change, ...]:
    """Return how the newest screening differs from what was last known of each of its domains.

    Nothing after the first screening. Refuses with NotFound outside the actor's scope.
    """
    get_record(work, person_id)
    newest, *older = [_risks(work.session, record) for record in _records(work.session, person_id)] or [{}]
    known = {domain: result for risks in reversed(older) for domain, result in risks.items()}
    return scoring.changes(known, newest) if older else ()


def need_records(session: Session, person_id: str) -> list[NeedRecord]:
    """Return the records of a person's needs in their order."""
    query = select(NeedRecord).where(NeedRecord.person_id == person_id)
    return list(session.scalars(query.order_by(NeedRecord.rank, NeedRecord.code)))


def answers_place(record: ScreeningRecord) -> Place:
    """Return the one place where the answers of a screening open."""
    return Place(record.__tablename__, "sealed_answers", record.id)


def open_answers(vault: Vault, record: ScreeningRecord) -> Answers:
    """Open the answers of a screening."""
    stored = json.loads(vault.open(record.sealed_answers, answers_place(record)))
    return Answers(
        tuple(Answer(item, answer) for item, answer in stored["answers"]),
        {code: WantsHelp(wish) for code, wish in stored["wants_help"]},
    )


def _records(session: Session, person_id: str, limit: int | None = None) -> list[ScreeningRecord]:
    query = select(ScreeningRecord).where(ScreeningRecord.person_id == person_id)
    newest_first = query.order_by(ScreeningRecord.screened_at.desc(), ScreeningRecord.id.desc())
    return list(session.scalars(newest_first.limit(limit)))


def _opened(work: Work, record: ScreeningRecord) -> Screening:
    stored = work.session.get_one(InstrumentRecord, record.instrument_id)
    answers = open_answers(work.vault, record)
    results = scoring.score(read_instrument(stored.definition), answers.given)
    return Screening(
        id=record.id,
        instrument=stored.name,
        version=stored.version,
        screened_at=record.screened_at,
        results=results,
        choices=scoring.choices(results, answers.wants_help),
    )


def _risks(session: Session, record: ScreeningRecord) -> Mapping[str, Result]:
    query = select(SocialRiskRecord).where(SocialRiskRecord.screening_id == record.id)
    return {row.domain: Result(row.result) for row in session.scalars(query.order_by(SocialRiskRecord.domain))}
