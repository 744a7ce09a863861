"""What an import does with records that a steward has merged: nothing comes back, nothing is taken apart."""

import pytest
from sqlalchemy import select

from resource_hub.accounts.work import Work
from resource_hub.inventory.models import Market, Organization, Phone, Service
from resource_hub.inventory.queries import find_listings
from resource_hub.inventory.service.merging import merge, undo
from resource_hub.inventory.values import MergeRequest, RecordKind
from tests.factories import a_market
from tests.inventory.sources import a_draft, load

ONE = a_draft("organization", "1", name="Harbor Table")
OTHER = a_draft("organization", "2", name="The Harbor Table, Inc.", website="https://harbor.example")
SERVICE = a_draft("service", "7", organization_id="2", name="Pantry")
PHONE = a_draft("phone", "p1", organization_id="1", number="410-555-0100")
TWIN = a_draft("phone", "p2", organization_id="2", number="410-555-0100")
FEED = (ONE, OTHER, SERVICE, PHONE, TWIN)


@pytest.fixture
def market(work: Work) -> Market:
    return a_market(work)


def the(work: Work, source_id: str) -> Organization:
    query = select(Organization).where(Organization.source_id == source_id)
    return work.session.scalars(query.execution_options(populate_existing=True)).one()


def owner_of_pantry(work: Work) -> str:
    return work.session.scalars(select(Service.organization_id).where(Service.source_id == "7")).one()


@pytest.fixture
def merged(work: Work, market: Market) -> str:
    load(work, market, *FEED)
    one, other = the(work, "1"), the(work, "2")
    changed = (one.changed_at, other.changed_at)
    return merge(work, MergeRequest(RecordKind.ORGANIZATION, one.id, other.id, frozenset({"website"}), changed)).id


def test_the_same_source_again_changes_nothing(work: Work, market: Market, merged: str) -> None:
    loaded = load(work, market, *FEED)
    assert (loaded.created, loaded.updated) == ({}, {})
    assert the(work, "2").merged_into == the(work, "1").id
    assert (
        work.session.scalars(select(Service.organization_id).where(Service.source_id == "7")).one() == the(work, "1").id
    )
    numbers = work.session.scalars(select(Phone.number).where(Phone.organization_id == the(work, "1").id)).all()
    assert numbers == ["410-555-0100"]


def test_the_field_that_the_steward_took_stays(work: Work, market: Market, merged: str) -> None:
    emptied = a_draft("organization", "1", name="Harbor Table", website=None)
    loaded = load(work, market, emptied, OTHER, SERVICE, PHONE, TWIN)
    assert the(work, "1").website == "https://harbor.example"
    assert [problem.code for problem in loaded.problems] == ["steward_value_kept"]


def test_what_is_new_for_the_merged_record_belongs_to_the_one_that_stayed(
    work: Work, market: Market, merged: str
) -> None:
    new = a_draft("service", "8", organization_id="2", name="Soup kitchen")
    load(work, market, *FEED, new)
    kitchen = work.session.scalars(select(Service).where(Service.source_id == "8")).one()
    assert kitchen.organization_id == the(work, "1").id
    assert find_listings(work.session, work.actor, market.id, "inc").total == 0


def test_the_sources_own_record_follows_the_source_unlisted_and_is_right_when_the_merge_is_undone(
    work: Work, market: Market, merged: str
) -> None:
    renamed = a_draft("organization", "2", name="Harbor Table Kitchens", website="https://harbor.example")
    load(work, market, ONE, renamed, SERVICE, PHONE, TWIN)
    assert the(work, "1").name == "Harbor Table"
    undo(work, merged)
    assert (the(work, "2").name, the(work, "2").merged_into) == ("Harbor Table Kitchens", None)
    assert (
        work.session.scalars(select(Service.organization_id).where(Service.source_id == "7")).one() == the(work, "2").id
    )
    # What the steward chose is no longer held.
    emptied = a_draft("organization", "1", name="Harbor Table", website=None)
    assert not load(work, market, emptied, renamed, SERVICE, PHONE, TWIN).problems
