"""What duplicates are looked for among, the queue of pairs, and merges; always inside a scope."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Integer, Table, func, or_, select
from sqlalchemy.orm import Session

from resource_hub.accounts.values import Actor
from resource_hub.core.db import Base
from resource_hub.inventory.errors import NoSuchPair
from resource_hub.inventory.models import (
    Address,
    DuplicatePair,
    Location,
    Organization,
    Phone,
    RecordMerge,
    Service,
    ServiceAtLocation,
)
from resource_hub.inventory.rules.duplicates.fields import Fields
from resource_hub.inventory.values import PairStatus, RecordKind

_NO_VOICE = frozenset({"fax", "tty", "tdd", "pager"})
_WAITING = (PairStatus.OPEN, PairStatus.LATER)
_CHUNK = 500


@dataclass(frozen=True)
class Candidate:
    """A record that may be there twice, as it is compared; `owner` is the organization of a service."""

    id: str
    fields: Fields
    owner: str = ""
    title: str = ""


def table_of(kind: RecordKind) -> Table:
    """Return the table of a kind of record."""
    return Base.metadata.tables[kind.value]


def candidates_of(session: Session, market_id: str, kind: RecordKind) -> list[Candidate]:
    """Return every record of a kind that a market lists, as it is compared."""
    return _BY_KIND[kind](session, market_id)


def said_by(session: Session, market_id: str, kind: RecordKind, ids: Sequence[str]) -> list[Candidate]:
    """Return some records as they are compared, in the order of their ids; those that are not listed are missing."""
    found = {one.id: one for one in candidates_of(session, market_id, kind) if one.id in set(ids)}
    return [found[one] for one in ids if one in found]


def _organizations(session: Session, market_id: str) -> list[Candidate]:
    places: dict[str, list[Fields]] = {}
    for location_id, fields in _places(session, market_id).items():
        owner = fields[0]
        places.setdefault(owner or location_id, []).append(fields[1])
    phones = _phones(session, market_id, "organization_id")
    query = select(Organization.id, Organization.name, Organization.website).where(*_listed(Organization, market_id))
    return [
        Candidate(key, replace(_only(places.get(key, [])), name=name, website=site or "", phone=phones.get(key, "")))
        for key, name, site in session.execute(query.order_by(Organization.id))
    ]


def _only(places: list[Fields]) -> Fields:
    """Return the one address of an organization; one with several has none of its own."""
    return places[0] if len(places) == 1 else Fields()


def _locations(session: Session, market_id: str) -> list[Candidate]:
    query = select(Location.id, Location.name, Location.url, Organization.name, Organization.website).where(
        *_listed(Location, market_id)
    )
    places, phones = _places(session, market_id), _phones(session, market_id, "location_id")
    found = []
    for key, name, url, owner, site in session.execute(
        query.outerjoin(Organization, Organization.id == Location.organization_id).order_by(Location.id)
    ):
        known = replace(places[key][1], name=name or owner or "", website=url or site or "", phone=phones.get(key, ""))
        found.append(Candidate(key, known))
    return found


def _services(session: Session, market_id: str) -> list[Candidate]:
    places, phones = _places(session, market_id), _phones(session, market_id, "service_id")
    there: dict[str, set[str]] = {}
    at = select(ServiceAtLocation.service_id, ServiceAtLocation.location_id)
    for service_id, location_id in session.execute(at.where(*_listed(ServiceAtLocation, market_id))):
        there.setdefault(service_id, set()).add(location_id or "")
    query = select(Service.id, Service.name, Service.url, Organization.id, Organization.name)
    joined = query.join(Organization, Organization.id == Service.organization_id)
    found = []
    for key, name, url, owner, owner_name in session.execute(
        joined.where(*_listed(Service, market_id)).order_by(Service.id)
    ):
        at_places = [places[place][1] for place in there.get(key, ()) if place in places]
        known = replace(_only(at_places), name=f"{owner_name} {name}", website=url or "", phone=phones.get(key, ""))
        found.append(Candidate(key, known, owner, name))
    return found


_BY_KIND = {
    RecordKind.ORGANIZATION: _organizations,
    RecordKind.LOCATION: _locations,
    RecordKind.SERVICE: _services,
}


def _listed(
    model: type[Organization | Location | Service | ServiceAtLocation], market_id: str
) -> tuple[ColumnElement[bool], ...]:
    return model.market_id == market_id, model.merged_into.is_(None)


def _places(session: Session, market_id: str) -> Mapping[str, tuple[str, Fields]]:
    """Return the owner and the address of each location of a market."""
    addresses: dict[str, Address] = {}
    query = select(Address).where(Address.market_id == market_id, Address.address_type == "physical")
    for address in session.scalars(query.order_by(Address.id)):
        addresses.setdefault(address.location_id, address)
    columns = select(Location.id, Location.organization_id, Location.latitude, Location.longitude)
    return {
        key: (owner or "", replace(_fields(addresses.get(key)), latitude=latitude, longitude=longitude))
        for key, owner, latitude, longitude in session.execute(columns.where(*_listed(Location, market_id)))
    }


def _fields(address: Address | None) -> Fields:
    if address is None:
        return Fields()
    return Fields(
        address_1=address.address_1,
        address_2=address.address_2 or "",
        city=address.city,
        state_province=address.state_province,
        postal_code=address.postal_code,
    )


def _phones(session: Session, market_id: str, owner: str) -> Mapping[str, str]:
    """Return the numbers to call of each record, as one text."""
    column = Phone.__table__.c[owner]
    numbers: dict[str, list[str]] = {}
    query = select(column, Phone.number, Phone.type).where(Phone.market_id == market_id, column.is_not(None))
    for key, number, kind in session.execute(query.order_by(Phone.id)):
        if (kind or "voice") not in _NO_VOICE:
            numbers.setdefault(key, []).append(number)
    return {key: "; ".join(several) for key, several in numbers.items()}


def known_pairs(session: Session, market_id: str) -> dict[tuple[str, str, str], DuplicatePair]:
    """Return every pair of a market by its kind and ids, kept from others until the end of the work."""
    query = select(DuplicatePair).where(DuplicatePair.market_id == market_id).order_by(DuplicatePair.id)
    held = query.with_for_update().execution_options(populate_existing=True)
    return {(pair.kind, pair.first_id, pair.second_id): pair for pair in session.scalars(held)}


def waiting(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a pair waits for a decision of the actor's."""
    inside = DuplicatePair.status.in_(_WAITING)
    return inside if actor.role is None else inside & DuplicatePair.market_id.in_(actor.market_ids)


