"""Finding people. Every query starts from the scope of whoever asks: outside of it there is nobody."""

from itertools import islice

from sqlalchemy import Select, or_, select

from resource_hub.accounts.values import REFERRERS, Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.core.codes import parse_fact
from resource_hub.core.encryption import Vault
from resource_hub.core.errors import NotAllowed, NotFound
from resource_hub.core.language import marked as _
from resource_hub.people.models import ContactRoute, PersonFact, PersonRecord, place
from resource_hub.people.rules.validate import normal_record_number
from resource_hub.people.values import Person, PersonFactValue, PersonSummary, Route, RouteKind

TEXTS = frozenset({"name", "record_number", "birth", "postal_code", "language"})
# Opening a name takes some ten microseconds.
MOST_READ = 1000
PARTS = TEXTS | {"facts", "routes"}


def scoped(actor: Actor) -> Select[PersonRecord]:
    """Select the people an actor may see: whom the care team of their markets, or their organization, recorded.

    Refuses with NotAllowed who has no business with people at all; so it does an organization that acts by a link.
    """
    if actor.role is None:
        return select(PersonRecord)
    if actor.role is Role.PARTNER and actor.user_id:
        return select(PersonRecord).where(PersonRecord.organization_id == (actor.organization_id or ""))
    if actor.role not in REFERRERS:
        raise NotAllowed(_("Only care coordinators, social workers and partners see people's records."))
    own = PersonRecord.market_id.in_(actor.market_ids), PersonRecord.organization_id.is_(None)
    return select(PersonRecord).where(*own)


def require_market(actor: Actor, market_id: str) -> None:
    """Refuse with NotFound a market outside the actor's scope, with NotAllowed who has no business with people."""
    scoped(actor)
    if actor.role is not None and market_id not in actor.market_ids:
        raise NotFound(_("There is no such market."))


def get_record(work: Work, person_id: str, *, for_update: bool = False) -> PersonRecord:
    """Return a person's record, still sealed; refuses with NotFound outside the actor's scope.

    `for_update` keeps it, with what hangs on it, from others who change it until the end of the work.
    """
    query = scoped(work.actor).where(PersonRecord.id == person_id)
    if for_update:
        query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    record = work.session.scalar(query)
    if record is None:
        raise NotFound(_("There is no such person."))
    return record


def get_person(work: Work, person_id: str) -> Person:
    """Return a person, opened; refuses with NotFound outside the actor's scope.

    A page for people to read uses `service.open_person`, which writes down who looked.
    """
    return open_person(work.vault, get_record(work, person_id))


def find_by_record_number(work: Work, market_id: str, number: str) -> PersonSummary | None:
    """Return who has a record number in a market of the actor's; None where nobody has."""
    record = find_record(work, market_id, number)
    return _summary(work.vault, record) if record else None


def find_record(work: Work, market_id: str, number: str) -> PersonRecord | None:
    """Return the sealed record with a number in a market of the actor's; None where nobody has it."""
    indexes = record_number_indexes(work.vault, work.actor.keeps_for or market_id, number)
    query = scoped(work.actor).where(PersonRecord.market_id == market_id, PersonRecord.record_number_index.in_(indexes))
    return work.session.scalar(query)


def recent_people(work: Work, limit: int = 20) -> list[PersonSummary]:
    """Return whom the actor added or changed, newest first; the system sees everybody's."""
    query = scoped(work.actor).order_by(PersonRecord.changed_at.desc(), PersonRecord.id).limit(limit)
    if work.actor.user_id is not None:
        me = work.actor.user_id
        query = query.where(or_(PersonRecord.created_by == me, PersonRecord.changed_by == me))
    return [_summary(work.vault, record) for record in work.session.scalars(query)]


def named_like(work: Work, start: str, limit: int = 8) -> list[PersonSummary]:
    """Return people of whom a name begins so, among those of the actor's markets that changed last.

    Names are sealed, so they are opened and read one after the other: the newest MOST_READ of them, no more.
    """
    wanted = start.casefold()
    query = scoped(work.actor).order_by(PersonRecord.changed_at.desc(), PersonRecord.id).limit(MOST_READ)
    found = (record for record in work.session.scalars(query) if _begins(work.vault, record, wanted))
    return [_summary(work.vault, record) for record in islice(found, limit)] if wanted else []


def _begins(vault: Vault, record: PersonRecord, wanted: str) -> bool:
    name = opened(vault, record, "sealed_name").casefold()
    return name.startswith(wanted) or any(part.startswith(wanted) for part in name.split())


def record_number_indexes(vault: Vault, keeper_id: str, number: str) -> tuple[str, ...]:
    """Return the keyed indexes of a record number of a market or of an organization, newest key first."""
    return vault.indexes(normal_record_number(number), f"record_number:{keeper_id}")


def opened(vault: Vault, record: PersonRecord | PersonFact | ContactRoute, column: str) -> str:
    """Open one sealed column of a record; an empty text where nothing is stored."""
    sealed: bytes | None = getattr(record, column)
    return "" if sealed is None else vault.open(sealed, place(record, column))


def open_person(vault: Vault, record: PersonRecord, parts: frozenset[str] = PARTS) -> Person:
    """Open the named parts of a person's record, and nothing else."""
    texts = {part: opened(vault, record, f"sealed_{part}") for part in TEXTS & parts}
    facts = record.facts if "facts" in parts else []
    routes = record.routes if "routes" in parts else []
    return Person(
        id=record.id,
        market_id=record.market_id,
        name=texts.get("name", ""),
        record_number=texts.get("record_number", ""),
        birth=texts.get("birth", ""),
        postal_code=texts.get("postal_code", ""),
        language=texts.get("language", ""),
        facts=tuple(sorted((open_fact(vault, fact) for fact in facts), key=lambda fact: fact.name)),
        routes=tuple(open_route(vault, route) for route in routes),
    )


def open_fact(vault: Vault, fact: PersonFact) -> PersonFactValue:
    """Open a fact."""
    return PersonFactValue(fact.name, parse_fact(fact.name, opened(vault, fact, "sealed_value")), fact.as_of)


def open_route(vault: Vault, route: ContactRoute) -> Route:
    """Open a contact route."""
    return Route(
        route.id,
        RouteKind(route.kind),
        opened(vault, route, "sealed_value"),
        opened(vault, route, "sealed_note"),
        route.safe_to_leave_message,
        opened(vault, route, "sealed_proxy"),
        opened(vault, route, "sealed_best_time"),
    )


def _summary(vault: Vault, record: PersonRecord) -> PersonSummary:
    return PersonSummary(
        record.id,
        opened(vault, record, "sealed_name"),
        opened(vault, record, "sealed_record_number"),
        record.changed_at,
    )
