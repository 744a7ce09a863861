"""Recording a filled-in instrument: sealed answers, the risk found in each domain, and the person's wishes."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from resource_hub.accounts import audit
from resource_hub.accounts.values import AuditEntry
from resource_hub.accounts.work import Work
from resource_hub.core.db import insert_new
from resource_hub.people.models import PersonRecord
from resource_hub.people.queries import get_person, get_record
from resource_hub.people.rules.sharing import facts_for_matching
from resource_hub.screening import instruments, queries
from resource_hub.screening.errors import InstrumentChanged
from resource_hub.screening.models import InstrumentRecord, ScreeningRecord, SocialRiskRecord
from resource_hub.screening.rules import answering, scoring
from resource_hub.screening.rules.reading import read_instrument, same_meaning
from resource_hub.screening.service.needs import put_needs
from resource_hub.screening.values import (
    Answer,
    Answers,
    Instrument,
    Mode,
    ProductBelow,
    Screening,
    Sensitivity,
    WantsHelp,
)


def record_screening(
    work: Work,
    person_id: str,
    instrument_name: str,
    given: Sequence[Answer],
    wants_help: Mapping[str, WantsHelp],
    *,
    mode: Mode = Mode.STAFF,
) -> Screening:
    """Record a filled-in instrument in its newest version.

    `wants_help` stands in the person's order. Refuses with NotFound outside the actor's scope, no_such_instrument,
    bad_answers naming each row, and instrument_changed when the file no longer is the version that was stored.
    """
    person = get_record(work, person_id, for_update=True)
    return record_answers(work, person, current_instrument(work, instrument_name), given, wants_help, mode=mode)


def record_answers(
    work: Work,
    person: PersonRecord,
    stored: InstrumentRecord,
    given: Sequence[Answer],
    wants_help: Mapping[str, WantsHelp],
    *,
    mode: Mode = Mode.STAFF,
) -> Screening:
    """Record answers to one version of an instrument; refuses with bad_answers naming each row.

    The caller holds the person's record for update.
    """
    instrument = read_instrument(stored.definition)
    answers = Answers(tuple(given), wants_help, age_asked(work, person.id, instrument))
    answering.check_answers(answers, instrument)
    record = ScreeningRecord(
        id=work.new_id(),
        person_id=person.id,
        instrument_id=stored.id,
        screened_at=work.now,
        recorded_by=work.actor.user_id,
        mode=mode,
    )
    record.sealed_answers = work.vault.seal(queries.as_text(answers), queries.answers_place(record))
    work.session.add(record)
    work.session.flush()
    for found in scoring.score(instrument, answers.given, answers.age):
        work.session.add(SocialRiskRecord(screening_id=record.id, domain=found.domain, result=found.result))
    put_needs(work, person, wants_help, screening_id=record.id)
    detail = (("instrument", stored.name), ("version", stored.version))
    audit.record(work, AuditEntry("screening.recorded", "screening", record.id, detail), market_id=person.market_id)
    return queries.opened(work, record)


def current_instrument(work: Work, name: str) -> InstrumentRecord:
    """Return the newest version of an instrument as it is stored; one that comes with the code is stored first."""
    if name not in instruments.names():
        return queries.get_imported(work.session, name)
    instrument = instruments.load(name)
    row = {
        "id": work.new_id(),
        "name": instrument.name,
        "version": instrument.version,
        "title": instrument.title.get("en", instrument.name)[:200],
        "definition": instruments.definition(name),
        "created_at": work.now,
    }
    insert_new(work.session, InstrumentRecord, row)
    key = (InstrumentRecord.name == instrument.name, InstrumentRecord.version == instrument.version)
    stored = work.session.scalars(select(InstrumentRecord).where(*key)).one()
    if not same_meaning(read_instrument(stored.definition), instrument):
        raise InstrumentChanged(
            f"{instrument.name}: its questions or scoring changed. Give the file a version other than {stored.version}."
        )
    return stored


def write_down_export(work: Work, person_id: str, screening_id: str, covered: Iterable[Sensitivity]) -> None:
    """Write down that a screening was given out, with the sensitive labels that went along; refuses with NotFound."""
    person = get_record(work, person_id)
    detail = (("sensitive", ",".join(sorted(covered))),)
    audit.record(work, AuditEntry("screening.exported", "screening", screening_id, detail), market_id=person.market_id)


def age_asked(work: Work, person_id: str, instrument: Instrument) -> float | None:
    """Return the person's age where the instrument asks for it, so that no more is kept than it needs."""
    by_age = any(isinstance(rule.test, ProductBelow) for rule in instrument.rules)
    if not by_age and not any(item.from_age for item in instrument.items):
        return None
    age = facts_for_matching(get_person(work, person_id), work.now.date()).get("age")
    return float(age) if isinstance(age, int | float) else None
