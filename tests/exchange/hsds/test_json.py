"""HSDS JSON as it is published: nested or minimal, one object, a list, a page, or one on each line."""

import json
from typing import Any

import pytest
from sqlalchemy import func, select

from resource_hub.accounts.work import Work
from resource_hub.core.ids import new_id
from resource_hub.exchange.tabular.values import Format
from resource_hub.inventory.models import (
    Address,
    Attribute,
    Change,
    Language,
    Location,
    Market,
    Organization,
    Phone,
    Program,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceCapacity,
    ServiceNeed,
)
from tests.exchange.hsds.conftest import Import, Refused, assert_accounted, problems

ORGANIZATION, SERVICE, PLACE, HERE, PHONE, PROGRAM = (new_id() for _ in range(6))


LOCATION = {
    "id": PLACE,
    "location_type": "physical",
    "latitude": 39.29,
    "longitude": -76.61,
    "addresses": [
        {
            "address_1": "1 Light St",
            "city": "Baltimore",
            "state_province": "MD",
            "postal_code": "21201",
            "country": "US",
            "address_type": "physical",
        }
    ],
}


def a_service(**more: object) -> dict[str, Any]:
    return {
        "id": SERVICE,
        "name": "Pantry",
        "status": "active",
        "minimum_age": 60,
        "last_modified": "2026-10-01T14:23:06.5+01:00",
        "organization": {"id": ORGANIZATION, "name": "Harbor Table", "description": "Food"},
        "program": {"id": PROGRAM, "name": "Meals", "description": "Hot meals"},
        "service_at_locations": [{"id": HERE, "location": LOCATION}],
        "phones": [{"id": PHONE, "number": "410-555-0100", "extension": 12, "languages": [{"name": "Spanish"}]}],
        "schedules": [{"freq": "WEEKLY", "byday": "MO", "opens_at": "09:00:00-05:00", "closes_at": "17:00Z"}],
        "attributes": [
            {
                "id": "a",
                "taxonomy_term": {
                    "id": "t",
                    "name": "Food Pantry",
                    "description": "",
                    "taxonomy_detail": {"id": "x", "name": "Open Eligibility"},
                },
            }
        ],
        "metadata": [
            {
                "id": "m",
                "resource_type": "service",
                "last_action_date": "2026-01-02",
                "last_action_type": "update",
                "field_name": "name",
                "previous_value": "A",
                "replacement_value": "B",
                "updated_by": "Ann",
            }
        ],
    } | more


def count(work: Work, market: Market, table: Any) -> int:
    return work.session.scalar(select(func.count()).select_from(table).where(table.market_id == market.id)) or 0


def test_everything_in_an_object_becomes_a_record_of_its_own(run: Import, work: Work, market: Market) -> None:
    report = run({"service.json": a_service()})
    assert (report.format, report.refused) == (Format.HSDS, False)
    assert problems(report) == [(1, "schedules[0].closes_at", "other_zone")]
    assert_accounted(report)
    service = work.session.get_one(Service, SERVICE)
    assert (service.organization_id, service.minimum_age, service.last_modified_zone) == (ORGANIZATION, 60, "+01:00")
    assert work.session.scalars(select(Program)).one().organization_id == ORGANIZATION
    place = work.session.get_one(ServiceAtLocation, HERE)
    assert (place.service_id, place.location_id, place.modes) == (SERVICE, PLACE, ["in_person"])
    assert work.session.scalars(select(Address).where(Address.market_id == market.id)).one().location_id == PLACE
    phone = work.session.get_one(Phone, PHONE)
    assert (phone.number, phone.extension, phone.service_id) == ("(410) 555-0100", "12", SERVICE)
    language = work.session.scalars(select(Language)).one()
    assert (language.name, language.code, language.phone_id) == ("Spanish", "es", PHONE)
    hours = work.session.scalars(select(Schedule)).one()
    assert (hours.opens_at, hours.opens_at_zone, hours.closes_at, hours.closes_at_zone) == (
        "09:00",
        "-05:00",
        "17:00",
        "Z",
    )
    term = work.session.scalars(select(Attribute).where(Attribute.market_id == market.id)).one()
    assert (term.link_entity, term.link_id) == ("service", SERVICE)
    need = work.session.scalars(select(ServiceNeed).where(ServiceNeed.market_id == market.id)).one()
    assert need.need == "food-insecurity"


def test_a_feeds_own_history_is_kept_beside_ours_and_decides_nothing(run: Import, work: Work, market: Market) -> None:
    run({"service.json": a_service()})
    history = work.session.scalars(select(Change).where(Change.market_id == market.id)).one()
    assert (history.source, history.source_id, history.resource_id) == ("feed", "m", SERVICE)
    assert (history.previous_value, history.updated_by, history.last_action_date.year) == ("A", "Ann", 2026)
    later = run({"service.json": a_service(name="Food pantry")})
    assert later.loaded.updated == {"service": 1}
    ours = select(Change.previous_value).where(Change.market_id == market.id, Change.source == "import")
    assert work.session.scalars(ours).all() == ["Pantry"]


