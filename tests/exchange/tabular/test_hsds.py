"""HSDS 3.x tables, small and invented."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from resource_hub.accounts.work import Work
from resource_hub.core.ids import new_id
from resource_hub.exchange.hsds.reading.layout import table_of
from resource_hub.exchange.tabular.service import import_directory
from resource_hub.exchange.tabular.values import Format, Report, Request
from resource_hub.inventory.models import (
    Address,
    EligibilityRule,
    Funding,
    Location,
    Market,
    Phone,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceNeed,
    Verification,
)
from tests import factories

ORGANIZATION, SERVICE, PLACE, HERE = (new_id() for _ in range(4))
TABLES = {
    "organizations": f"id,name,email\n{ORGANIZATION},Harbor Table,info@harbor.example\n",
    "locations": f"id,location_type,name,latitude,longitude\n{PLACE},physical,Harbor house,39.29,-76.61\n",
    "services": "id,organization_id,name,status,minimum_age,maximum_age,assured_date,eligibility_description\n"
    f"{SERVICE},{ORGANIZATION},Pantry,active,60,,2026-10-01,Seniors in need\n",
    "service_at_location": f"id,service_id,location_id\n{HERE},{SERVICE},{PLACE}\n",
}

Import = Callable[..., Report]


@pytest.fixture
def market(work: Work) -> Market:
    return factories.a_market(work, "here")


@pytest.fixture
def run(work: Work, market: Market, tmp_path: Path) -> Import:
    def run(**tables: str) -> Report:
        for name, text in (TABLES | tables).items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        return import_directory(work, Request(tmp_path, market.slug))

    return run


def codes(report: Report) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in report.loaded.problems]


def test_its_own_ids_are_kept_and_the_second_time_nothing_changes(run: Import, work: Work) -> None:
    report = run()
    assert (report.format, codes(report)) == (Format.HSDS, [])
    assert work.session.get_one(Service, SERVICE).organization_id == ORGANIZATION
    assert work.session.get_one(Location, PLACE).latitude == 39.29
    assert work.session.get_one(ServiceAtLocation, HERE).modes == ["in_person"]
    again = run()
    assert (again.loaded.created, again.loaded.updated) == ({}, {})
    assert again.loaded.unchanged == report.loaded.created


def test_stated_ages_are_rules_and_the_assured_date_is_when_all_was_checked(run: Import, work: Work) -> None:
    run()
    rule = work.session.scalars(select(EligibilityRule)).one()
    assert (rule.fact, rule.operator, rule.value, rule.status) == ("age", "at_least", 60, "approved")
    checked = work.session.scalars(select(Verification)).all()
    assert {row.fact_kind for row in checked} == {"listing", "hours", "phone", "address", "eligibility"}
    assert {row.verified_on.isoformat() for row in checked} == {"2026-10-01"}


def test_parts_are_read_by_the_type_of_their_columns(run: Import, work: Work) -> None:
    report = run(
        phones=f"id,service_id,number,type\n1,{SERVICE},410-555-0100,textphone\n"
        f"2,{SERVICE},the desk,voice\n3,{SERVICE},,voice\n",
        schedules=f"id,service_id,freq,byday,interval,opens_at,closes_at,valid_from\n"
        f'1,{SERVICE},WEEKLY,"MO,TH",1,10:00:00,6 pm,soon\n',
        addresses=f"id,location_id,address_1,city,state_province,postal_code,address_type\n"
        f"1,{PLACE},1 Light St,Baltimore,md,,physical\n",
        service_areas=f"id,service_id,name\n1,{SERVICE},Harford County\n",
        funding=f"id,organization_id,source\n1,{ORGANIZATION},City\n",
        service_capacity=f"id,service_id,unit_id,available,maximum,updated\n1,{SERVICE},u,12,10,2026-10-01\n",
        units="id,name\nu,beds\n",
    )
    assert {(row.number, row.type) for row in work.session.scalars(select(Phone))} == {
        ("(410) 555-0100", "tty"),
        ("the desk", "voice"),
    }
    hours = work.session.scalars(select(Schedule)).one()
    assert (hours.byday, hours.interval, hours.opens_at, hours.closes_at) == ("MO,TH", 1, "10:00", "18:00")
    address = work.session.scalars(select(Address).where(Address.source_id == "1")).one()
    assert (address.state_province, address.postal_code) == ("MD", "")
    assert [row.extent for row in work.session.scalars(select(ServiceArea))] == ["Harford County"]
    assert [row.funding_source for row in work.session.scalars(select(Funding))] == ["City"]
    assert sorted(codes(report)) == [
        ("available", "over_maximum"),
        ("number", "missing"),
        ("number", "not_a_phone_number"),
        ("postal_code", "incomplete_address"),
        ("state_province", "rewritten"),
        ("valid_from", "not_a_date"),
    ]


def test_terms_become_needs(run: Import, work: Work, market: Market) -> None:
    run(
        taxonomies="id,name\nt,Open Eligibility\n",
        taxonomy_terms="id,code,name,taxonomy_id\n1,102-04,Food Pantry,t\n",
        attributes=f"id,link_id,taxonomy_term_id,link_entity\n1,{SERVICE},1,service\n2,{SERVICE},1,spaceship\n",
    )
    needs = work.session.scalars(select(ServiceNeed).where(ServiceNeed.market_id == market.id))
    assert [row.need for row in needs] == ["food-insecurity"]


def test_a_service_without_place_can_still_be_found(run: Import, work: Work) -> None:
    report = run(
        service_at_location="id,service_id,location_id\n", phones=f"id,service_id,number\n1,{SERVICE},410-555-0100\n"
    )
    place = work.session.scalars(select(ServiceAtLocation).where(ServiceAtLocation.service_id == SERVICE)).one()
    assert (place.location_id, place.modes) == (None, ["phone"])
    assert not report.refused


def test_bad_rows_and_unknown_files(run: Import) -> None:
    report = run(
        services=f"id,organization_id,name\n{SERVICE},{new_id()},Pantry\n2,{ORGANIZATION},\n", extras="id,name\n1,x\n"
    )
    assert report.refused
    assert ("organization_id", "unknown_organization") in codes(report)
    assert ("name", "missing") in codes(report)
    assert ("", "file_not_kept") in codes(report)


@pytest.mark.parametrize(
    ("file", "table"),
    [
        ("organizations", "organization"),
        ("organization", "organization"),
        ("addresses", "address"),
        ("accessibility", "accessibility"),
        ("taxonomies", "taxonomy"),
        ("service_at_location", "service_at_location"),
        ("services_at_location", "service_at_location"),
        ("url", "url"),
        ("urls", "url"),
        ("service_capacity", "service_capacity"),
        ("meta_table_descriptions", "meta_table_description"),
        ("users", None),
    ],
)
def test_files_are_known_by_their_usual_names(file: str, table: str | None) -> None:
    assert table_of(file) == table
