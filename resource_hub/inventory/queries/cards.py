"""What a list shows of a service at a location beside its rank: what, where, how to reach it, what to bring."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from resource_hub.inventory.models import (
    Address,
    Language,
    Location,
    Market,
    Phone,
    RequiredDocument,
    Service,
    ServiceAtLocation,
    ServiceNeed,
)
from resource_hub.inventory.queries.kept import Kept

_NO_VOICE = frozenset({"fax", "tty", "tdd", "pager"})
_SHORT = 280
_cards: Kept[dict[str, "Card"]] = Kept()
_Row = tuple[ServiceAtLocation, Service, Location | None]


@dataclass(frozen=True)
class Card:
    """One service at a location. `address` is None where there is none to show: a confidential place has none."""

    service_at_location_id: str
    description: str
    address: str | None
    phone: str | None
    extension: str | None
    url: str | None
    email: str | None
    documents: tuple[str, ...]
    fees: str | None
    how_to_apply: str | None
    who_for: str | None
    alert: str | None
    confidential: bool


def cards_of(session: Session, market: Market, service_at_location_ids: Collection[str]) -> dict[str, Card]:
    """Return the cards of services at locations of a market, by their id; those read before from the process."""
    known = _cards.get(session, market, dict)
    missing = [one for one in service_at_location_ids if one not in known]
    if missing:
        known.update(cards(session, missing))
    return {one: known[one] for one in service_at_location_ids}


def cards(session: Session, service_at_location_ids: Collection[str]) -> dict[str, Card]:
    """Return the cards of services at locations, by their id."""
    query = (
        select(ServiceAtLocation, Service, Location)
        .join(Service, Service.id == ServiceAtLocation.service_id)
        .outerjoin(Location, Location.id == ServiceAtLocation.location_id)
        .where(ServiceAtLocation.id.in_(service_at_location_ids))
    )
    rows: list[_Row] = [(there, service, location) for there, service, location in session.execute(query)]
    services = {service.id for _, service, _ in rows}
    locations = {location.id for _, _, location in rows if location is not None}
    organizations = {service.organization_id for _, service, _ in rows}
    addresses = _addresses(session, locations)
    documents = _documents(session, services)
    phones = _phones(session, {there.id for there, _, _ in rows}, services, locations, organizations)
    return {
        there.id: _card(there, service, location, addresses, documents.get(service.id, ()), phones)
        for there, service, location in rows
    }


def _card(
    there: ServiceAtLocation,
    service: Service,
    location: Location | None,
    addresses: dict[str, str],
    documents: tuple[str, ...],
    phones: dict[str, Phone],
) -> Card:
    confidential = location is not None and location.confidential
    shown = location.id if location is not None and not confidential else ""
    nearest = (there.id, service.id, shown, service.organization_id)
    phone = next((phones[owner] for owner in nearest if owner in phones), None)
    return Card(
        service_at_location_id=there.id,
        description=_first_words(service.description or ""),
        address=addresses.get(shown),
        phone=phone.number if phone else None,
        extension=phone.extension if phone else None,
        url=service.url,
        email=service.email,
        documents=documents,
        fees=service.fees_description,
        how_to_apply=service.application_process,
        who_for=service.eligibility_description,
        alert=service.alert,
        confidential=confidential,
    )


def _first_words(text: str) -> str:
    if len(text) <= _SHORT:
        return text
    return text[:_SHORT].rsplit(" ", 1)[0] + " …"


def _addresses(session: Session, location_ids: Collection[str]) -> dict[str, str]:
    query = select(Address).where(Address.location_id.in_(location_ids), Address.address_type == "physical")
    return {address.location_id: one_line(address) for address in session.scalars(query)}


def one_line(address: Address) -> str:
    """Return an address on one line."""
    street = ", ".join(part for part in (address.address_1, address.address_2) if part)
    return f"{street}, {address.city}, {address.state_province} {address.postal_code}".strip(", ")


def languages_at(session: Session, there: ServiceAtLocation) -> list[str]:
    """Return the tags of the languages that are spoken for a service at a location."""
    owners = or_(Language.service_id == there.service_id, Language.location_id == (there.location_id or ""))
    codes = session.scalars(select(Language.code).where(owners, Language.code.is_not(None)))
    return sorted({code for code in codes if code})


def needs_of(session: Session, service_id: str) -> frozenset[str]:
    """Return the needs that a service is known to answer."""
    return frozenset(session.scalars(select(ServiceNeed.need).where(ServiceNeed.service_id == service_id)))


def _documents(session: Session, service_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    query = select(RequiredDocument).where(RequiredDocument.service_id.in_(service_ids)).order_by(RequiredDocument.id)
    for document in session.scalars(query):
        if document.document:
            found[document.service_id] = (*found.get(document.service_id, ()), document.document)
    return found


def _phones(
    session: Session,
    places: Collection[str],
    services: Collection[str],
    locations: Collection[str],
    organizations: Collection[str],
) -> dict[str, Phone]:
    """Return the first number to call of each place, service, location and organization, by its id."""
    query = select(Phone).where(
        or_(
            Phone.service_at_location_id.in_(places),
            Phone.service_id.in_(services),
            Phone.location_id.in_(locations),
            Phone.organization_id.in_(organizations),
        )
    )
    found: dict[str, Phone] = {}
    for phone in _spoken(session.scalars(query.order_by(Phone.created_at, Phone.source_id, Phone.id))):
        # A number belongs to the narrowest thing that it names.
        owner = phone.service_at_location_id or phone.service_id or phone.location_id or phone.organization_id or ""
        found.setdefault(owner, phone)
    return found


def _spoken(phones: Iterable[Phone]) -> Iterable[Phone]:
    return (phone for phone in phones if (phone.type or "voice") not in _NO_VOICE)
