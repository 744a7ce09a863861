"""Listings for pages: found by name, shown with all their parts, and their history; always inside a scope."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from resource_hub.accounts.values import Actor
from resource_hub.inventory.errors import NoSuchListing, NoSuchMarket
from resource_hub.inventory.models import (
    Address,
    Change,
    Contact,
    CostOption,
    EligibilityRule,
    Language,
    Location,
    Market,
    Organization,
    Phone,
    RequiredDocument,
    Schedule,
    ScheduleException,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceNeed,
    Verification,
)
from resource_hub.inventory.models.listed import Listed

T = TypeVar("T")

MOST_WORDS = 8


@dataclass(frozen=True)
class Found:
    """A page of listings found by name, and how many there are in all."""

    listings: list[tuple[Service, Organization]]
    total: int


@dataclass(frozen=True)
class Listing:
    """One service with everything that is said about it."""

    market: Market
    service: Service
    organization: Organization
    at_locations: list[ServiceAtLocation]
    locations: list[Location]
    addresses: list[Address]
    phones: list[Phone]
    contacts: list[Contact]
    languages: list[Language]
    schedules: list[Schedule]
    exceptions: list[ScheduleException]
    areas: list[ServiceArea]
    documents: list[RequiredDocument]
    costs: list[CostOption]
    rules: list[EligibilityRule]
    needs: list[ServiceNeed]
    verifications: list[Verification]

    @property
    def records(self) -> list[Listed]:
        """Every record of the listing that has a history."""
        return [
            self.service,
            self.organization,
            *self.at_locations,
            *self.locations,
            *self.addresses,
            *self.phones,
            *self.contacts,
            *self.languages,
            *self.schedules,
            *self.exceptions,
            *self.areas,
            *self.documents,
            *self.costs,
        ]

    @property
    def changed_at(self) -> datetime:
        """When the listing last changed; an edit says which state it is based on by this."""
        return max(record.changed_at for record in self.records)


def get_market_of(session: Session, actor: Actor, market_id: str) -> Market:
    """Return a market that an actor sees; refuses with NoSuchMarket."""
    market = session.get(Market, market_id)
    if market is None or not sees(actor, market_id):
        raise NoSuchMarket("There is no such market.")
    return market


def find_listings(
    session: Session, actor: Actor, market_id: str, text: str = "", *, limit: int = 50, offset: int = 0
) -> Found:
    """Return the services of a market whose name, or whose organization's name, holds every word, by name."""
    get_market_of(session, actor, market_id)
    query = (
        select(Service, Organization)
        .join(Organization, Organization.id == Service.organization_id)
        .where(
            Service.market_id == market_id,
            Service.merged_into.is_(None),
            *(_holds(word) for word in text.split()[:MOST_WORDS]),
        )
    )
    total = session.scalar(select(func.count()).select_from(query.with_only_columns(Service.id).subquery())) or 0
    page = query.order_by(func.lower(Service.name), Service.id).limit(limit).offset(offset)
    return Found([(service, organization) for service, organization in session.execute(page)], total)


def get_listing(session: Session, actor: Actor, service_id: str) -> Listing:
    """Return one service with all its parts; refuses with NoSuchListing, also outside the actor's markets."""
    service = session.get(Service, service_id)
    if service is None or not sees(actor, service.market_id):
        raise NoSuchListing("There is no such listing.")
    there = ServiceAtLocation.service_id == service_id, ServiceAtLocation.merged_into.is_(None)
    at_locations = _all(session, select(ServiceAtLocation).where(*there))
    ids = [place.location_id for place in at_locations if place.location_id]
    return _listing(session, service, at_locations, ids)


def history_of(session: Session, listing: Listing, *, limit: int = 200) -> list[Change]:
    """Return the changes to a listing and its parts, the newest first; a part's removal stands with the service."""
    ids = {record.id for record in listing.records}
    query = select(Change).where(Change.market_id == listing.market.id, Change.resource_id.in_(ids))
    newest = query.order_by(Change.last_action_date.desc(), Change.resource_id, Change.field_name)
    return _all(session, newest.limit(limit))


