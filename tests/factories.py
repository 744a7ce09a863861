"""Records for tests. `a_market` comes with a neighbour that has the same things, so that a forgotten filter fails."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from resource_hub.accounts.models import User, UserMarket
from resource_hub.accounts.values import Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.core.ids import new_id
from resource_hub.inventory.models import (
    Address,
    Location,
    Market,
    Organization,
    Service,
    ServiceAtLocation,
    ServiceNeed,
)
from resource_hub.people.models import PersonRecord
from resource_hub.people.service import add_person
from resource_hub.people.values import NewPerson
from resource_hub.screening.models import InstrumentRecord, InstrumentTerms

BALTIMORE = (39.2946, -76.6252)


def stamps(work: Work, market: Market) -> dict[str, Any]:
    """Return the columns that every inventory record has."""
    return {"id": new_id(), "market_id": market.id, "created_at": work.now, "changed_at": work.now}


def a_market(work: Work, slug: str = "here", *, noise: bool = True) -> Market:
    """A market in Baltimore, and beside it one with an organization, service and location of its own."""
    market = Market(
        id=new_id(), slug=slug, name=slug.title(), state="MD", time_zone="America/New_York", created_at=work.now
    )
    work.session.add(market)
    work.session.flush()
    if noise:
        a_listing(work, a_market(work, f"{slug}-neighbour", noise=False), name="Neighbour's pantry")
    return market


@dataclass(frozen=True)
class Listing:
    """One organization's service at one location, ready to be matched."""

    organization: Organization
    service: Service
    location: Location
    service_at_location: ServiceAtLocation


def an_organization(work: Work, market: Market, name: str = "Harbor Table") -> Organization:
    """An organization of a market."""
    organization = Organization(**stamps(work, market), name=name, email="info@harbor.example")
    work.session.add(organization)
    work.session.flush()
    return organization


def a_listing(
    work: Work,
    market: Market,
    *,
    name: str = "Food pantry",
    needs: tuple[str, ...] = ("food-insecurity",),
    at: tuple[float, float] | None = BALTIMORE,
    organization: Organization | None = None,
    **service_fields: Any,
) -> Listing:
    """A service of an organization at a location, answering needs."""
    organization = organization or an_organization(work, market, f"{name} people")
    service = Service(**stamps(work, market), organization_id=organization.id, name=name, **service_fields)
    location = Location(
        **stamps(work, market), organization_id=organization.id, name=name,
        latitude=at and at[0], longitude=at and at[1],
    )  # fmt: skip
    work.session.add_all([service, location])
    work.session.flush()
    there = ServiceAtLocation(**stamps(work, market), service_id=service.id, location_id=location.id)
    address = Address(
        **stamps(work, market), location_id=location.id, address_1="1 Light St", city="Baltimore",
        state_province="MD", postal_code="21201",
    )  # fmt: skip
    answers = [
        ServiceNeed(service_id=service.id, need=need, market_id=market.id, weight=1.0, source="test") for need in needs
    ]
    work.session.add_all([there, address, *answers])
    work.session.flush()
    return Listing(organization, service, location, there)


def a_user(
    work: Work, role: Role, market: Market, *, organization: Organization | None = None, email: str | None = None
) -> Actor:
    """A user of a role in one market, as the actor that they are when signed in."""
    user = User(
        id=new_id(), email=email or f"{new_id()}@example.org", name=f"A {role.value}", password_hash="none",
        role=role, organization_id=organization and organization.id, created_at=work.now,
        markets=[UserMarket(market_id=market.id)],
    )  # fmt: skip
    work.session.add(user)
    work.session.flush()
    return Actor(user.id, role, user.name, frozenset({market.id}), user.organization_id)


def a_person(work: Work, market: Market, name: str = "Ana Reyes", **fields: Any) -> PersonRecord:
    """A person of a market, and beside them somebody else who has the same things but the record number."""
    add_person(work, market.id, NewPerson(name="Noise Neighbour", **{**fields, "record_number": ""}))
    return add_person(work, market.id, NewPerson(name=name, **fields))


def an_instrument(work: Work, document: Mapping[str, Any]) -> str:
    """Bring an instrument whose terms are accepted; return its id."""
    record = InstrumentRecord(
        id=work.new_id(),
        name=document["name"],
        version=document["version"],
        title=document["name"],
        definition=dict(document),
        created_at=work.now,
    )
    work.session.add(record)
    work.session.flush()
    work.session.add(InstrumentTerms(instrument_id=record.id, accepted_at=work.now))
    work.session.flush()
    return record.id