def count_waiting(session: Session, actor: Actor) -> int:
    """Return how many pairs wait for a decision of the actor's."""
    return session.scalar(select(func.count()).select_from(DuplicatePair).where(waiting(actor))) or 0


def next_pair(session: Session, actor: Actor) -> DuplicatePair | None:
    """Return the pair to decide about next: the surest first, those put off for later after all others."""
    later = (DuplicatePair.status == PairStatus.LATER).cast(Integer)
    query = select(DuplicatePair).where(waiting(actor))
    order = later, DuplicatePair.decided_at, DuplicatePair.score.desc(), DuplicatePair.id
    return session.scalars(query.order_by(*order).limit(1)).one_or_none()


def get_pair(session: Session, actor: Actor, pair_id: str, *, for_update: bool = False) -> DuplicatePair:
    """Return a pair; refuses with NoSuchPair, also outside the actor's markets."""
    pair = session.get(DuplicatePair, pair_id, populate_existing=for_update, with_for_update=for_update or None)
    if pair is None or (actor.role is not None and pair.market_id not in actor.market_ids):
        raise NoSuchPair("There is no such pair of records.")
    return pair


def merges_of(session: Session, actor: Actor, limit: int = 20) -> list[RecordMerge]:
    """Return the newest merges of the actor's markets that stand."""
    query = select(RecordMerge).where(RecordMerge.undone_at.is_(None))
    if actor.role is not None:
        query = query.where(RecordMerge.market_id.in_(actor.market_ids))
    return list(session.scalars(query.order_by(RecordMerge.merged_at.desc(), RecordMerge.id).limit(limit)))


def names_of(session: Session, kind: RecordKind, ids: Iterable[str]) -> dict[str, str]:
    """Return the names of records of a kind by their id."""
    table, wanted = table_of(kind), list(ids)
    found: dict[str, str] = {}
    for start in range(0, len(wanted), _CHUNK):
        query = select(table.c.id, table.c.name).where(table.c.id.in_(wanted[start : start + _CHUNK]))
        found |= {key: name or "" for key, name in session.execute(query)}
    return found


def places_on(session: Session, kind: RecordKind, record_id: str) -> list[str]:
    """Return the services_at_location that hang on a record."""
    own = {
        RecordKind.SERVICE: ServiceAtLocation.service_id == record_id,
        RecordKind.LOCATION: ServiceAtLocation.location_id == record_id,
        RecordKind.ORGANIZATION: ServiceAtLocation.service_id.in_(
            select(Service.id).where(Service.organization_id == record_id)
        ),
    }[kind]
    return list(session.scalars(select(ServiceAtLocation.id).where(own, ServiceAtLocation.merged_into.is_(None))))


def services_on(session: Session, kind: RecordKind, record_id: str) -> list[str]:
    """Return the names of the services that hang on a record."""
    there = select(ServiceAtLocation.service_id).where(ServiceAtLocation.location_id == record_id)
    own = or_(Service.organization_id == record_id, Service.id.in_(there))
    query = select(Service.name).where(own, Service.merged_into.is_(None)).order_by(Service.name)
    return [] if kind is RecordKind.SERVICE else list(session.scalars(query))