def services_at(session: Session, location_ids: Sequence[str]) -> list[Service]:
    """Return every service that is offered at some locations."""
    there = select(ServiceAtLocation.service_id).where(ServiceAtLocation.location_id.in_(location_ids))
    return _all(session, select(Service).where(Service.id.in_(there), Service.merged_into.is_(None)))


def rules_of(session: Session, service_id: str) -> list[EligibilityRule]:
    """Return the rules of a service as they are stored now."""
    query = select(EligibilityRule).where(EligibilityRule.service_id == service_id)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def _listing(
    session: Session, service: Service, at_locations: list[ServiceAtLocation], location_ids: list[str]
) -> Listing:
    place_ids = [place.id for place in at_locations]
    phones = _all(session, select(Phone).where(_phones_of(service, place_ids, location_ids)).order_by(Phone.id))
    spoken = or_(Language.service_id == service.id, Language.location_id.in_(location_ids))
    hours = or_(
        Schedule.service_id == service.id,
        Schedule.service_at_location_id.in_(place_ids),
        Schedule.location_id.in_(location_ids),
    )
    dated = or_(ScheduleException.service_id == service.id, ScheduleException.service_at_location_id.in_(place_ids))
    reach = or_(
        Contact.service_id == service.id,
        Contact.service_at_location_id.in_(place_ids),
        Contact.location_id.in_(location_ids),
        Contact.organization_id == service.organization_id,
    )
    area = or_(ServiceArea.service_id == service.id, ServiceArea.service_at_location_id.in_(place_ids))
    return Listing(
        market=session.get_one(Market, service.market_id),
        service=service,
        organization=session.get_one(Organization, service.organization_id),
        at_locations=at_locations,
        locations=_all(session, select(Location).where(Location.id.in_(location_ids))),
        addresses=_all(session, select(Address).where(Address.location_id.in_(location_ids)).order_by(Address.id)),
        phones=phones,
        contacts=_all(session, select(Contact).where(reach)),
        languages=_all(session, select(Language).where(spoken).order_by(Language.name)),
        schedules=_all(session, select(Schedule).where(hours).order_by(Schedule.id)),
        exceptions=_all(session, select(ScheduleException).where(dated).order_by(ScheduleException.on_date)),
        areas=_all(session, select(ServiceArea).where(area).order_by(ServiceArea.name)),
        documents=_all(session, select(RequiredDocument).where(RequiredDocument.service_id == service.id)),
        costs=_all(session, select(CostOption).where(CostOption.service_id == service.id)),
        rules=rules_of(session, service.id),
        needs=_all(session, select(ServiceNeed).where(ServiceNeed.service_id == service.id)),
        verifications=_all(session, select(Verification).where(Verification.service_id == service.id)),
    )


def _phones_of(service: Service, place_ids: list[str], location_ids: list[str]) -> ColumnElement[bool]:
    return or_(
        Phone.service_id == service.id,
        Phone.service_at_location_id.in_(place_ids),
        # A number that names a service is that service's, also where it names the place or organization besides.
        and_(Phone.service_id.is_(None), Phone.location_id.in_(location_ids)),
        and_(
            Phone.service_id.is_(None),
            Phone.location_id.is_(None),
            Phone.organization_id == service.organization_id,
        ),
    )


def _holds(word: str) -> ColumnElement[bool]:
    return or_(
        Service.name.icontains(word, autoescape=True),
        Service.alternate_name.icontains(word, autoescape=True),
        Organization.name.icontains(word, autoescape=True),
    )


def sees(actor: Actor, market_id: str) -> bool:
    """Tell whether an actor sees a market; the system itself sees all."""
    return actor.role is None or market_id in actor.market_ids


def _all(session: Session, query: Select[T]) -> list[T]:
    return list(session.scalars(query))