SMALL_SERVICE = {"id": SERVICE, "name": "Pantry"}
SMALL_ORGANIZATION = {"id": ORGANIZATION, "name": "Harbor Table"}


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("services.json", [a_service()]),
        ("services.json", {"total_items": 1, "page_number": 1, "empty": False, "contents": [a_service()]}),
        ("services.ndjson", json.dumps(a_service()) + "\n\n"),
        (
            "tables.json",
            {
                "organizations.csv": [SMALL_ORGANIZATION],
                "services.csv": [SMALL_SERVICE | {"organization_id": ORGANIZATION}],
            },
        ),
        ("organization.json", SMALL_ORGANIZATION | {"services": [SMALL_SERVICE]}),
    ],
)
def test_every_form_says_the_same_and_changes_nothing_the_second_time(
    run: Import, work: Work, name: str, written: object
) -> None:
    report = run({name: written})
    assert work.session.get_one(Service, SERVICE).organization_id == ORGANIZATION
    again = run({name: written})
    assert (again.loaded.created, again.loaded.updated) == ({}, {})
    assert again.loaded.unchanged == report.loaded.created
    assert_accounted(again)


def test_the_same_record_met_again_adds_what_it_says_more(run: Import, work: Work, market: Market) -> None:
    minimal = {"id": ORGANIZATION, "name": "Harbor Table", "website": "https://harbor.example"}
    report = run({"organizations.json": [minimal], "services.json": [a_service()]})
    assert (report.loaded.read["organization"], report.refused) == (1, False)
    organization = work.session.get_one(Organization, ORGANIZATION)
    assert (organization.description, organization.website) == ("Food", "https://harbor.example")
    assert count(work, market, Service) == 1


def test_one_id_with_two_meanings_is_a_bad_row(run: Import) -> None:
    other = a_service(name="Another")
    report = run({"services.ndjson": "\n".join(map(json.dumps, (a_service(), {}, other)))}, skip_bad_rows=True)
    assert [(row, field, code) for row, field, code in problems(report) if code in {"duplicate_id", "not_hsds"}] == [
        (2, "", "not_hsds"),
        (3, "id", "duplicate_id"),
    ]
    assert report.loaded.skipped["service"] == 1
    assert_accounted(report)


def test_a_record_in_two_places_stays_at_the_first_and_is_reported(run: Import, work: Work) -> None:
    second = a_service(id=new_id(), service_at_locations=[], program={}, schedules=[], attributes=[], metadata=[])
    report = run({"services.json": [a_service(), second]})
    assert (2, "phones[0].service_id", "several_places") in [(2, f, c) for _row, f, c in problems(report)]
    assert work.session.get_one(Phone, PHONE).service_id == SERVICE


def test_what_stands_inside_without_an_id_goes_when_it_is_no_longer_said(
    run: Import, work: Work, market: Market
) -> None:
    phone = {"number": "410-555-0100", "languages": [{"name": "Spanish"}]}
    run({"service.json": a_service(phones=[phone])})
    assert (count(work, market, Phone), count(work, market, Language)) == (1, 1)
    run({"service.json": a_service(phones=[{"number": "410-555-0199"}])})
    assert [row.number for row in work.session.scalars(select(Phone))] == ["(410) 555-0199"]
    assert count(work, market, Language) == 0


def test_older_keys_are_understood(run: Import, work: Work, market: Market) -> None:
    place = {
        "id": PLACE,
        "name": "House",
        "physical_addresses": [{"id": "1", "address_1": "1 Light St", "city": "Baltimore"}],
        "regular_schedules": [{"id": "1", "weekday": "Monday", "opens_at": "9:00", "closes_at": "17:00"}],
    }
    run(
        {
            "organization.json": {
                "id": ORGANIZATION,
                "name": "Harbor Table",
                "url": "harbor.example",
                "locations": [place],
            }
        }
    )
    address = work.session.scalars(select(Address).where(Address.market_id == market.id)).one()
    assert (address.address_type, address.location_id) == ("physical", PLACE)
    assert work.session.scalars(select(Schedule)).one().byday == "MO"
    assert work.session.get_one(Organization, ORGANIZATION).website == "http://harbor.example"


def test_nothing_and_zero_are_not_the_same(run: Import, work: Work) -> None:
    unit = {"id": "u", "name": "beds"}
    capacity = {"id": "c", "unit": unit, "available": 0, "updated": "2026-10-01T00:00:00Z"}
    run({"service.json": a_service(minimum_age=0, capacities=[capacity])})
    assert work.session.get_one(Service, SERVICE).minimum_age == 0
    assert work.session.scalars(select(ServiceCapacity)).one().available == 0


def test_what_is_not_hsds_is_refused_by_its_first_object(refused: Refused) -> None:
    raw = {"scraper": "x", "data": {"id": None, "name": "Pantry", "latitude": 1}}
    assert refused({"raw.jsonl": json.dumps(raw)}) == ("raw.jsonl, object 1", "not_hsds")
    assert refused({"api.json": {"version": "3.0", "openapi_url": "https://example.org"}})[1] == "not_hsds"


def test_beside_hsds_what_is_not_is_left_out(run: Import, work: Work) -> None:
    report = run({"api.json": {"version": "3.0"}, "service.json": a_service()})
    assert (1, "", "file_not_kept") in problems(report)
    assert work.session.get(Location, PLACE)
