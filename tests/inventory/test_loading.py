"""Storing what a source states: created, updated, unchanged or left out; every record in one of them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from resource_hub.accounts.work import Work
from resource_hub.core.ids import derived_id, new_id
from resource_hub.inventory import service
from resource_hub.inventory.models import (
    Change,
    Language,
    Market,
    Organization,
    Phone,
    ServiceAtLocation,
)
from resource_hub.inventory.rules.parts import part_id
from resource_hub.inventory.values import (
    Draft,
    RecordEdit,
    Source,
)
from tests import factories
from tests.inventory.sources import ORGANIZATION, SERVICE, a_draft, accounted, edit, load, the_service


@pytest.fixture
def market(work: Work) -> Market:
    return factories.a_market(work, "here")


def test_records_are_created_with_their_references(work: Work, market: Market) -> None:
    loaded = load(work, market, SERVICE, ORGANIZATION)
    stored = the_service(work, market)
    assert loaded.created == loaded.read == {"organization": 1, "service": 1}
    assert stored.id == derived_id("service", "here", "7")
    assert stored.organization_id == derived_id("organization", "here", "1")
    assert (stored.source, stored.source_id, stored.status) == ("import", "7", "active")
    assert work.session.scalar(select(func.count()).select_from(Change)) == 0


def test_the_same_records_again_change_nothing(work: Work, market: Market) -> None:
    load(work, market, ORGANIZATION, SERVICE)
    loaded = load(work, market, ORGANIZATION, SERVICE)
    assert (loaded.created, loaded.updated) == ({}, {})
    assert loaded.unchanged == {"organization": 1, "service": 1}


def test_a_changed_field_is_updated_with_its_history(work: Work, market: Market) -> None:
    load(work, market, ORGANIZATION, SERVICE)
    later = replace(work, now=work.now + timedelta(days=1))
    changed = replace(SERVICE, fields={**SERVICE.fields, "name": "Food pantry", "email": None})
    loaded = load(later, market, ORGANIZATION, changed)
    assert (loaded.updated, loaded.unchanged) == ({"service": 1}, {"organization": 1})
    stored = the_service(work, market)
    assert (stored.name, stored.email, stored.changed_at) == ("Food pantry", None, later.now)
    changes = work.session.scalars(select(Change).order_by(Change.field_name)).all()
    assert [(row.field_name, row.previous_value, row.replacement_value, row.source) for row in changes] == [
        ("email", "info@harbor.example", "", "import"),
        ("name", "Pantry", "Food pantry", "import"),
    ]


def test_what_an_import_changed_another_import_may_change_again(work: Work, market: Market) -> None:
    for name in ("Pantry", "Food pantry", "Harbor pantry"):
        loaded = load(work, market, ORGANIZATION, replace(SERVICE, fields={**SERVICE.fields, "name": name}))
    assert loaded.updated == {"service": 1}
    assert the_service(work, market).name == "Harbor pantry"


def test_a_field_that_the_source_does_not_have_stays(work: Work, market: Market) -> None:
    load(work, market, ORGANIZATION, SERVICE)
    loaded = load(work, market, ORGANIZATION, a_draft("service", "7", organization_id="1", name="Pantry"))
    assert loaded.unchanged["service"] == 1
    assert the_service(work, market).email == "info@harbor.example"


def test_a_uuid_is_kept_as_the_id_where_it_is_free(work: Work, market: Market) -> None:
    own = new_id()
    load(work, market, a_draft("organization", own.upper(), name="Harbor Table"))
    assert work.session.get_one(Organization, own).source_id == own.upper()


def test_a_uuid_of_another_market_is_not_taken_over(work: Work, market: Market) -> None:
    neighbours = work.session.scalars(select(Organization)).one()
    loaded = load(work, market, a_draft("organization", neighbours.id, name="Another"))
    assert loaded.created == {"organization": 1}
    assert neighbours.name == "Neighbour's pantry people"
    assert work.session.get_one(Organization, derived_id("organization", "here", neighbours.id)).name == "Another"


def test_equal_ids_in_two_markets_are_two_records(work: Work, market: Market) -> None:
    other = factories.a_market(work, "there", noise=False)
    load(work, market, ORGANIZATION, SERVICE)
    assert load(work, other, ORGANIZATION, SERVICE).created == {"organization": 1, "service": 1}
    assert load(work, market, ORGANIZATION, SERVICE).unchanged == {"organization": 1, "service": 1}


def test_a_service_of_an_unknown_organization_is_a_bad_row(work: Work, market: Market) -> None:
    phone = a_draft("phone", "3", service_id="7", number="(410) 555-0100")
    loaded = load(work, market, replace(SERVICE, fields={**SERVICE.fields, "organization_id": "9"}), phone)
    assert loaded.created == {}
    assert loaded.skipped == {"service": 1, "phone": 1}
    assert [(problem.field, problem.code, problem.fatal) for problem in loaded.problems] == [
        ("organization_id", "unknown_organization", True),
        ("service_id", "unknown_service", False),
        ("contact_id", "no_owner", False),
    ]


def test_a_reference_that_may_be_empty_is_left_empty_and_reported(work: Work, market: Market) -> None:
    parentless = replace(ORGANIZATION, fields={"name": "Harbor Table", "parent_organization_id": "404"})
    loaded = load(work, market, parentless)
    assert loaded.created == {"organization": 1}
    assert [problem.code for problem in loaded.problems] == ["unknown_organization"]


def test_a_parent_may_stand_after_its_child_and_in_a_ring(work: Work, market: Market) -> None:
    first = a_draft("organization", "1", name="Child", parent_organization_id="2")
    second = a_draft("organization", "2", name="Parent", parent_organization_id=None)
    ring = [
        a_draft("taxonomy_term", "a", name="A", parent_id="b"),
        a_draft("taxonomy_term", "b", name="B", parent_id="a"),
    ]
    assert load(work, market, first, second, *ring).created == {"organization": 2, "taxonomy_term": 2}
    child = work.session.get_one(Organization, derived_id("organization", "here", "1"))
    assert child.parent_organization_id == derived_id("organization", "here", "2")


def test_the_same_id_twice_is_bad_only_where_the_words_differ(work: Work, market: Market) -> None:
    loaded = load(work, market, ORGANIZATION, ORGANIZATION, a_draft("organization", "1", 3, name="Other"))
    assert (loaded.created, loaded.skipped) == ({"organization": 1}, {"organization": 2})
    assert [(problem.code, problem.fatal) for problem in loaded.problems] == [
        ("duplicate_id", False),
        ("duplicate_id", True),
    ]


def test_every_record_is_accounted_for(work: Work, market: Market) -> None:
    drafts = [ORGANIZATION, ORGANIZATION, SERVICE, a_draft("service", "8", organization_id="0", name="Lost")]
    load(work, market, ORGANIZATION)
    loaded = service.load(work, market, Source(tuple(drafts), left_out={"service": 3, "phone": 1}))
    assert loaded.read == {"organization": 2, "service": 5, "phone": 1}
    assert accounted(loaded) == loaded.read


def test_a_part_that_is_no_longer_stated_goes_but_a_place_stays(work: Work, market: Market) -> None:
    spanish = Draft(
        "language",
        part_id("service", "7", "language", "Spanish"),
        {"service_id": "7", "name": "Spanish"},
        SERVICE.origin,
    )
    place = Draft(
        "service_at_location", part_id("service", "7", "place"), {"service_id": "7", "modes": ["phone"]}, SERVICE.origin
    )
    own = a_draft("language", "55", service_id="7", name="French")
    load(work, market, ORGANIZATION, SERVICE, spanish, place, own)
    loaded = load(work, market, ORGANIZATION, SERVICE)
    assert loaded.updated == {}
    assert [row.name for row in work.session.scalars(select(Language))] == ["French"]
    here = select(ServiceAtLocation.modes).where(ServiceAtLocation.market_id == market.id)
    assert work.session.scalars(here).all() == [["phone"]]
    change = work.session.scalars(select(Change)).one()
    assert (change.resource_type, change.last_action_type) == ("language", "delete")


def test_what_a_steward_corrected_stays(work: Work, market: Market) -> None:
    load(work, market, ORGANIZATION, SERVICE)
    edit(work, market, RecordEdit("service", the_service(work, market).id, {"name": "Pantry at the harbor"}))
    changed = replace(SERVICE, fields={**SERVICE.fields, "name": "PANTRY", "email": "new@harbor.example"})
    loaded = load(work, market, ORGANIZATION, changed)
    stored = the_service(work, market)
    assert (stored.name, stored.email) == ("Pantry at the harbor", "new@harbor.example")
    assert loaded.updated == {"service": 1}
    assert [(problem.field, problem.code) for problem in loaded.problems] == [("name", "steward_value_kept")]
    again = load(work, market, ORGANIZATION, changed)
    assert again.unchanged["service"] == 1
    assert [problem.code for problem in again.problems] == ["steward_value_kept"]


def test_what_a_steward_removed_stays_removed(work: Work, market: Market) -> None:
    phone = a_draft("phone", "3", service_id="7", number="(410) 555-0100")
    load(work, market, ORGANIZATION, SERVICE, phone)
    stored = work.session.scalars(select(Phone)).one()
    edit(work, market, RecordEdit("phone", stored.id, {}, remove=True))
    loaded = load(work, market, ORGANIZATION, SERVICE, phone)
    assert loaded.skipped == {"phone": 1}
    assert [problem.code for problem in loaded.problems] == ["steward_value_kept"]
    assert work.session.scalars(select(Phone)).all() == []
