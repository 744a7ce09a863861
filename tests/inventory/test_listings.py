import pytest

from resource_hub.accounts.values import SYSTEM, Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.inventory import queries
from resource_hub.inventory.errors import NoSuchListing, NoSuchMarket
from resource_hub.inventory.models import Language, Market, Phone, Schedule
from tests import factories


@pytest.fixture
def market(work: Work) -> Market:
    return factories.a_market(work, "here")


@pytest.fixture
def steward(work: Work, market: Market) -> Actor:
    return factories.a_user(work, Role.STEWARD, market)


def names(found: queries.Found) -> list[str]:
    return [service.name for service, _organization in found.listings]


def test_listings_are_found_by_every_word_of_service_or_organization(
    work: Work, market: Market, steward: Actor
) -> None:
    harbor = factories.an_organization(work, market, "Harbor Table")
    factories.a_listing(work, market, name="Pantry", organization=harbor)
    factories.a_listing(work, market, name="Night shelter", organization=harbor)
    factories.a_listing(work, market, name="Pantry at the lake")
    found = queries.find_listings(work.session, steward, market.id, "pantry HARBOR")
    assert (names(found), found.total) == (["Pantry"], 1)
    assert found.listings[0][1] is harbor
    assert names(queries.find_listings(work.session, steward, market.id, "harbor")) == ["Night shelter", "Pantry"]
    assert names(queries.find_listings(work.session, steward, market.id, "a_t")) == []


def test_listings_come_in_pages_with_their_total(work: Work, market: Market, steward: Actor) -> None:
    for number in range(5):
        factories.a_listing(work, market, name=f"Pantry {number}")
    found = queries.find_listings(work.session, steward, market.id, limit=2, offset=2)
    assert (names(found), found.total) == (["Pantry 2", "Pantry 3"], 5)


def test_another_market_does_not_exist_for_an_actor(work: Work, market: Market, steward: Actor) -> None:
    neighbour = queries.get_market(work.session, "here-neighbour")
    hidden = queries.find_listings(work.session, SYSTEM, neighbour.id).listings[0][0]
    with pytest.raises(NoSuchMarket):
        queries.find_listings(work.session, steward, neighbour.id)
    with pytest.raises(NoSuchListing):
        queries.get_listing(work.session, steward, hidden.id)
    with pytest.raises(NoSuchListing):
        queries.get_listing(work.session, steward, "no such id")


def test_a_listing_has_its_parts_and_no_others(work: Work, market: Market, steward: Actor) -> None:
    mine = factories.a_listing(work, market, name="Pantry")
    other = factories.a_listing(work, market, name="Shelter", organization=mine.organization)
    owners = [
        {"service_id": mine.service.id, "number": "1"},
        {"location_id": mine.location.id, "number": "2"},
        {"organization_id": mine.organization.id, "number": "3"},
        {"service_id": other.service.id, "organization_id": mine.organization.id, "number": "4"},
        {"location_id": other.location.id, "organization_id": mine.organization.id, "number": "5"},
    ]
    for listing in (mine, other):
        work.session.add(Language(**factories.stamps(work, market), service_id=listing.service.id, name="Spanish"))
        work.session.add(Schedule(**factories.stamps(work, market), location_id=listing.location.id, byday="MO"))
    work.session.add_all([Phone(**factories.stamps(work, market), **owner) for owner in owners])
    work.session.flush()
    shown = queries.get_listing(work.session, steward, mine.service.id)
    assert shown.organization is mine.organization
    assert shown.locations == [mine.location]
    assert [address.location_id for address in shown.addresses] == [mine.location.id]
    assert sorted(phone.number for phone in shown.phones) == ["1", "2", "3"]
    assert [language.service_id for language in shown.languages] == [mine.service.id]
    assert [hours.location_id for hours in shown.schedules] == [mine.location.id]
    assert [need.need for need in shown.needs] == ["food-insecurity"]
    assert shown.market is market
    assert shown.changed_at == work.now
