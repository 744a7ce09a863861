"""What a person wants help with: their own choice, apart from any risk."""

from collections.abc import Collection, Mapping, Sequence

from resource_hub.accounts import audit
from resource_hub.accounts.values import AuditEntry
from resource_hub.accounts.work import Work
from resource_hub.core.errors import NotFound
from resource_hub.core.language import marked as _
from resource_hub.people.models import PersonRecord
from resource_hub.people.queries import get_record
from resource_hub.people.service import mark_changed
from resource_hub.screening import queries
from resource_hub.screening.models import NeedRecord
from resource_hub.screening.rules import answering, scoring
from resource_hub.screening.values import NeedState, WantsHelp


def choose_needs(
    work: Work, person_id: str, wants_help: Mapping[str, WantsHelp], order: Sequence[str] = ()
) -> tuple[str, ...]:
    """Record what a person wants help with, also without any screening; return the needs with a yes, in order.

    `order` is the person's, the most important first; without it the order of `wants_help` is. What they do not
    speak about stays as it was, after the rest. Refuses with NotFound outside the scope and with bad_answers.
    """
    person = get_record(work, person_id, for_update=True)
    answering.check_wishes(wants_help)
    known = [row.code for row in queries.need_records(work.session, person.id)]
    answering.check_order(order, {*known, *wants_help})
    put_needs(work, person, wants_help, order=order)
    _write_down(work, "person.needs_chosen", person)
    needs = queries.needs_of(work, person.id)
    return tuple(need.code for need in needs if need.wants_help == WantsHelp.YES)


def set_need_state(work: Work, person_id: str, code: str, state: NeedState) -> None:
    """Note that a need is met, or open again; refuses with NotFound where the person never spoke about it."""
    person = get_record(work, person_id, for_update=True)
    row = next((row for row in queries.need_records(work.session, person.id) if row.code == code), None)
    if row is None:
        raise NotFound(_("The person has not said anything about this need."))
    row.state, row.changed_at = state, work.now
    mark_changed(work, person)
    _write_down(work, "person.need_state_set", person)


def mark_needs(work: Work, person_id: str, codes: Collection[str], *, is_met: bool) -> None:
    """Note what came of help with needs; the caller has made sure that whoever reports may say so.

    It is no work on the person's record: they do not become one of the reporter's recent people.
    """
    person = work.session.get_one(PersonRecord, person_id)
    state = NeedState.MET if is_met else NeedState.OPEN
    rows = queries.need_records(work.session, person.id)
    changed = [row for row in rows if row.code in codes and row.state != state]
    for row in changed:
        row.state, row.changed_at = state, work.now
    work.session.flush()
    if changed:
        _write_down(work, "person.need_state_set", person)


def put_needs(
    work: Work,
    person: PersonRecord,
    wants_help: Mapping[str, WantsHelp],
    *,
    order: Sequence[str] = (),
    screening_id: str | None = None,
) -> None:
    """Write wishes into a person's needs, in the person's order; those they did not speak about follow.

    The caller holds the person's record for update: two that write the same new need wait for each other there.
    """
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


def _write_down(work: Work, action: str, person: PersonRecord) -> None:
    audit.record(work, AuditEntry(action, "person", person.id), market_id=person.market_id)
