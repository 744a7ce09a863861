"""Merging two records and undoing it: nothing is lost, and everything comes back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from resource_hub.accounts.models import AuditRow, User
from resource_hub.accounts.values import Role
from resource_hub.accounts.work import Work
from resource_hub.inventory.errors import CannotMerge, CannotUndo, NoSuchMerge, NoSuchPair, PairMovedOn, StewardsOnly
from resource_hub.inventory.models import Change, Market, Organization, Phone, ServiceAtLocation
from resource_hub.inventory.queries import count_services, find_listings, get_listing
from resource_hub.inventory.rules.merging import FIELDS
from resource_hub.inventory.service.merging import merge, undo
from resource_hub.inventory.values import MergeRequest, RecordKind
from resource_hub.matching.queries.places import places_of
from tests.conftest import as_actor
from tests.factories import a_listing, a_market, a_user, an_organization
from tests.inventory.duplicates.two import Two, everything, two


def request_of(kept: Organization, gone: Organization) -> MergeRequest:
    return MergeRequest(RecordKind.ORGANIZATION, kept.id, gone.id, frozenset(), (kept.changed_at, gone.changed_at))


def into(place: ServiceAtLocation) -> str | None:
    return place.merged_into


def site_of(organization: Organization) -> str | None:
    return organization.website


@pytest.fixture
def market(work: Work) -> Market:
    return a_market(work)


@pytest.fixture
def pair(work: Work, market: Market) -> Two:
    return two(work, market)


def test_what_hangs_on_an_organization_goes_with_it(work: Work, pair: Two) -> None:
    merge(work, pair.request(RecordKind.ORGANIZATION))
    kept, gone = pair.kept.organization, pair.gone.organization
    assert gone.merged_into == kept.id
    assert {pair.gone.service.organization_id, pair.gone.location.organization_id} == {kept.id}
    # The number that both had is there once.
    numbers = work.session.scalars(select(Phone.number).where(Phone.organization_id == kept.id)).all()
    assert numbers == ["410-555-0100"]


def test_a_merged_service_is_listed_and_matched_no_more_and_its_place_is_the_others(work: Work, pair: Two) -> None:
    before = len(places_of(work.session, pair.market.id))
    merge(work, pair.request(RecordKind.SERVICE))
    assert find_listings(work.session, work.actor, pair.market.id, "harbor").total == 1
    assert count_services(work.session)[pair.market.id] == 1
    places = places_of(work.session, pair.market.id)
    assert len(places) == before
    assert {place.service_id for place in places} == {pair.kept.service.id}
    listing = get_listing(work.session, work.actor, pair.kept.service.id)
    assert {row.verified_on for row in listing.verifications} == {work.now.date()}
    assert len(listing.verifications) == 2
    # Hours and rules of two services are not mixed.
    assert (len(listing.schedules), len(listing.rules)) == (1, 1)


def test_two_services_at_one_location_are_one_there_unless_somebody_counts_on_it(work: Work, pair: Two) -> None:
    pair.gone.service_at_location.location_id = pair.kept.location.id
    work.session.flush()
    done = merge(work, pair.request(RecordKind.SERVICE))
    assert pair.gone.service_at_location.merged_into == pair.kept.service_at_location.id
    assert len(places_of(work.session, pair.market.id)) == 1
    undo(work, done.id)
    merge(work, pair.request(RecordKind.SERVICE), busy=frozenset({pair.gone.service_at_location.id}))
    assert not into(pair.gone.service_at_location)
    assert len(places_of(work.session, pair.market.id)) == 2


def test_the_steward_chooses_field_by_field_and_the_history_says_so(work: Work, pair: Two) -> None:
    pair.gone.organization.website = "https://harbor.example"
    work.session.flush()
    done = merge(work, pair.request(RecordKind.ORGANIZATION, frozenset({"website"})))
    assert pair.kept.organization.website == "https://harbor.example"
    changes = work.session.scalars(select(Change).where(Change.source == "merge")).all()
    assert {"website", "merged_into", "organization_id"} <= {change.field_name for change in changes}
    undo(work, done.id)
    assert not site_of(pair.kept.organization)
    actions = work.session.scalars(select(AuditRow.action)).all()
    assert actions[-2:] == ["records.merged", "records.unmerged"]


def test_merging_and_undoing_move_the_market_on(work: Work, pair: Two) -> None:
    before = pair.market.revision
    done = merge(work, pair.request(RecordKind.LOCATION))
    work.session.refresh(pair.market)
    assert pair.market.revision == before + 1
    undo(work, done.id)
    work.session.refresh(pair.market)
    assert pair.market.revision == before + 2


def test_who_speaks_for_the_merged_organization_speaks_for_the_other(work: Work, pair: Two) -> None:
    partner = a_user(work, Role.PARTNER, pair.market, organization=pair.gone.organization)
    merge(work, pair.request(RecordKind.ORGANIZATION))
    assert work.session.get_one(User, partner.user_id).organization_id == pair.kept.organization.id


def test_what_was_merged_into_the_one_that_goes_leads_to_where_it_went(work: Work, pair: Two) -> None:
    third = an_organization(work, pair.market, "Harbor Tabel")
    gone = pair.gone.organization
    merge(
        work, MergeRequest(RecordKind.ORGANIZATION, gone.id, third.id, frozenset(), (gone.changed_at, third.changed_at))
    )
    merge(work, pair.request(RecordKind.ORGANIZATION))
    assert third.merged_into == pair.kept.organization.id


def test_a_parent_that_is_merged_into_its_child_leaves_no_ring(work: Work, pair: Two) -> None:
    pair.kept.organization.parent_organization_id = pair.gone.organization.id
    work.session.flush()
    merge(work, pair.request(RecordKind.ORGANIZATION))
    assert pair.kept.organization.parent_organization_id is None


def test_undoing_refuses_and_names_what_was_changed_later(work: Work, pair: Two) -> None:
    done = merge(work, pair.request(RecordKind.ORGANIZATION))
    elsewhere = an_organization(work, pair.market, "Elsewhere")
    pair.gone.service.organization_id = elsewhere.id
    work.session.flush()
    with pytest.raises(CannotUndo, match=r"service “The Harbor Table, Inc\. pantry”: organization id was changed"):
        undo(work, done.id)
    pair.gone.service.organization_id = pair.kept.organization.id
    work.session.flush()
    undo(work, done.id)
    with pytest.raises(PairMovedOn, match="already"):
        undo(work, done.id)


def test_undoing_refuses_when_the_record_was_merged_again(work: Work, pair: Two) -> None:
    first = merge(work, pair.request(RecordKind.ORGANIZATION))
    third, kept = an_organization(work, pair.market, "Harbor"), pair.kept.organization
    second = merge(work, request_of(third, kept))
    with pytest.raises(CannotUndo, match="merged again"):
        undo(work, first.id)
    undo(work, second.id)
    undo(work, first.id)
    assert pair.gone.organization.merged_into is None


def test_what_was_taken_away_later_stays_away(work: Work, pair: Two) -> None:
    done = merge(work, pair.request(RecordKind.SERVICE))
    number = work.session.scalars(select(Phone).where(Phone.number.endswith("0022"))).one()
    work.session.delete(number)
    undo(work, done.id)
    assert pair.gone.service.merged_into is None


def test_others_may_not_and_what_is_outside_is_not_found(work: Work, pair: Two) -> None:
    neighbour = work.session.scalars(select(Market).where(Market.slug == "here-neighbour")).one()
    stranger = as_actor(work, a_user(work, Role.STEWARD, neighbour))
    coordinator = as_actor(work, a_user(work, Role.COORDINATOR, pair.market))
    request = pair.request(RecordKind.ORGANIZATION)
    with pytest.raises(StewardsOnly):
        merge(coordinator, request)
    with pytest.raises(NoSuchPair):
        merge(stranger, request)
    with pytest.raises(CannotMerge):
        merge(work, replace(request, gone_id=request.kept_id))
    done = merge(work, request)
    with pytest.raises(NoSuchMerge):
        undo(stranger, done.id)


def test_the_second_of_two_stewards_is_told(work: Work, pair: Two) -> None:
    request = pair.request(RecordKind.ORGANIZATION)
    with pytest.raises(PairMovedOn, match="changed"):
        merge(work, replace(request, based_on=(work.now - timedelta(days=1), work.now)))
    merge(work, request)
    with pytest.raises(PairMovedOn, match="merged"):
        merge(work, request)


def test_records_of_two_markets_stay_two(work: Work, pair: Two) -> None:
    other = a_listing(work, a_market(work, "there", noise=False)).organization
    kept = pair.kept.organization
    with pytest.raises(CannotMerge, match="two markets"):
        merge(
            work,
            MergeRequest(RecordKind.ORGANIZATION, kept.id, other.id, frozenset(), (kept.changed_at, other.changed_at)),
        )


MERGES = st.lists(st.tuples(st.sampled_from(list(RecordKind)), st.permutations(range(4)), st.booleans()), max_size=6)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MERGES)
def test_merges_undone_in_reverse_order_restore_every_row(
    work: Work, merges: list[tuple[RecordKind, list[int], bool]]
) -> None:
    market = a_market(work, f"m{work.new_id()}", noise=False)
    pairs = [two(work, market), two(work, market)]
    listings = [listing for pair in pairs for listing in (pair.kept, pair.gone)]
    listings[2].service_at_location.location_id = listings[3].location.id
    before = everything(work.session)
    done = []
    work = replace(work, now=work.now + timedelta(hours=1))
    for kind, order, takes in merges:
        kept, gone = (getattr(listings[place], kind.value) for place in order[:2])
        taken = frozenset(FIELDS[kind]) if takes else frozenset()
        request = MergeRequest(kind, kept.id, gone.id, taken, (kept.changed_at, gone.changed_at))
        if kept.merged_into is None and gone.merged_into is None:
            done.append(merge(work, request))
            there = {name: len(rows) for name, rows in everything(work.session).items()}
            assert there == {name: len(rows) for name, rows in before.items()}
    for one in reversed(done):
        undo(work, one.id)
    assert everything(work.session) == before
