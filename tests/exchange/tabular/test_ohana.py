"""Small invented directories in Ohana's tables, one fault at a time."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import func, select

from resource_hub.accounts.models import AuditRow
from resource_hub.accounts.work import Work
from resource_hub.core.db import Base
from resource_hub.exchange.tabular.errors import BadFile
from resource_hub.exchange.tabular.service import import_directory
from resource_hub.exchange.tabular.values import Format, Report, Request
from resource_hub.inventory.errors import NoSuchMarket
from resource_hub.inventory.models import (
    Accessibility,
    Address,
    Attribute,
    Change,
    Contact,
    CostOption,
    Funding,
    Language,
    Location,
    Market,
    Organization,
    Phone,
    Program,
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
from tests import factories

ORGANIZATIONS = "id,name,date_incorporated,website\n1,Harbor Table,1969-05-01,harbor.example\n"
LOCATIONS = "id,organization_id,name,latitude,longitude\n5,1,Harbor house,39.29,-76.61\n"
SERVICES = "id,location_id,name,status\n7,5,Pantry,active\n"

Import = Callable[..., Report]
T = TypeVar("T", bound=Base)


@pytest.fixture
def market(work: Work) -> Market:
    return factories.a_market(work, "here")


@pytest.fixture
def run(work: Work, market: Market, tmp_path: Path) -> Import:
    """Imports tables that are given as text by their name; the smallest whole directory where not given."""

    def run(*, skip_bad_rows: bool = False, layout: Format = Format.AUTO, **tables: str) -> Report:
        given = {"organizations": ORGANIZATIONS, "locations": LOCATIONS, "services": SERVICES} | tables
        for name, text in given.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        return import_directory(work, Request(tmp_path, market.slug, layout, skip_bad_rows))

    return run


def problems(report: Report) -> list[tuple[str, int, str, str]]:
    return [
        (problem.origin.file, problem.origin.row, problem.field, problem.code) for problem in report.loaded.problems
    ]


def ours(work: Work, model: type[T]) -> list[T]:
    """Return the records of a table that the import made."""
    table = model.__table__
    query = select(model).where(table.c.source == "import").order_by(table.c.source_id)
    return list(work.session.scalars(query.execution_options(populate_existing=True)))


def assert_accounted(report: Report) -> None:
    loaded = report.loaded
    sums = Counter[str]()
    for tally in (loaded.created, loaded.updated, loaded.unchanged, loaded.skipped):
        sums.update(tally)
    assert dict(sums) == dict(loaded.read)
    assert sum(loaded.skipped.values()) <= len(loaded.problems)


def test_the_smallest_directory(run: Import, work: Work, market: Market) -> None:
    report = run()
    assert report.loaded.created == {"organization": 1, "location": 1, "service": 1, "service_at_location": 1}
    assert (problems(report), report.refused, report.format) == ([], False, Format.OHANA)
    (organization,) = ours(work, Organization)
    assert (organization.year_incorporated, organization.website) == (1969, "http://harbor.example")
    (location,) = ours(work, Location)
    assert (location.latitude, location.longitude, location.organization_id) == (39.29, -76.61, organization.id)
    (service,) = ours(work, Service)
    (place,) = ours(work, ServiceAtLocation)
    assert (place.service_id, place.location_id, place.modes) == (service.id, location.id, ["in_person"])
    assert market.revision == 1


def test_the_second_time_nothing_changes(run: Import, work: Work, market: Market) -> None:
    run()
    report = run()
    assert (report.loaded.created, report.loaded.updated) == ({}, {})
    assert market.revision == 1
    assert work.session.scalar(select(func.count()).select_from(Change)) == 0
    audit = work.session.scalars(select(AuditRow).order_by(AuditRow.position)).all()
    assert [(row.action, row.detail["created"]) for row in audit] == [
        ("inventory.imported", "4"),
        ("inventory.imported", "0"),
    ]


def test_a_missing_market_is_refused_before_anything_is_read(work: Work, tmp_path: Path) -> None:
    with pytest.raises(NoSuchMarket):
        import_directory(work, Request(tmp_path, "nowhere"))


def test_the_words_of_a_service_are_kept_in_their_fields(run: Import, work: Work) -> None:
    run(
        services="id,location_id,name,fees,application_process,wait_time,languages,interpretation_services,accepted_payments,"
        "keywords,required_documents,service_areas,funding_sources,website,email,eligibility,description\n"
        '7,5,Pantry,"None.   ",Call,No wait,"Spanish, Klingon",On request,"Cash, Check","food, bags",Photo ID,'
        "Harford County,City,harbor.example,info@harbor.example,Ages 18 and older.,<p>Food</p><p>Bags</p>\n"
    )
    (service,) = ours(work, Service)
    assert (service.fees_description, service.application_process, service.wait_time) == ("None.", "Call", "No wait")
    assert (service.url, service.email) == ("http://harbor.example", "info@harbor.example")
    assert (service.description, service.interpretation_services) == ("Food\n\nBags", "On request")
    assert {(row.name, row.code) for row in ours(work, Language)} == {("Spanish", "es"), ("Klingon", None)}
    assert [(row.option, row.amount_description) for row in ours(work, CostOption)] == [
        ("Accepted payments", "Cash, Check")
    ]
    assert {(row.link_type, row.value, row.link_id) for row in ours(work, Attribute)} == {
        ("keyword", "food", service.id),
        ("keyword", "bags", service.id),
    }
    assert [row.document for row in ours(work, RequiredDocument)] == ["Photo ID"]
    assert [(row.extent_type, row.extent) for row in ours(work, ServiceArea)] == [("county", "Harford County")]
    assert [row.funding_source for row in ours(work, Funding)] == ["City"]


def test_a_place_keeps_what_stands_in_its_row(run: Import, work: Work) -> None:
    report = run(
        locations="id,organization_id,name,accessibility,hours,email,languages,virtual,transportation\n"
        '5,1,Harbor house,"---\n- disabled_parking\n- ramp\n","Monday, 9-5",info@harbor.example,'
        "Interpreters available,,Bus 3\n"
    )
    (location,) = ours(work, Location)
    assert (location.location_type, location.transportation) == ("physical", "Bus 3")
    assert {row.description for row in ours(work, Accessibility)} == {"disabled parking", "ramp"}
    assert [(row.description, row.freq) for row in ours(work, Schedule)] == [("Monday, 9-5", None)]
    assert [row.email for row in ours(work, Contact)] == ["info@harbor.example"]
    assert [(row.name, row.note) for row in ours(work, Language)] == [(None, "Interpreters available")]
    assert_accounted(report)


@pytest.mark.parametrize(
    ("latitude", "longitude", "code"),
    [
        ("-76.61", "39.29", "swapped"),
        ("0", "0", "zero_coordinates"),
        ("4762000", "-8528000", "out_of_range"),
        ("37.77", "-122.42", "outside_state"),
        ("39.29", "", "not_a_number"),
    ],
)
def test_a_point_that_cannot_be_is_left_empty(
    run: Import, work: Work, latitude: str, longitude: str, code: str
) -> None:
    report = run(locations=f"id,organization_id,name,latitude,longitude\n5,1,Harbor house,{latitude},{longitude}\n")
    (location,) = ours(work, Location)
    assert (location.latitude, location.longitude) == (None, None)
    assert problems(report) == [("locations.csv", 2, "latitude", code)]
    assert not report.refused


def test_addresses_of_both_kinds_are_kept_apart(run: Import, work: Work) -> None:
    report = run(
        addresses="id,location_id,address_1,city,state_province,postal_code\n1,5,1 Light St,Baltimore,md,21201\n",
        mail_addresses="id,location_id,street,city,state,zip\n1,5,PO Box 1,Baltimore,XX,2120\n"
        "2,99,Lost,Lost,MD,21201\n",
    )
    rows = {row.address_type: row for row in ours(work, Address)}
    assert (rows["physical"].address_1, rows["physical"].state_province) == ("1 Light St", "MD")
    assert (rows["postal"].address_1, rows["postal"].state_province, rows["postal"].postal_code) == ("PO Box 1", "", "")
    assert Counter(code for _file, _row, _field, code in problems(report)) == {
        "unknown_state": 1,
        "not_a_postal_code": 1,
        "incomplete_address": 2,
        "unknown_location": 1,
    }
    assert report.loaded.skipped == {"address": 1}
    assert_accounted(report)


def test_telephone_numbers_are_read_or_kept_as_they_are(run: Import, work: Work) -> None:
    report = run(
        phones="id,location_id,service_id,number,extension,department,number_type\n"
        "1,5,,4105550100,12,Front desk,voice\n"
        "2,5,7,410-555-0101,4322 (English),,fax\n"
        "3,5,,ask at the desk,,TTY,voice\n"
        "4,5,,,,,\n"
        "5,77,,4105550102,,,\n"
    )
    rows = {row.source_id: row for row in ours(work, Phone)}
    assert [(row.number, row.extension, row.type, row.description) for row in rows.values()] == [
        ("(410) 555-0100", "12", "voice", "Front desk"),
        ("(410) 555-0101", "4322", "fax", "English"),
        ("ask at the desk", None, "tty", "TTY"),
    ]
    assert [(row, code) for _file, row, _field, code in problems(report)] == [
        (4, "not_a_phone_number"),
        (5, "missing"),
        (6, "unknown_location"),
        (6, "no_owner"),
    ]
    assert report.loaded.skipped == {"phone": 2}
    assert_accounted(report)


def test_a_service_without_place_is_reached_by_phone(run: Import, work: Work) -> None:
    run(
        services="id,location_id,name,organization_id\n7,,Hotline,1\n",
        phones="id,service_id,number\n1,7,4105550100\n",
    )
    (place,) = ours(work, ServiceAtLocation)
    assert (place.location_id, place.modes) == (None, ["phone"])


def test_a_service_without_place_and_phone_has_no_mode(run: Import, work: Work) -> None:
    run(services="id,location_id,name,organization_id\n7,,Somewhere,1\n")
    assert [place.modes for place in ours(work, ServiceAtLocation)] == [[]]


def test_the_organization_of_a_service_may_stand_with_its_program_or_phone(run: Import, work: Work) -> None:
    run(
        programs="id,organization_id,name\n3,1,Hunger\n",
        services="id,location_id,program_id,name\n7,,3,Pantry\n8,,,Hotline\n",
        phones="id,organization_id,service_id,number\n1,1,8,4105550100\n",
    )
    (program,) = ours(work, Program)
    assert {(row.name, row.program_id) for row in ours(work, Service)} == {("Pantry", program.id), ("Hotline", None)}


def test_a_service_that_names_nobody_is_left_out_but_is_no_bad_row(run: Import) -> None:
    report = run(services="id,location_id,name\n7,5,Pantry\n8,,Nobody's\n")
    assert problems(report) == [("services.csv", 3, "organization_id", "no_organization")]
    assert (report.loaded.skipped, report.refused) == ({"service": 1}, False)
    assert_accounted(report)


@pytest.mark.parametrize(
    ("tables", "problem"),
    [
        ({"services": "id,location_id,name\n7,5,\n"}, ("services.csv", 2, "name", "missing")),
        ({"services": "id,location_id,name\n7,99,Pantry\n"}, ("services.csv", 2, "location_id", "unknown_location")),
        ({"organizations": "id,name\n1,Harbor\n2,\n"}, ("organizations.csv", 3, "name", "missing")),
        (
            {"locations": LOCATIONS + "6,404,Lost,,\n"},
            ("locations.csv", 3, "organization_id", "unknown_organization"),
        ),
        ({"services": SERVICES + "7,5,Another,active\n"}, ("services.csv", 3, "id", "duplicate_id")),
    ],
)
def test_a_row_that_cannot_be_stored_refuses_the_import(
    run: Import, tables: dict[str, str], problem: tuple[str, int, str, str]
) -> None:
    report = run(**tables)
    assert report.refused
    assert problem in problems(report)
    assert not run(**tables, skip_bad_rows=True).refused
    assert_accounted(report)


def test_hours_and_holidays_are_read(run: Import, work: Work) -> None:
    report = run(
        regular_schedules="id,service_id,location_id,weekday,opens_at,closes_at\n1,7,,Monday,9:00,17:00\n"
        "2,,5,7,10 am,2 pm\n"
        "3,7,,Someday,9:00,17:00\n",
        holiday_schedules="id,service_id,location_id,closed,start_date,end_date,opens_at,closes_at\n"
        "1,,5,true,2026-12-24,2026-12-25,,\n2,7,,false,2026-12-31,,09:00,12:00\n3,7,,true,2026-12-31,2020-01-01,,\n",
    )
    assert [(row.freq, row.byday, row.opens_at, row.closes_at) for row in ours(work, Schedule)] == [
        ("WEEKLY", "MO", "09:00", "17:00"),
        ("WEEKLY", "SU", "10:00", "14:00"),
    ]
    (service,) = ours(work, Service)
    dated = [(row.on_date.isoformat(), row.closed, row.opens_at) for row in ours(work, ScheduleException)]
    assert dated == [("2026-12-24", True, None), ("2026-12-25", True, None), ("2026-12-31", False, "09:00")]
    assert {row.service_id for row in ours(work, ScheduleException)} == {service.id}
    assert [code for _file, _row, _field, code in problems(report)] == ["not_a_weekday", "not_a_period"]
    assert_accounted(report)


CATEGORIES = (
    "id,name,taxonomy_id,parent_id,type\n1,Food,102,,service\n2,Local words,102-01,102,service\n"
    "3,Community Gardens,102-02,102,service\n"
    "4,Veterans,113-03,,situation\n"
)


def needs(work: Work, market: Market) -> dict[str, float]:
    rows = work.session.scalars(select(ServiceNeed).where(ServiceNeed.market_id == market.id))
    return {row.need: row.weight for row in rows}


def test_categories_become_needs(run: Import, work: Work, market: Market, tmp_path: Path) -> None:
    (tmp_path / "service_categories.json").write_text('{"7": ["2", "2", "4"]}')
    report = run(categories=CATEGORIES)
    # The listed term decides for itself; one that the crosswalk does not know has its parent's needs.
    assert needs(work, market) == {"food-insecurity": 1.0, "veteran-status": 0.8}
    assert {(row.name, row.code, row.taxonomy) for row in ours(work, TaxonomyTerm)} >= {
        ("Food", "102", "Open Eligibility")
    }
    assert report.loaded.created["attribute"] == 2
    assert_accounted(report)


def test_categories_may_be_linked_by_column_or_table(run: Import, work: Work, market: Market) -> None:
    report = run(
        categories="id,name,oe_id,ancestry\n1,Food,102,\n3,Community Gardens,102-02,1\n4,Clothing,104-02,\n",
        services='id,location_id,name,taxonomy_ids\n7,5,Pantry,"102-02, 999"\n',
        categories_services="category_id,service_id\n4,7\n3,7\n3,404\n",
    )
    assert needs(work, market) == {"food-insecurity": 0.7, "social-connection": 0.5, "material-hardship": 1.0}
    assert [code for _file, _row, _field, code in problems(report)] == ["unknown_category", "duplicate", "unknown_link"]
    assert_accounted(report)


def test_an_old_table_takes_the_name_and_words_of_the_place(run: Import, work: Work) -> None:
    report = run(
        locations="id,organization_id,name,short_desc\n5,1,Main library,Books and more\n",
        services="id,location_id,name,how_to_apply,wait,updated_at\n7,5,,Walk in,No wait.,2014-05-24 21:07:17\n",
    )
    (service,) = ours(work, Service)
    assert (service.name, service.description, service.application_process) == (
        "Main library",
        "Books and more",
        "Walk in",
    )
    assert [code for _file, _row, _field, code in problems(report)] == ["name_of_location"]
    (checked,) = work.session.scalars(select(Verification)).all()
    assert (checked.fact_kind, checked.verified_on.isoformat()) == ("listing", "2014-05-24")


def test_what_has_no_place_here_is_said_once(run: Import) -> None:
    report = run(organizations="id,name,favourite_colour\n1,Harbor,blue\n2,Lake,red\n", events="id,name\n1,Fair\n")
    assert problems(report) == [
        ("organizations.csv", 1, "favourite_colour", "column_not_kept"),
        ("events.csv", 1, "", "file_not_kept"),
    ]


def test_small_faults_are_left_empty_and_reported(run: Import, work: Work) -> None:
    report = run(
        services="id,location_id,name,status,website,email,alternate_name\n"
        f"7,5,Pantry,sometimes,not a site,nobody,{'x' * 501}\n"
    )
    (service,) = ours(work, Service)
    assert (service.status, service.url, service.email, service.alternate_name) == ("active", None, None, None)
    assert {code for _file, _row, _field, code in problems(report)} == {
        "unknown_status",
        "not_a_web_address",
        "not_an_email",
        "too_long",
    }
    assert not report.refused


def test_a_changed_file_updates_only_what_changed(run: Import, work: Work, market: Market) -> None:
    run()
    report = run(services="id,location_id,name,status\n7,5,Food pantry,active\n")
    assert (report.loaded.created, report.loaded.updated) == ({}, {"service": 1})
    assert [row.field_name for row in work.session.scalars(select(Change))] == ["name"]
    assert market.revision == 2


def test_a_service_that_moves_keeps_the_unit_that_is_matched(run: Import, work: Work) -> None:
    run(locations=LOCATIONS + "6,1,Other house,39.3,-76.6\n")
    (before,) = ours(work, ServiceAtLocation)
    was = before.location_id
    run(locations=LOCATIONS + "6,1,Other house,39.3,-76.6\n", services="id,location_id,name\n7,6,Pantry\n")
    (after,) = ours(work, ServiceAtLocation)
    assert after.id == before.id
    assert after.location_id != was


def test_a_file_that_cannot_be_read_is_refused_by_name(run: Import) -> None:
    with pytest.raises(BadFile, match=r"services\.csv, row 2"):
        run(services='id,name\n1,"never closed\n')


@pytest.mark.parametrize("text", ["[]", "{", '{"7": "1"}'])
def test_links_that_are_none_are_refused(run: Import, tmp_path: Path, text: str) -> None:
    (tmp_path / "service_categories.json").write_text(text)
    with pytest.raises(BadFile, match="service_categories"):
        run(categories=CATEGORIES)
