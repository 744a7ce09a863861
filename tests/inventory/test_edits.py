"""Stewards' edits: each change in the history, what they checked marked as checked, nobody overwritten."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from resource_hub.accounts.models import AuditRow
from resource_hub.accounts.values import Role
from resource_hub.accounts.work import Work
from resource_hub.inventory import queries, service
from resource_hub.inventory.errors import BadEdit, ListingMovedOn, NoSuchListing, StewardsOnly
from resource_hub.inventory.models import Change, Market, Phone, Schedule, Service, Verification
from resource_hub.inventory.values import (
    FactKind,
    FieldValue,
    ListingEdit,
    Operator,
    RecordEdit,
    Rule,
    RuleStatus,
)
from tests import factories
from tests.conftest import as_actor
from tests.factories import Listing

SIXTY = Rule("age", Operator.AT_LEAST, 60, RuleStatus.APPROVED)


@pytest.fixture
def market(work: Work) -> Market:
    return factories.a_market(work, "here")


@pytest.fixture
def listing(work: Work, market: Market) -> Listing:
    factories.a_listing(work, market, name="Noise")
    return factories.a_listing(work, market, name="Pantry", minimum_age=18.0, description="Food for a week")


@pytest.fixture
def steward(work: Work, market: Market) -> Work:
    someone = as_actor(work, factories.a_user(work, Role.STEWARD, market))
    return replace(someone, now=work.now + timedelta(hours=2))


def edit(steward: Work, listing: Listing, *records: RecordEdit, **more: object) -> queries.Listing:
    shown = queries.get_listing(steward.session, steward.actor, listing.service.id)
    return service.edit_listing(
        steward,
        ListingEdit(listing.service.id, shown.changed_at, records, **more),  # type: ignore[arg-type] # any field
    )


def set_on(listing: Listing, **fields: FieldValue) -> RecordEdit:
    return RecordEdit("service", listing.service.id, fields)


def history(work: Work) -> list[tuple[str, str, str, str]]:
    rows = work.session.scalars(select(Change).order_by(Change.resource_type, Change.field_name))
    return [(row.resource_type, row.field_name, row.previous_value, row.replacement_value) for row in rows]


def verified(work: Work) -> dict[tuple[str, str], tuple[date, str]]:
    rows = work.session.scalars(select(Verification))
    return {(row.service_id, row.fact_kind): (row.verified_on, row.source) for row in rows}


def test_a_field_is_set_with_history_audit_and_date_of_checking(
    steward: Work, market: Market, listing: Listing
) -> None:
    revision = market.revision
    shown = edit(steward, listing, set_on(listing, name="Harbor pantry", alert="", minimum_age=18.0))
    assert shown.service.name == "Harbor pantry"
    assert history(steward) == [("service", "name", "Pantry", "Harbor pantry")]
    row = steward.session.scalars(select(Change)).one()
    assert (row.updated_by, row.source, row.last_action_date) == (steward.actor.user_id, "steward", steward.now)
    assert verified(steward) == {(listing.service.id, "listing"): (date(2026, 11, 20), "steward")}
    assert market.revision == revision + 1
    audit = steward.session.scalars(select(AuditRow)).one()
    assert (audit.action, audit.subject_id) == ("listing.edited", listing.service.id)
    assert audit.detail == {"fields": "service.name", "verified": "listing"}


def test_each_kind_of_fact_is_checked_by_its_own_fields(steward: Work, listing: Listing) -> None:
    address = queries.get_listing(steward.session, steward.actor, listing.service.id).addresses[0]
    edit(
        steward,
        listing,
        set_on(listing, maximum_age=99),
        RecordEdit("address", address.id, {"address_1": "2 Light St"}),
        RecordEdit("phone", None, {"number": "(410) 555-0100", "type": "voice"}),
        RecordEdit("schedule", None, {"freq": "WEEKLY", "byday": "MO,TH", "opens_at": "09:00", "closes_at": "12:00"}),
    )
    kinds = {kind for service_id, kind in verified(steward) if service_id == listing.service.id}
    assert kinds == {"eligibility", "address", "phone", "hours"}
    shown = queries.get_listing(steward.session, steward.actor, listing.service.id)
    assert [phone.number for phone in shown.phones] == ["(410) 555-0100"]
    assert [hours.byday for hours in shown.schedules] == ["MO,TH"]


def test_a_place_is_checked_for_every_service_there(steward: Work, market: Market, listing: Listing) -> None:
    other = factories.a_listing(steward, market, name="Shelter")
    other.service_at_location.location_id = listing.location.id
    steward.session.flush()
    edit(steward, listing, RecordEdit("location", listing.location.id, {"latitude": 39.3}))
    assert set(verified(steward)) == {(listing.service.id, "address"), (other.service.id, "address")}


def test_checking_without_changing_is_written_down(steward: Work, listing: Listing) -> None:
    edit(steward, listing, confirmed=frozenset({FactKind.HOURS, FactKind.PHONE}))
    assert set(verified(steward)) == {(listing.service.id, "hours"), (listing.service.id, "phone")}
    assert history(steward) == []


def test_an_edit_without_any_change_does_nothing(steward: Work, market: Market, listing: Listing) -> None:
    edit(steward, listing, set_on(listing, name="Pantry"))
    assert (history(steward), verified(steward), market.revision) == ([], {}, 0)
    assert steward.session.scalars(select(AuditRow)).all() == []


def test_rules_are_replaced(steward: Work, listing: Listing) -> None:
    shown = edit(steward, listing, rules=(SIXTY,))
    assert [(rule.fact, rule.value, rule.source) for rule in shown.rules] == [("age", 60, "steward")]
    assert history(steward) == [("service", "eligibility_rules", "", "age at_least 60 (approved)")]
    assert set(verified(steward)) == {(listing.service.id, "eligibility")}
    shown = edit(replace(steward, now=steward.now + timedelta(hours=1)), listing, rules=())
    assert shown.rules == []


def test_needs_are_replaced_one_by_one(steward: Work, listing: Listing) -> None:
    shown = edit(steward, listing, needs={"stress": 0.5})
    assert [(need.need, need.weight, need.source) for need in shown.needs] == [("stress", 0.5, "steward")]
    assert history(steward) == [
        ("service", "need:food-insecurity", "1.0", ""),
        ("service", "need:stress", "", "0.5"),
    ]


def test_a_phone_is_removed_and_stays_in_the_history(steward: Work, listing: Listing) -> None:
    shown = edit(steward, listing, RecordEdit("phone", None, {"number": "(410) 555-0100"}))
    phone = shown.phones[0]
    later = replace(steward, now=steward.now + timedelta(hours=1))
    shown = edit(later, listing, RecordEdit("phone", phone.id, {}, remove=True))
    assert shown.phones == []
    changes = queries.history_of(steward.session, shown)
    assert [(row.previous_value, row.replacement_value) for row in changes] == [
        ("(410) 555-0100", ""),
        ("", "(410) 555-0100"),
    ]
    assert steward.session.scalars(select(Phone)).all() == []


def test_an_edit_of_what_moved_on_is_refused(steward: Work, listing: Listing) -> None:
    seen = queries.get_listing(steward.session, steward.actor, listing.service.id).changed_at
    edit(steward, listing, set_on(listing, name="First"))
    late = ListingEdit(listing.service.id, seen, (set_on(listing, name="Second"),))
    with pytest.raises(ListingMovedOn):
        service.edit_listing(replace(steward, now=steward.now + timedelta(minutes=1)), late)
    assert steward.session.get_one(Service, listing.service.id).name == "First"


def test_a_change_of_a_part_moves_the_listing_on(steward: Work, listing: Listing) -> None:
    seen = queries.get_listing(steward.session, steward.actor, listing.service.id).changed_at
    edit(steward, listing, RecordEdit("organization", listing.organization.id, {"name": "Harbor people"}))
    late = ListingEdit(listing.service.id, seen, (set_on(listing, name="Second"),))
    with pytest.raises(ListingMovedOn):
        service.edit_listing(steward, late)


def test_a_removal_moves_the_listing_on(steward: Work, work: Work, market: Market, listing: Listing) -> None:
    phone = Phone(**factories.stamps(work, market), service_id=listing.service.id, number="(410) 555-0100")
    work.session.add(phone)
    work.session.flush()
    seen = queries.get_listing(steward.session, steward.actor, listing.service.id).changed_at
    edit(steward, listing, RecordEdit("phone", phone.id, {}, remove=True))
    with pytest.raises(ListingMovedOn):
        service.edit_listing(steward, ListingEdit(listing.service.id, seen, (set_on(listing, name="Second"),)))


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SOCIAL_WORKER, Role.PROGRAMME_LEAD])
def test_others_than_stewards_are_refused(work: Work, market: Market, listing: Listing, role: Role) -> None:
    someone = as_actor(work, factories.a_user(work, role, market))
    with pytest.raises(StewardsOnly):
        edit(someone, listing, set_on(listing, name="Mine"))


def test_a_listing_of_another_market_does_not_exist(work: Work, listing: Listing) -> None:
    elsewhere = factories.a_market(work, "elsewhere", noise=False)
    outsider = as_actor(work, factories.a_user(work, Role.STEWARD, elsewhere))
    with pytest.raises(NoSuchListing):
        service.edit_listing(outsider, ListingEdit(listing.service.id, work.now))


def test_a_record_of_another_listing_is_not_reached(steward: Work, market: Market, listing: Listing) -> None:
    other = factories.a_listing(steward, market, name="Shelter")
    with pytest.raises(NoSuchListing):
        edit(steward, listing, RecordEdit("location", other.location.id, {"name": "Mine"}))
    assert other.location.name == "Shelter"


@pytest.mark.parametrize(
    ("table", "fields", "where"),
    [
        ("service", {"name": " "}, "service.name"),
        ("service", {"name": "x" * 501}, "service.name"),
        ("service", {"status": "gone"}, "service.status"),
        ("service", {"email": "nobody"}, "service.email"),
        ("service", {"url": "javascript:alert(1)"}, "service.url"),
        ("service", {"minimum_age": 200}, "service.minimum_age"),
        ("service", {"minimum_age": True}, "service.minimum_age"),
        ("service", {"organization_id": "1"}, "service.organization_id"),
        ("service", {"source": "steward"}, "service.source"),
        ("location", {"latitude": 91.0}, "location.latitude"),
        ("location", {"confidential": "yes"}, "location.confidential"),
        ("address", {"postal_code": "2120"}, "address.postal_code"),
        ("address", {"state_province": "XX"}, "address.state_province"),
        ("schedule", {"opens_at": "25:00"}, "schedule.opens_at"),
        ("schedule", {"byday": "Monday"}, "schedule.byday"),
        ("service_at_location", {"modes": ["teleport"]}, "service_at_location.modes"),
        ("market", {"name": "Mine"}, "market"),
    ],
)
def test_what_a_field_cannot_hold_is_refused(
    steward: Work, listing: Listing, table: str, fields: dict[str, FieldValue], where: str
) -> None:
    with pytest.raises(BadEdit) as refusal:
        edit(steward, listing, RecordEdit(table, listing.service.id, fields))
    assert [fault.field for fault in refusal.value.faults] == [where]
    assert history(steward) == []


def test_a_new_phone_needs_a_number_and_a_service_is_never_removed(steward: Work, listing: Listing) -> None:
    with pytest.raises(BadEdit, match="telephone"):
        edit(steward, listing, RecordEdit("phone", None, {"type": "voice"}))
    with pytest.raises(BadEdit, match="removed"):
        edit(steward, listing, RecordEdit("service", listing.service.id, {}, remove=True))
    with pytest.raises(BadEdit, match="added"):
        edit(steward, listing, RecordEdit("service", None, {"name": "New", "status": "active"}))


@pytest.mark.parametrize(
    "rule",
    [
        replace(SIXTY, fact="shoe_size"),
        replace(SIXTY, value=131),
        replace(SIXTY, value="sixty"),
        replace(SIXTY, operator=Operator.IS),
        Rule("gender", Operator.IS, "women", RuleStatus.APPROVED),
        Rule("gender", Operator.ANY_OF, "female", RuleStatus.APPROVED),
        Rule("insurance", Operator.ANY_OF, (), RuleStatus.APPROVED),
        Rule("veteran", Operator.IS, "yes", RuleStatus.APPROVED),
        Rule("zip", Operator.ANY_OF, ("21201", "2120"), RuleStatus.APPROVED),
    ],
)
def test_a_rule_that_cannot_be_is_refused(steward: Work, listing: Listing, rule: Rule) -> None:
    with pytest.raises(BadEdit):
        edit(steward, listing, rules=(rule,))


def test_rules_of_every_form_are_kept(steward: Work, listing: Listing) -> None:
    rules = (
        SIXTY,
        Rule("gender", Operator.IS, "female", RuleStatus.APPROVED, alternative=1),
        Rule("insurance", Operator.ANY_OF, ("none", "medicaid"), RuleStatus.APPROVED),
        Rule("veteran", Operator.IS, value=True, status=RuleStatus.SUGGESTED),
        Rule("zip", Operator.ANY_OF, ("21201", "21202"), RuleStatus.APPROVED),
    )
    edit(steward, listing, rules=rules)
    again = edit(replace(steward, now=steward.now + timedelta(hours=1)), listing, rules=rules)
    assert len(again.rules) == len(rules)
    assert len(history(steward)) == 1


@pytest.mark.parametrize("needs", [{"food": 1.0}, {"stress": 0.0}, {"stress": 1.1}])
def test_a_need_that_cannot_be_is_refused(steward: Work, listing: Listing, needs: dict[str, float]) -> None:
    with pytest.raises(BadEdit):
        edit(steward, listing, needs=needs)


def test_nothing_of_a_refused_edit_is_kept(steward: Work, listing: Listing) -> None:
    with pytest.raises(BadEdit):
        edit(steward, listing, set_on(listing, name="New"), RecordEdit("schedule", None, {"opens_at": "noon"}))
    assert steward.session.scalars(select(Schedule)).all() == []
    assert listing.service.name == "Pantry"
