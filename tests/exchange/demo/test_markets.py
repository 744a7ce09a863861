"""What the demo markets hold: enough of everything, at real places, with nothing that could reach a real person."""

import re
from collections import Counter, defaultdict
from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resource_hub.capacity.models import Room
from resource_hub.core.codes import FACTS, NEEDS
from resource_hub.core.geography import find_postal_code, great_circle_km
from resource_hub.inventory.models import (
    Accessibility,
    Address,
    Attribute,
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
    TaxonomyTerm,
    Verification,
)
from resource_hub.inventory.values import FactKind, Operator
from tests.conftest import NOW
from tests.exchange.demo.conftest import MARKETS

AREA_CODES = {"milwaukee": {"414"}, "northern-new-mexico": {"505", "575"}}
COUNTIES = {"milwaukee": {"Milwaukee"}, "northern-new-mexico": {"Taos", "Rio Arriba", "Mora", "Colfax", "San Miguel"}}
SHELTER_NEEDS = {"homelessness", "housing-instability", "intimate-partner-violence", "food-insecurity"}

pytestmark = pytest.mark.parametrize("slug", MARKETS)


@pytest.fixture
def market(shown: Session, slug: str) -> Market:
    return shown.scalars(select(Market).where(Market.slug == slug)).one()


def test_there_are_hundreds_of_services(shown: Session, market: Market) -> None:
    services = shown.scalar(select(func.count()).where(Service.market_id == market.id))
    assert services is not None
    assert services >= 300


def test_every_need_is_what_several_services_are_for(shown: Session, market: Market) -> None:
    query = (
        select(ServiceNeed.need)
        .join(Service, Service.id == ServiceNeed.service_id)
        .where(ServiceNeed.market_id == market.id, ServiceNeed.weight >= 0.6, Service.status == "active")
    )
    found = Counter(shown.scalars(query))
    assert {need for need in NEEDS if found[need] < 4} == set()


def test_every_location_lies_near_the_centre_of_a_zip_code_of_the_market(shown: Session, market: Market) -> None:
    query = select(Location.latitude, Location.longitude, Address.postal_code, Address.state_province).join(
        Address, Address.location_id == Location.id
    )
    without_coordinates = 0
    for latitude, longitude, code, state in shown.execute(query.where(Location.market_id == market.id)):
        place = find_postal_code(code)
        assert place
        assert place.county in COUNTIES[market.slug]
        assert place.state == market.state == state
        without_coordinates += latitude is None
        if latitude is not None:
            distance = great_circle_km(place.point, np.array([latitude]), np.array([longitude]))
            assert distance[0] < 2.0
    assert 0 < without_coordinates < 20


def test_the_market_has_its_counties_and_zone(market: Market) -> None:
    zone = {"milwaukee": "America/Chicago", "northern-new-mexico": "America/Denver"}
    assert {area.value for area in market.areas} == {county.lower() for county in COUNTIES[market.slug]}
    assert market.time_zone == zone[market.slug]


def test_no_number_and_no_address_can_reach_anybody(shown: Session, market: Market) -> None:
    numbers = shown.scalars(select(Phone.number).where(Phone.market_id == market.id)).all()
    for number in numbers:
        assert re.fullmatch(r"\d{3}-555-01\d\d", number)
        assert number[:3] in AREA_CODES[market.slug]
    texts = [*shown.scalars(select(Organization.email).where(Organization.market_id == market.id)),
             *shown.scalars(select(Organization.website).where(Organization.market_id == market.id)),
             *shown.scalars(select(Contact.email).where(Contact.market_id == market.id)),
             *shown.scalars(select(Service.email).where(Service.market_id == market.id))]  # fmt: skip
    assert all(text and text.endswith(".example") for text in texts)


def test_organizations_have_their_own_names_and_numbers(shown: Session, market: Market) -> None:
    names = shown.scalars(select(Organization.name).where(Organization.market_id == market.id)).all()
    numbers = shown.scalars(
        select(Phone.number).where(Phone.market_id == market.id, Phone.organization_id.is_not(None))
    ).all()
    assert len(set(names)) == len(names)
    assert len(set(numbers)) == len(numbers) == len(names)


