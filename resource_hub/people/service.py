"""Adding people, correcting what is known about them, and opening their record; each writes down who did it."""

from datetime import date

from sqlalchemy.exc import IntegrityError

from resource_hub.accounts import audit
from resource_hub.accounts.values import AuditEntry
from resource_hub.accounts.work import Work
from resource_hub.core.codes import FactValue
from resource_hub.core.errors import NotFound
from resource_hub.core.language import marked as _
from resource_hub.people import queries
from resource_hub.people.errors import RecordNumberTaken
from resource_hub.people.models import ContactRoute, PersonFact, PersonRecord, place
from resource_hub.people.rules import reach, validate
from resource_hub.people.values import Corrections, NewPerson, NewRoute, Person, PersonFactValue


def add_person(work: Work, market_id: str, new: NewPerson) -> PersonRecord:
    """Add a person to a market, every field sealed.

    Refuses with NotFound outside the actor's markets, with BadPerson naming each wrong field, and with
    record_number_taken when somebody in the market has the number; it never says who.
    """
    queries.require_market(work.actor, market_id)
    person = validate.read_person(new, work.now.date())
    texts = {name: getattr(person, name) for name in queries.TEXTS if getattr(person, name)}
    record = PersonRecord(
        id=work.new_id(),
        market_id=market_id,
        organization_id=work.actor.keeps_for,
        created_by=work.actor.user_id,
        created_at=work.now,
        changed_by=work.actor.user_id,
        changed_at=work.now,
    )
    _write(work, record, texts)
    for route in person.routes:
        _append_route(work, record, route)
    for fact in person.facts:
        _put_fact(work, record, fact)
    _refuse_if_taken(work, record, texts)
    _flush(work, record, texts)
    _write_down(work, "person.added", record, *texts)
    return record


def open_person(work: Work, person_id: str) -> Person:
    """Return a person for somebody to read, and write down that they did; refuses with NotFound out of scope."""
    person = queries.get_person(work, person_id)
    entry = AuditEntry("person.opened", "person", person.id)
    audit.record(work, entry, market_id=person.market_id)
    return person


def correct_person(work: Work, person_id: str, corrections: Corrections) -> PersonRecord:
    """Correct a person's fields; what stays as it is changes nothing. Refuses as `add_person` does."""
    record = queries.get_record(work, person_id, for_update=True)
    wanted = {name: text for name, text in vars(corrections).items() if text is not None}
    texts = validate.read_fields(wanted, work.now.date())
    changed = {
        name: text for name, text in texts.items() if queries.opened(work.vault, record, f"sealed_{name}") != text
    }
    if changed:
        _refuse_if_taken(work, record, changed)
        _write(work, record, changed)
        _flush(work, record, changed)
        _changed(work, "person.corrected", record, *changed)
    return record


def set_fact(work: Work, person_id: str, name: str, value: FactValue, as_of: date) -> None:
    """State a fact about a person as it was known on a day; refuses unknown names, bad values and days to come."""
    record = queries.get_record(work, person_id, for_update=True)
    _put_fact(work, record, validate.read_fact(PersonFactValue(name, value, as_of), work.now.date()))
    _changed(work, "person.fact_set", record, name)


def remove_fact(work: Work, person_id: str, name: str) -> None:
    """Forget a fact about a person; one that is not known is no error."""
    record = queries.get_record(work, person_id, for_update=True)
    fact = _find_fact(record, name)
    if fact:
        record.facts.remove(fact)
        _changed(work, "person.fact_removed", record, name)


def add_route(work: Work, person_id: str, route: NewRoute) -> str:
    """Add a way to reach a person, tried after those there are; return its id. Refuses bad numbers and addresses."""
    record = queries.get_record(work, person_id, for_update=True)
    validate.check_number_of_routes(len(record.routes) + 1)
    added = _append_route(work, record, reach.read_route(route))
    _changed(work, "person.route_added", record, route.kind)
    return added.id


def remove_route(work: Work, person_id: str, route_id: str) -> None:
    """Take away a way to reach a person; refuses with NotFound when it is not theirs."""
    record = queries.get_record(work, person_id, for_update=True)
    route = next((route for route in record.routes if route.id == route_id), None)
    if route is None:
        raise NotFound(_("There is no such way to reach this person."))
    record.routes.remove(route)
    _changed(work, "person.route_removed", record, route.kind)


def mark_changed(work: Work, record: PersonRecord) -> None:
    """Note that the actor worked on a person now, so that they find them among their recent people."""
    record.changed_at, record.changed_by = work.now, work.actor.user_id
    work.session.flush()


def _write(work: Work, record: PersonRecord, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        column = f"sealed_{name}"
        setattr(record, column, work.vault.seal(text, place(record, column)) if text else None)
    if "record_number" in texts:
        number = texts["record_number"]
        indexes = queries.record_number_indexes(work.vault, record.organization_id or record.market_id, number)
        record.record_number_index = indexes[0] if number else None


def _refuse_if_taken(work: Work, record: PersonRecord, texts: dict[str, str]) -> None:
    number = texts.get("record_number")
    found = queries.find_record(work, record.market_id, number) if number else None
    if found and found.id != record.id:
        raise RecordNumberTaken(_TAKEN)


def _flush(work: Work, record: PersonRecord, texts: dict[str, str]) -> None:
    try:
        with work.session.begin_nested():
            work.session.add(record)
    except IntegrityError as error:
        # Two people with one number at the same moment: the unique key lets only one of them through.
        if "record_number" in texts:
            raise RecordNumberTaken(_TAKEN) from error
        raise


def _put_fact(work: Work, record: PersonRecord, fact: PersonFactValue) -> None:
    row = _find_fact(record, fact.name)
    if row is None:
        row = PersonFact(id=work.new_id(), name=fact.name)
        record.facts.append(row)
    text = validate.fact_text(fact.value)
    row.sealed_value, row.as_of = work.vault.seal(text, place(row, "sealed_value")), fact.as_of


def _find_fact(record: PersonRecord, name: str) -> PersonFact | None:
    return next((fact for fact in record.facts if fact.name == name), None)


def _append_route(work: Work, record: PersonRecord, route: NewRoute) -> ContactRoute:
    row = ContactRoute(
        id=work.new_id(),
        rank=max((other.rank for other in record.routes), default=0) + 1,
        kind=route.kind,
        safe_to_leave_message=route.safe_to_leave_message,
    )
    row.sealed_value = work.vault.seal(route.value, place(row, "sealed_value"))
    row.sealed_note = work.vault.seal(route.note, place(row, "sealed_note")) if route.note else None
    row.sealed_proxy = work.vault.seal(route.proxy, place(row, "sealed_proxy")) if route.proxy else None
    row.sealed_best_time = work.vault.seal(route.best_time, place(row, "sealed_best_time")) if route.best_time else None
    record.routes.append(row)
    return row


def _changed(work: Work, action: str, record: PersonRecord, *fields: str) -> None:
    mark_changed(work, record)
    _write_down(work, action, record, *fields)


def _write_down(work: Work, action: str, record: PersonRecord, *fields: str) -> None:
    entry = AuditEntry(action, "person", record.id, (("fields", ",".join(sorted(fields))),))
    audit.record(work, entry, market_id=record.market_id)


_TAKEN = _("Somebody in this market already has this record number. Find them by it, or check the number.")
