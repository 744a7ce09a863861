"""Recording a screening and what a person wants help with. The wish is stored apart from the risk."""

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from resource_hub.accounts import audit
from resource_hub.accounts.values import AuditEntry
from resource_hub.accounts.work import Work
from resource_hub.core.db import insert_new
from resource_hub.core.errors import NotFound
from resource_hub.core.language import marked as _
from resource_hub.people.models import PersonRecord
from resource_hub.people.queries import get_record
from resource_hub.people.service import mark_changed
from resource_hub.screening import instruments, queries
from resource_hub.screening.errors import InstrumentChanged
from resource_hub.screening.models import InstrumentRecord, NeedRecord, ScreeningRecord, SocialRiskRecord
from resource_hub.screening.rules import answering, scoring
from resource_hub.screening.rules.reading import read_instrument, same_meaning
from resource_hub.screening.values import Answer, Answers, NeedState, Screening, WantsHelp


def record_screening(
    work: Work,
    person_id: str,
    instrument_name: str,
    given: Sequence[Answer],
    wants_help: Mapping[str, WantsHelp],
) -> Screening:
    """Record a filled-in instrument: sealed answers, the risk found in each domain, and the person's wishes.

    `wants_help` stands in the person's order. Refuses with NotFound outside the actor's scope, no_such_instrument,
    bad_answers naming each row, and instrument_changed when the file no longer is the version that was stored.
    """
    person = get_record(work, person_id)
    instrument = instruments.load(instrument_name)
    answers = Answers(tuple(given), wants_help)
    answering.check_answers(answers, instrument)
    record = ScreeningRecord(
        id=work.new_id(),
        person_id=person.id,
        instrument_id=_stored_instrument(work, instrument_name).id,
        screened_at=work.now,
        recorded_by=work.actor.user_id,
    )
    record.sealed_answers = work.vault.seal(_as_text(answers), queries.answers_place(record))
    work.session.add(record)
    work.session.flush()
    results = scoring.score(instrument, answers.given)
    for found in results:
        work.session.add(SocialRiskRecord(screening_id=record.id, domain=found.domain, result=found.result))
    _put_needs(work, person, wants_help, screening_id=record.id)
    detail = (("instrument", instrument.name), ("version", instrument.version))
    audit.record(work, AuditEntry("screening.recorded", "screening", record.id, detail), market_id=person.market_id)
    choices = scoring.choices(results, wants_help)
    return Screening(record.id, instrument.name, instrument.version, work.now, results, choices)


def choose_needs(
    work: Work, person_id: str, wants_help: Mapping[str, WantsHelp], order: Sequence[str] = ()
) -> tuple[str, ...]:
    """Record what a person wants help with, also without any screening; return the needs with a yes, in order.

    `order` is the person's, the most important first; without it the order of `wants_help` is. What they do not
    speak about stays as it was, after the rest. Refuses with NotFound outside the scope and with bad_answers.
    """
    person = get_record(work, person_id)
    answering.check_wishes(wants_help)
    known = [row.code for row in queries.need_records(work.session, person.id)]
    answering.check_order(order, {*known, *wants_help})
    _put_needs(work, person, wants_help, order=order)
    _write_down(work, "person.needs_chosen", person)
    needs = queries.needs_of(work, person.id)
    return tuple(need.code for need in needs if need.wants_help == WantsHelp.YES)


def set_need_state(work: Work, person_id: str, code: str, state: NeedState) -> None:
    """Note that a need is met, or open again; refuses with NotFound where the person never spoke about it."""
    person = get_record(work, person_id)
    row = next((row for row in queries.need_records(work.session, person.id) if row.code == code), None)
    if row is None:
        raise NotFound(_("The person has not said anything about this need."))
    row.state, row.changed_at = state, work.now
    mark_changed(work, person)
    _write_down(work, "person.need_state_set", person)


def _put_needs(
    work: Work,
    person: PersonRecord,
    wants_help: Mapping[str, WantsHelp],
    *,
    order: Sequence[str] = (),
    screening_id: str | None = None,
) -> None:
    rows = {row.code: row for row in queries.need_records(work.session, person.id)}
    known = list(rows)
    for code, wish in wants_help.items():
        row = rows.setdefault(code, NeedRecord(person_id=person.id, code=code, state=NeedState.OPEN))
        row.id = row.id or work.new_id()
        if wish == WantsHelp.YES:
            row.state = NeedState.OPEN
        row.wants_help, row.changed_at = wish, work.now
        row.screening_id = screening_id or row.screening_id
    for rank, code in enumerate(scoring.in_order((*order, *wants_help), known), start=1):
        rows[code].rank = rank
    work.session.add_all(rows.values())
    mark_changed(work, person)


def _stored_instrument(work: Work, name: str) -> InstrumentRecord:
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


def _as_text(answers: Answers) -> str:
    given = [(one.item, one.answer) for one in answers.given]
    return json.dumps({"answers": given, "wants_help": list(answers.wants_help.items())})


def _write_down(work: Work, action: str, person: PersonRecord) -> None:
    audit.record(work, AuditEntry(action, "person", person.id), market_id=person.market_id)
