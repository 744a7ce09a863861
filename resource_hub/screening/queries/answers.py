"""What a person answered and what they want help with, within the scope of whoever asks."""

import json
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_hub.accounts.work import Work
from resource_hub.core.encryption import Place, Vault
from resource_hub.core.errors import NotFound
from resource_hub.core.language import marked as _
from resource_hub.people.queries import get_record
from resource_hub.screening.models import InstrumentRecord, NeedRecord, ScreeningRecord, SocialRiskRecord
from resource_hub.screening.rules import scoring
from resource_hub.screening.rules.reading import read_instrument
from resource_hub.screening.rules.suggesting import suggestions
from resource_hub.screening.values import (
    Answer,
    Answers,
    Change,
    History,
    Instrument,
    Mode,
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


def met_needs(work: Work, person_id: str) -> frozenset[str]:
    """Return the needs of a person that are met; refuses with NotFound outside the actor's scope."""
    return frozenset(need.code for need in needs_of(work, person_id) if need.state is NeedState.MET)


def screenings_of(work: Work, person_id: str) -> tuple[Screening, ...]:
    """Return the screenings of a person, newest first; refuses with NotFound outside the actor's scope."""
    get_record(work, person_id)
    return tuple(opened(work, record) for record in _records(work.session, person_id))


def latest_screening(work: Work, person_id: str) -> Screening | None:
    """Return a person's newest screening with its results; refuses with NotFound outside the actor's scope."""
    get_record(work, person_id)
    records = _records(work.session, person_id, limit=1)
    return opened(work, records[0]) if records else None


def get_screening(work: Work, person_id: str, screening_id: str) -> tuple[Screening, Instrument, Answers]:
    """Return a screening of a person, the version it was given on, and the answers; refuses with NotFound."""
    get_record(work, person_id)
    record = work.session.get(ScreeningRecord, screening_id)
    if record is None or record.person_id != person_id:
        raise NotFound(_("There is no such screening of this person."))
    stored = work.session.get_one(InstrumentRecord, record.instrument_id)
    return opened(work, record), read_instrument(stored.definition), open_answers(work.vault, record)


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


def history_of(work: Work, person_id: str, most: int = 6) -> History:
    """Return the results of a person's last screenings by domain; refuses with NotFound outside the actor's scope."""
    get_record(work, person_id)
    records = list(reversed(_records(work.session, person_id, limit=most)))
    found = [_risks(work.session, record) for record in records]
    domains = dict.fromkeys(domain for risks in found for domain in risks)
    rows = {domain: tuple(risks.get(domain) for risks in found) for domain in domains}
    return History(tuple(record.screened_at for record in records), rows)


def need_records(session: Session, person_id: str) -> list[NeedRecord]:
    """Return the records of a person's needs in their order."""
    query = select(NeedRecord).where(NeedRecord.person_id == person_id)
    return list(session.scalars(query.order_by(NeedRecord.rank, NeedRecord.code)))


def answers_place(record: ScreeningRecord) -> Place:
    """Return the one place where the answers of a screening open."""
    return Place(record.__tablename__, "sealed_answers", record.id)


def open_answers(vault: Vault, record: ScreeningRecord) -> Answers:
    """Open the answers of a screening."""
    return from_text(vault.open(record.sealed_answers, answers_place(record)))


def as_text(answers: Answers) -> str:
    """Return answers as they are sealed."""
    given = [(one.item, one.answer) for one in answers.given]
    return json.dumps({"answers": given, "wants_help": list(answers.wants_help.items()), "age": answers.age})


def from_text(text: str) -> Answers:
    """Return answers from what was sealed."""
    stored = json.loads(text)
    return Answers(
        tuple(Answer(item, answer) for item, answer in stored["answers"]),
        {code: WantsHelp(wish) for code, wish in stored["wants_help"]},
        stored.get("age"),
    )


def opened(work: Work, record: ScreeningRecord) -> Screening:
    """Return a screening with what follows from its answers, by the version that they were given on."""
    stored = work.session.get_one(InstrumentRecord, record.instrument_id)
    instrument, answers = read_instrument(stored.definition), open_answers(work.vault, record)
    results = scoring.score(instrument, answers.given, answers.age)
    return Screening(
        id=record.id,
        instrument=stored.name,
        version=stored.version,
        screened_at=record.screened_at,
        results=results,
        choices=scoring.choices(results, answers.wants_help),
        suggestions=suggestions(instrument, results, answers.given),
        dangers=scoring.dangers(instrument, answers.given, answers.age),
        mode=Mode(record.mode) if record.mode else None,
    )


def _records(session: Session, person_id: str, limit: int | None = None) -> list[ScreeningRecord]:
    query = select(ScreeningRecord).where(ScreeningRecord.person_id == person_id)
    newest_first = query.order_by(ScreeningRecord.screened_at.desc(), ScreeningRecord.id.desc())
    return list(session.scalars(newest_first.limit(limit)))


def _risks(session: Session, record: ScreeningRecord) -> Mapping[str, Result]:
    query = select(SocialRiskRecord).where(SocialRiskRecord.screening_id == record.id)
    return {row.domain: Result(row.result) for row in session.scalars(query.order_by(SocialRiskRecord.domain))}
