"""Looking for duplicates in a market, and the queue that remembers what stewards said."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from resource_hub.accounts.values import Role
from resource_hub.accounts.work import Work
from resource_hub.inventory.errors import NoSuchPair, PairMovedOn
from resource_hub.inventory.models import Address, DuplicatePair, Market, Phone
from resource_hub.inventory.queries.duplicates import count_waiting, next_pair
from resource_hub.inventory.service.duplicates import decide, find_duplicates, remember
from resource_hub.inventory.service.merging import merge
from resource_hub.inventory.values import PairStatus, RecordKind
from tests.conftest import as_actor
from tests.factories import a_listing, a_market, a_user, an_organization, stamps
from tests.inventory.duplicates.two import Two, two


@pytest.fixture
def market(work: Work) -> Market:
    return a_market(work)


@pytest.fixture
def pair(work: Work, market: Market) -> Two:
    return two(work, market)


def look(work: Work, market: Market) -> list[DuplicatePair]:
    remember(work, market, find_duplicates(work, market))
    return list(work.session.scalars(select(DuplicatePair).order_by(DuplicatePair.kind)))


def of_kind(found: list[DuplicatePair], kind: RecordKind) -> DuplicatePair:
    (one,) = [pair for pair in found if pair.kind == kind]
    return one


def test_organizations_locations_and_services_are_found_and_the_neighbours_are_not(
    work: Work, market: Market, pair: Two
) -> None:
    a_listing(work, market, name="Legal aid")
    found = look(work, market)
    assert {one.kind for one in found} == {"organization", "location", "service"}
    assert {pair.kept.organization.id, pair.gone.organization.id} == {
        of_kind(found, RecordKind.ORGANIZATION).first_id,
        of_kind(found, RecordKind.ORGANIZATION).second_id,
    }


def test_a_pantry_and_a_kitchen_of_one_organization_are_two_services(work: Work, market: Market) -> None:
    pantry = a_listing(work, market, name="Food pantry")
    a_listing(work, market, name="Soup kitchen", organization=pantry.organization)
    assert not [one for one in find_duplicates(work, market) if one.kind is RecordKind.SERVICE]


def test_looking_again_changes_nothing_and_what_is_no_longer_alike_leaves(
    work: Work, market: Market, pair: Two
) -> None:
    first = {one.id for one in look(work, market)}
    assert {one.id for one in look(work, market)} == first
    pair.gone.organization.name = "Quite another name"
    work.session.flush()
    assert len(look(work, market)) < len(first)


def test_a_pair_that_was_said_to_be_different_comes_back_only_when_it_changed_much(
    work: Work, market: Market, pair: Two
) -> None:
    found = of_kind(look(work, market), RecordKind.ORGANIZATION)
    decide(work, found.id, PairStatus.DIFFERENT)
    pair.gone.organization.name += "."
    work.session.flush()
    assert of_kind(look(work, market), RecordKind.ORGANIZATION).status == "different"
    for phone in work.session.scalars(select(Phone).where(Phone.organization_id.is_not(None))):
        phone.number = "443-555-0177; 443-555-0188; 443-555-0199"
    for address in work.session.scalars(select(Address)):
        address.address_1, address.city = "2300 Garrison Boulevard", "Catonsville"
    work.session.flush()
    assert of_kind(look(work, market), RecordKind.ORGANIZATION).status == "open"


def test_what_is_put_off_comes_after_everything_else(work: Work, market: Market, pair: Two) -> None:
    look(work, market)
    first = next_pair(work.session, work.actor)
    assert first is not None
    before = count_waiting(work.session, work.actor)
    decide(work, first.id, PairStatus.LATER)
    after = next_pair(work.session, work.actor)
    assert after is not None
    assert after.id != first.id
    assert count_waiting(work.session, work.actor) == before


def test_the_second_decision_is_refused_and_strangers_find_nothing(work: Work, market: Market, pair: Two) -> None:
    found = of_kind(look(work, market), RecordKind.ORGANIZATION)
    neighbour = work.session.scalars(select(Market).where(Market.slug == "here-neighbour")).one()
    stranger = as_actor(work, a_user(work, Role.STEWARD, neighbour))
    with pytest.raises(NoSuchPair):
        decide(stranger, found.id, PairStatus.DIFFERENT)
    assert count_waiting(work.session, stranger.actor) == 0
    assert next_pair(work.session, stranger.actor) is None
    decide(work, found.id, PairStatus.DIFFERENT)
    with pytest.raises(PairMovedOn):
        decide(work, found.id, PairStatus.LATER)


def test_a_merged_record_is_not_found_again(work: Work, market: Market, pair: Two) -> None:
    found = of_kind(look(work, market), RecordKind.ORGANIZATION)
    merge(work, pair.request(RecordKind.ORGANIZATION))
    work.session.refresh(found)
    assert found.status == "merged"
    kinds = {one.kind for one in find_duplicates(work, market)}
    assert RecordKind.ORGANIZATION not in kinds


def test_other_pairs_of_the_one_that_goes_leave_the_queue(work: Work, market: Market, pair: Two) -> None:
    third = an_organization(work, market, "Harbor Table Inc")
    work.session.add(Phone(**stamps(work, market), organization_id=third.id, number="410-555-0100"))
    work.session.flush()
    look(work, market)
    merge(work, replace(pair.request(RecordKind.ORGANIZATION)))
    left = work.session.scalars(select(DuplicatePair).where(DuplicatePair.status == "open")).all()
    assert pair.gone.organization.id not in {one for row in left for one in (row.first_id, row.second_id)}