def test_only_shelters_are_confidential(shown: Session, market: Market) -> None:
    query = (
        select(Location.id, ServiceNeed.need, ServiceNeed.weight)
        .join(ServiceAtLocation, ServiceAtLocation.location_id == Location.id)
        .join(ServiceNeed, ServiceNeed.service_id == ServiceAtLocation.service_id)
        .where(Location.market_id == market.id, Location.confidential)
    )
    needs: dict[str, set[str]] = defaultdict(set)
    for location_id, need, weight in shown.execute(query):
        needs[location_id] |= {need} if weight >= 0.3 else set()
    assert len(needs) >= 3
    for answered in needs.values():
        assert answered <= SHELTER_NEEDS
        assert answered & {"homelessness", "intimate-partner-violence"}


def test_no_rule_says_what_matching_cannot_read(shown: Session, market: Market) -> None:
    rules = shown.scalars(select(EligibilityRule).where(EligibilityRule.market_id == market.id)).all()
    assert {rule.operator for rule in rules} <= set(Operator)
    assert {rule.fact for rule in rules} <= set(FACTS)
    assert {rule.status for rule in rules} == {"approved", "suggested"}
    assert {"age", "veteran", "income_fpl", "gender", "household_size", "zip"} <= {rule.fact for rule in rules}
    assert {rule.alternative for rule in rules} >= {0, 1}
    for rule in rules:
        if rule.fact == "zip":
            assert all(place and place.county in COUNTIES[market.slug] for place in map(find_postal_code, rule.value))


def test_some_say_in_words_alone_for_whom_they_are(shown: Session, market: Market) -> None:
    ruled = select(EligibilityRule.service_id)
    query = select(Service.eligibility_description).where(Service.market_id == market.id, Service.id.not_in(ruled))
    texts = shown.scalars(query).all()
    assert len([text for text in texts if text]) >= 10
    assert len([text for text in texts if not text]) >= 30


def test_hours_come_in_every_kind(shown: Session, market: Market) -> None:
    rules = shown.scalars(select(Schedule).where(Schedule.market_id == market.id)).all()
    assert {rule.freq for rule in rules} == {"WEEKLY", "MONTHLY"}
    assert any(rule.opens_at == "00:00" and rule.closes_at == "24:00" for rule in rules)
    assert any((rule.closes_at or "") < (rule.opens_at or "") for rule in rules)
    assert any((rule.opens_at or "") >= "17:00" for rule in rules)
    seasons = [(rule.valid_from, rule.valid_to) for rule in rules if rule.valid_from and rule.valid_to]
    today = NOW.date()
    assert any(first <= today <= last for first, last in seasons)
    assert any(today < first for first, last in seasons)
    assert all(today <= last for first, last in seasons)
    owners = {rule.service_id for rule in rules if rule.service_id} | set(
        shown.scalars(
            select(ServiceAtLocation.service_id).join(Schedule, Schedule.service_at_location_id == ServiceAtLocation.id)
        )
    )
    services = shown.scalar(select(func.count()).where(Service.market_id == market.id)) or 0
    assert services - len(owners & set(shown.scalars(select(Service.id).where(Service.market_id == market.id)))) >= 10


def test_exceptions_close_on_holidays_and_open_on_other_days(shown: Session, market: Market) -> None:
    rows = shown.scalars(select(ScheduleException).where(ScheduleException.market_id == market.id)).all()
    assert {row.closed for row in rows} == {True, False}
    assert all(row.opens_at and row.closes_at for row in rows if not row.closed)
    assert any(row.note == "Thanksgiving Day" for row in rows)
    assert all(row.on_date >= NOW.date() for row in rows)


def test_languages_and_modes_are_those_of_the_market(shown: Session, market: Market) -> None:
    spoken = set(shown.scalars(select(Language.code).where(Language.market_id == market.id)))
    assert {"en", "es"} | ({"hmn", "ar", "so"} if market.slug == "milwaukee" else {"nv", "twf", "apj"}) <= spoken
    interpreted = select(func.count()).where(Service.market_id == market.id, Service.interpretation_services != "")
    assert (shown.scalar(interpreted) or 0) > 50
    places = shown.scalars(select(ServiceAtLocation).where(ServiceAtLocation.market_id == market.id)).all()
    assert {mode for place in places for mode in place.modes} == {"in_person", "phone", "online", "home"}
    assert all(place.location_id or not {"in_person", "home"} & set(place.modes) for place in places)
    assert max(Counter(place.service_id for place in places).values()) >= 2


