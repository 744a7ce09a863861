"""Storing what a source states: created, updated, unchanged or left out; every record in one of them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from resource_hub.accounts.values import Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.core.ids import derived_id, new_id
from resource_hub.inventory import service
from resource_hub.inventory.models import (
    Attribute,
    Change,
    EligibilityRule,
    Language,
    Market,
    Organization,
    Phone,
    Service,
    ServiceAtLocation,
    ServiceNeed,
    TaxonomyTerm,
    Verification,
)
from resource_hub.inventory.queries import get_listing
from resource_hub.inventory.rules.parts import part_id
from resource_hub.inventory.values import (
    Crosswalk,
    Draft,
    FactKind,
    FieldValue,
    ListingEdit,
    Loaded,
    Origin,
    RecordEdit,
    Source,
)
from tests import factories
from tests.conftest import as_actor

CROSSWALK = Crosswalk({"food": {"food-insecurity": 1.0}, "garden": {"food-insecurity": 0.5, "stress": 0.6}})


def a_draft(table: str, source_id: str, row: int = 2, **fields: FieldValue) -> Draft:
    return Draft(table, source_id, fields, Origin(f"{table}.csv", row))


ORGANIZATION = a_draft("organization", "1", name="Harbor Table")
SERVICE = a_draft("service", "7", organization_id="1", name="Pantry", email="info@harbor.example")


def load(work: Work, market: Market, *drafts: Draft) -> Loaded:
    return service.load(work, market, Source(drafts))


def accounted(loaded: Loaded) -> Mapping[str, int]:
    tallies = (loaded.created, loaded.updated, loaded.unchanged, loaded.skipped)
    return {table: sum(tally.get(table, 0) for tally in tallies) for table in loaded.read}


@pytest.fixture
def market(work: Work) -> Market:
    return factories.a_market(work, "here")


def the_service(work: Work, market: Market) -> Service:
    query = select(Service).where(Service.market_id == market.id, Service.source_id == "7")
    return work.session.scalars(query.execution_options(populate_existing=True)).one()


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


def edit(work: Work, market: Market, *records: RecordEdit, needs: Mapping[str, float] | None = None) -> None:
    steward = as_actor(work, Actor(new_id(), Role.STEWARD, "Steward", frozenset({market.id})))
    listing = get_listing(work.session, steward.actor, the_service(work, market).id)
    later = replace(steward, now=work.now + timedelta(hours=1))
    service.edit_listing(later, ListingEdit(listing.service.id, listing.changed_at, records, needs=needs))


def a_term(number: str, name: str, parent: str | None = None) -> tuple[Draft, Draft]:
    link: dict[str, FieldValue] = {"link_entity": "service", "link_id": "7", "taxonomy_term_id": number}
    term = a_draft("taxonomy_term", number, name=name, parent_id=parent)
    return term, Draft("attribute", part_id("service", "7", "category", number), link, SERVICE.origin)


def needs(work: Work, market: Market) -> dict[str, tuple[float, str]]:
    rows = work.session.scalars(select(ServiceNeed).where(ServiceNeed.market_id == market.id))
    return {row.need: (row.weight, row.source) for row in rows}


def derive(work: Work, market: Market, *drafts: Draft, verified: dict[str, dict[FactKind, date]] | None = None) -> bool:
    source = Source(drafts, verified=verified or {})
    service.load(work, market, source)
    return service.derive(work, market, source, CROSSWALK)


def test_terms_become_needs_by_the_crosswalk(work: Work, market: Market) -> None:
    assert derive(
        work, market, ORGANIZATION, SERVICE, *a_term("1", "Food"), *a_term("2", "Fruit", "1"), *a_term("3", "Garden")
    )
    assert needs(work, market) == {"food-insecurity": (1.0, "crosswalk"), "stress": (0.6, "crosswalk")}
    assert work.session.scalar(select(func.count()).select_from(TaxonomyTerm)) == 3
    assert not derive(
        work, market, ORGANIZATION, SERVICE, *a_term("1", "Food"), *a_term("2", "Fruit", "1"), *a_term("3", "Garden")
    )


def test_needs_follow_the_terms(work: Work, market: Market) -> None:
    derive(work, market, ORGANIZATION, SERVICE, *a_term("1", "Food"))
    assert derive(work, market, ORGANIZATION, SERVICE, *a_term("3", "Garden"))
    assert needs(work, market) == {"food-insecurity": (0.5, "crosswalk"), "stress": (0.6, "crosswalk")}
    assert [row.taxonomy_term_id for row in work.session.scalars(select(Attribute))] == [
        derived_id("taxonomy_term", "here", "3")
    ]


def test_a_need_that_a_steward_set_or_removed_stays_so(work: Work, market: Market) -> None:
    drafts = (ORGANIZATION, SERVICE, *a_term("1", "Garden"))
    derive(work, market, *drafts)
    edit(work, market, needs={"food-insecurity": 0.9})
    assert not derive(work, market, *drafts)
    assert needs(work, market) == {"food-insecurity": (0.9, "steward")}


def test_eligibility_is_read_and_read_again(work: Work, market: Market) -> None:
    older = replace(SERVICE, fields={**SERVICE.fields, "eligibility_description": "Ages 60 and older."})
    assert derive(work, market, ORGANIZATION, older)
    rule = work.session.scalars(select(EligibilityRule)).one()
    assert (rule.fact, rule.operator, rule.value, rule.status) == ("age", "at_least", 60, "approved")
    assert (rule.source, rule.words) == ("import", "Ages 60 and older.")
    assert not derive(work, market, ORGANIZATION, older)
    changed = replace(SERVICE, fields={**SERVICE.fields, "eligibility_description": "Anyone.", "minimum_age": 12.0})
    assert derive(work, market, ORGANIZATION, changed)
    rule = work.session.scalars(select(EligibilityRule)).one()
    assert (rule.value, rule.status, rule.words) == (12, "approved", None)
    assert not derive(work, market, ORGANIZATION, changed)


def test_dates_of_checking_are_taken_over_unless_older_or_in_the_future(work: Work, market: Market) -> None:
    day = date(2026, 10, 1)
    dates = {"7": {FactKind.LISTING: day, FactKind.HOURS: date(2999, 1, 1)}}
    assert derive(work, market, ORGANIZATION, SERVICE, verified=dates)
    assert not derive(work, market, ORGANIZATION, SERVICE, verified={"7": {FactKind.LISTING: date(2020, 1, 1)}})
    row = work.session.scalars(select(Verification)).one()
    assert (row.fact_kind, row.verified_on, row.source) == ("listing", day, "import")


def test_nothing_is_verified_by_loading(work: Work, market: Market) -> None:
    derive(work, market, ORGANIZATION, SERVICE)
    assert work.session.scalars(select(Verification)).all() == []
