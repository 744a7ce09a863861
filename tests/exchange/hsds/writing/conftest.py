"""A market with something in every table, and a shelter whose place nobody may learn."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from resource_hub.accounts.work import Work
from resource_hub.inventory.models import (
    Accessibility,
    Address,
    Attribute,
    Change,
    Contact,
    Funding,
    Language,
    Market,
    MetaTableDescription,
    Phone,
    Program,
    Schedule,
    ServiceArea,
    ServiceCapacity,
    Taxonomy,
    TaxonomyTerm,
    Unit,
)
from tests.factories import Listing, a_listing, a_market, stamps

# Words that stand only where the shelter is.
SECRETS = (
    "Hollow",
    "39.314",
    "555-0199",
    "555-0198",
    "21231",
    "ramp",
    "Bus 22",
    "door",
    "Otis",
    "ask-for-otis",
    "perch",
)


@dataclass(frozen=True)
class Directory:
    """A market, an open listing in it and one whose place is confidential."""

    market: Market
    pantry: Listing
    shelter: Listing


@pytest.fixture
def directory(work: Work) -> Directory:
    """A small directory, and next to it another market's."""
    market = a_market(work)
    pantry = a_listing(work, market, name="Food pantry", last_modified=datetime(2026, 3, 4, 5, 6, 7, 500_000, UTC))
    pantry.service.last_modified_zone = "-05:00"
    shelter = a_listing(work, market, name="Night shelter", at=(39.31415, -76.61718))
    _fill(work, market, pantry)
    _hide(work, market, shelter)
    work.session.flush()
    return Directory(market, pantry, shelter)


def _fill(work: Work, market: Market, pantry: Listing) -> None:
    def row() -> dict[str, object]:
        return stamps(work, market)

    service, organization, location = pantry.service.id, pantry.organization.id, pantry.location.id
    program = Program(**row(), organization_id=organization, name="Meals")
    taxonomy = Taxonomy(**row(), name="Own words")
    unit = Unit(**row(), name="Meal")
    contact = Contact(**row(), organization_id=organization, name="Ruth Reed")
    work.session.add_all([program, taxonomy, unit, contact])
    work.session.flush()
    pantry.service.program_id = program.id
    term = TaxonomyTerm(**row(), taxonomy_id=taxonomy.id, name="Food")
    phone = Phone(**row(), contact_id=contact.id, number="(410) 555-0111", extension="12", type="voice")
    work.session.add_all([term, phone])
    work.session.flush()
    lone = a_listing(work, market, name="Advice by phone")
    lone.service_at_location.location_id, lone.service_at_location.modes = None, ["phone"]
    work.session.add_all(
        [
            Attribute(**row(), link_id=service, link_entity="service", taxonomy_term_id=term.id, label="Kind"),
            Language(**row(), phone_id=phone.id, name="Spanish", code="es"),
            Schedule(**row(), service_id=service, freq="WEEKLY", byday="MO", opens_at="09:00", closes_at="17:30"),
            Schedule(**row(), service_at_location_id=lone.service_at_location.id, freq="DAILY", opens_at="08:00"),
            ServiceArea(**row(), service_id=service, name="Baltimore city", extent="Baltimore city"),
            Funding(**row(), organization_id=organization, funding_source="Gifts"),
            Accessibility(**row(), location_id=location, description="A lift, and a\nbroad hall"),
            ServiceCapacity(**row(), service_id=service, unit_id=unit.id, available=3.0, updated=work.now),
            MetaTableDescription(**row(), name="feed", language="en"),
            history(work, market, location, "name", "Old hall", "Food pantry"),
        ]
    )


def _hide(work: Work, market: Market, shelter: Listing) -> None:
    def row() -> dict[str, object]:
        return stamps(work, market)

    place, there = shelter.location, shelter.service_at_location
    place.confidential, place.name, place.description = True, "House on Hollow Road", "The blue door"
    place.transportation, place.external_identifier, place.url = "Bus 22", "perch-7", "http://hollow.example"
    there.description = "Ring at the side door"
    address = work.session.query(Address).filter_by(location_id=place.id).one()
    address.address_1, address.postal_code = "77 Owl Hollow Road", "21231"
    contact = Contact(**row(), location_id=place.id, name="Otis Owen")
    term = TaxonomyTerm(**row(), name="Quiet")
    work.session.add_all([contact, term])
    work.session.flush()
    work.session.add_all(
        [
            Phone(**row(), location_id=place.id, organization_id=shelter.organization.id, number="(410) 555-0199"),
            Phone(**row(), contact_id=contact.id, number="(410) 555-0198"),
            Phone(**row(), location_id=place.id, service_id=shelter.service.id, number="(410) 555-0100"),
            Schedule(**row(), location_id=place.id, description="Otis has the keys"),
            Schedule(**row(), service_at_location_id=there.id, description="Ask at the door"),
            Accessibility(**row(), location_id=place.id, description="A ramp"),
            Attribute(**row(), link_id=place.id, link_entity="location", value="ask-for-otis"),
            history(work, market, place.id, "name", "Hollow House", "House on Hollow Road"),
        ]
    )


def history(work: Work, market: Market, location: str, field: str, before: str, after: str) -> Change:
    return Change(
        id=stamps(work, market)["id"], market_id=market.id, resource_type="location", resource_id=location,
        last_action_date=datetime.combine(date(2020, 1, 2), datetime.min.time(), UTC), last_action_type="update",
        field_name=field, previous_value=before, replacement_value=after, updated_by="The county", source="feed",
    )  # fmt: skip