def test_room_is_of_every_kind_and_age(shown: Session, market: Market) -> None:
    rooms = shown.scalars(select(Room).where(Room.market_id == market.id)).all()
    assert {room.status for room in rooms} == {
        "capacity",
        "no-capacity",
        "waitlist",
        "additional-assessment-required",
    }
    for room in rooms:
        assert (room.waiting_days is not None) == (room.status == "waitlist")
        assert room.status not in {"no-capacity", "waitlist"} or room.free == 0
        assert room.status != "capacity" or room.free != 0
    ages = [NOW - room.as_of for room in rooms]
    assert min(ages) < timedelta(days=2)
    assert max(ages) > timedelta(days=120)
    places = shown.scalar(select(func.count()).where(ServiceAtLocation.market_id == market.id)) or 0
    assert places - len(rooms) > 50


def test_checks_are_days_to_three_years_old_and_some_were_never_made(shown: Session, market: Market) -> None:
    rows = shown.scalars(select(Verification).where(Verification.market_id == market.id)).all()
    ages = [(NOW.date() - row.verified_on).days for row in rows]
    assert 0 < min(ages) < 10
    assert 730 < max(ages) <= 1096
    assert {row.fact_kind for row in rows} == set(FactKind)
    by_service: dict[str, set[int]] = defaultdict(set)
    for row, age in zip(rows, ages, strict=True):
        by_service[row.service_id].add(age)
    assert sum(len(differing) > 1 for differing in by_service.values()) > 150
    services = shown.scalar(select(func.count()).where(Service.market_id == market.id)) or 0
    assert services - len(by_service) >= 15


def test_some_services_are_closed_and_areas_differ(shown: Session, market: Market) -> None:
    services = shown.scalars(select(Service).where(Service.market_id == market.id)).all()
    statuses = Counter(service.status for service in services)
    assert set(statuses) == {"active", "inactive", "defunct", "temporarily closed"}
    assert statuses["active"] > 0.85 * len(services)
    assert all((service.alert is not None) == (service.status == "temporarily closed") for service in services)
    kinds = set(shown.scalars(select(ServiceArea.extent_type).where(ServiceArea.market_id == market.id)))
    assert {"county", "state", "postal_code"} <= kinds


def test_papers_prices_and_ways_in_are_told(shown: Session, market: Market) -> None:
    facts = set(shown.scalars(select(RequiredDocument.fact).where(RequiredDocument.market_id == market.id)))
    assert facts == {"has_id", None}
    amounts = set(shown.scalars(select(CostOption.amount).where(CostOption.market_id == market.id)))
    assert {0.0, 5.0} <= amounts
    ways = shown.scalar(select(func.count()).where(Accessibility.market_id == market.id)) or 0
    assert ways > 50


def test_services_are_filed_under_the_needs_they_answer(shown: Session, market: Market) -> None:
    query = (
        select(Attribute.link_id, TaxonomyTerm.code)
        .join(TaxonomyTerm, TaxonomyTerm.id == Attribute.taxonomy_term_id)
        .where(Attribute.market_id == market.id, TaxonomyTerm.market_id == market.id)
    )
    needs = select(ServiceNeed.service_id, ServiceNeed.need).where(ServiceNeed.market_id == market.id)
    assert set(map(tuple, shown.execute(query))) == set(map(tuple, shown.execute(needs)))


def test_a_change_ends_at_what_the_listing_says_now(shown: Session, market: Market) -> None:
    changes = shown.scalars(select(Change).where(Change.market_id == market.id)).all()
    assert len(changes) > 100
    for change in changes:
        service = shown.get_one(Service, change.resource_id)
        assert change.replacement_value == getattr(service, change.field_name) != change.previous_value
        assert change.last_action_date < NOW


def test_everything_that_is_listed_is_older_than_its_checks(shown: Session, market: Market) -> None:
    first = shown.scalar(select(func.min(Verification.verified_on)).where(Verification.market_id == market.id))
    for service in shown.scalars(select(Service).where(Service.market_id == market.id)):
        assert first
        assert service.created_at.date() < first
