"""A screening under way: saved as the person goes, resumed later, finished once. Nothing is lost in between."""

from collections.abc import Mapping, Sequence

from resource_hub.accounts import audit
from resource_hub.accounts.values import AuditEntry
from resource_hub.accounts.work import Work
from resource_hub.core.language import marked as _
from resource_hub.people.queries import get_record
from resource_hub.screening import queries
from resource_hub.screening.errors import DraftMovedOn
from resource_hub.screening.models import InstrumentRecord, ScreeningDraft
from resource_hub.screening.rules import answering, scoring
from resource_hub.screening.rules.reading import read_instrument
from resource_hub.screening.service.recording import age_asked, current_instrument, record_answers
from resource_hub.screening.values import Answer, Answers, Draft, Mode, Screening, SoFar, WantsHelp


def start(work: Work, person_id: str, instrument_name: str) -> Draft:
    """Begin a screening, or return the one of this instrument that is under way.

    Refuses with NotFound outside the actor's scope and no_such_instrument.
    """
    person = get_record(work, person_id, for_update=True)
    stored = current_instrument(work, instrument_name)
    under_way = queries.find_draft(work, person.id, stored.id)
    if under_way is not None:
        return under_way
    record = ScreeningDraft(
        id=work.new_id(),
        person_id=person.id,
        instrument_id=stored.id,
        position=0,
        started_at=work.now,
        saved_at=work.now,
        started_by=work.actor.user_id,
    )
    record.sealed_answers = work.vault.seal(queries.as_text(Answers((), {})), queries.draft_place(record))
    work.session.add(record)
    work.session.flush()
    audit.record(work, AuditEntry("screening.started", "screening", record.id), market_id=person.market_id)
    return queries.opened_draft(work, record)


def save(
    work: Work,
    draft_id: str,
    answers: Mapping[str, Sequence[str]],
    wants_help: Mapping[str, WantsHelp],
    *,
    position: int,
) -> Draft:
    """Keep some answers: those of the items named take the place of earlier ones, an empty list takes them away.

    `position` is that of the draft as it was shown. Refuses with NotFound, bad_answers, and draft_moved_on when it was
    saved elsewhere since.
    """
    record = queries.get_draft_record(work, draft_id, for_update=True)
    if record.position != position:
        raise DraftMovedOn(_("This was answered somewhere else meanwhile. Load it again."))
    stored = work.session.get_one(InstrumentRecord, record.instrument_id)
    before = queries.open_draft_answers(work.vault, record)
    kept = tuple(one for one in before.given if one.item not in answers)
    new = tuple(Answer(item, answer) for item, chosen in answers.items() for answer in chosen)
    after = Answers((*kept, *new), {**before.wants_help, **wants_help})
    answering.check_answers(after, read_instrument(stored.definition))
    record.sealed_answers = work.vault.seal(queries.as_text(after), queries.draft_place(record))
    record.position, record.saved_at = position + 1, work.now
    work.session.flush()
    return queries.opened_draft(work, record)


def so_far(work: Work, draft: Draft) -> SoFar:
    """Return what the answers of a screening under way say up to now; refuses with NotFound as `finish` does."""
    instrument = queries.instrument_of(work, draft.id)
    given, age = draft.answers.given, age_asked(work, draft.person_id, instrument)
    return SoFar(scoring.score(instrument, given, age), scoring.dangers(instrument, given, age))


def finish(
    work: Work, draft_id: str, wants_help: Mapping[str, WantsHelp] | None = None, *, mode: Mode = Mode.STAFF
) -> Screening:
    """Record what was answered as a screening, and let the draft go; questions left out stay unanswered.

    `wants_help` stands before what was said of it earlier. Refuses with NotFound where there is no such draft (any
    more), and with bad_answers.
    """
    record = queries.get_draft_record(work, draft_id, for_update=True)
    person = get_record(work, record.person_id, for_update=True)
    stored = work.session.get_one(InstrumentRecord, record.instrument_id)
    answers = queries.open_draft_answers(work.vault, record)
    work.session.delete(record)
    return record_answers(work, person, stored, answers.given, {**answers.wants_help, **(wants_help or {})}, mode=mode)


def discard(work: Work, draft_id: str) -> None:
    """Forget a screening that was begun; refuses with NotFound where there is none."""
    record = queries.get_draft_record(work, draft_id, for_update=True)
    person = get_record(work, record.person_id)
    work.session.delete(record)
    work.session.flush()
    audit.record(work, AuditEntry("screening.discarded", "screening", draft_id), market_id=person.market_id)
