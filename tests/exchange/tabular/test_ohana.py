"""Small invented directories in Ohana's tables: what is stored, what refuses, what changes."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from resource_hub.accounts.models import AuditRow
from resource_hub.accounts.work import Work
from resource_hub.exchange.tabular.errors import BadFile
from resource_hub.exchange.tabular.service import import_directory
from resource_hub.exchange.tabular.values import Format, Request
from resource_hub.inventory.errors import NoSuchMarket
from resource_hub.inventory.models import (
    Change,
    Location,
    Market,
    Organization,
    Program,
    Service,
    ServiceAtLocation,
    Verification,
)
from tests.exchange.tabular.ohana import (
    LOCATIONS,
    SERVICES,
    Import,
    assert_accounted,
    ours,
    problems,
)


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
