"""A package without a fault has none; spoiled in one place it has that one, there, and no other."""

import zipfile
from pathlib import Path
from typing import Any

import pytest

from resource_hub.exchange.hsds.lint.report import MOST_OF_A_KIND
from resource_hub.exchange.hsds.lint.values import Severity
from tests.exchange.hsds.lint.good import ORG, TABLES, TERM, key, kinds, lint, tables, write

NOWHERE = key(99)

# Table, what is written into its first row, the rule that speaks, and of which field.
SPOILED: list[tuple[str, dict[str, Any], str, str]] = [
    ("organizations", {"name": ""}, "missing_field", "name"),
    ("organizations", {"email": "a at example.org"}, "bad_format", "email"),
    ("organizations", {"website": "example.org"}, "bad_format", "website"),
    ("organizations", {"year_incorporated": "2027"}, "year_implausible", "year_incorporated"),
    ("organizations", {"year_incorporated": "99"}, "year_implausible", "year_incorporated"),
    ("organizations", {"year_incorporated": "late"}, "wrong_type", "year_incorporated"),
    ("organizations", {"parent_organization_id": NOWHERE}, "parent_missing", "parent_organization_id"),
    ("organizations", {"parent_organization_id": ORG}, "parent_circle", "parent_organization_id"),
    ("services", {"status": "open"}, "not_in_list", "status"),
    ("services", {"organization_id": ""}, "missing_field", "organization_id"),
    ("services", {"minimum_age": 66}, "ages_reversed", "minimum_age"),
    ("services", {"minimum_age": -1}, "negative_number", "minimum_age"),
    ("services", {"maximum_age": 999}, "age_implausible", "maximum_age"),
    ("services", {"assured_date": "2026-12-01"}, "future_date", "assured_date"),
    ("services", {"assured_date": "10/01/2026"}, "bad_format", "assured_date"),
    ("services", {"assured_date": "2026-02-30"}, "bad_format", "assured_date"),
    ("services", {"last_modified": "2026-10-01T10:00:00"}, "bad_format", "last_modified"),
    ("services", {"fee": "none"}, "unknown_field", "fee"),
    ("locations", {"latitude": 0, "longitude": 0}, "coordinates_zero", "latitude"),
    ("locations", {"latitude": -76.61, "longitude": 39.29}, "coordinates_swapped", "latitude"),
    ("locations", {"latitude": 39.29, "longitude": 76.61}, "coordinates_outside_state", "latitude"),
    ("locations", {"latitude": 4765000.5, "longitude": -8528000.25}, "coordinates_in_metres", "latitude"),
    ("locations", {"latitude": 100, "longitude": 101}, "coordinates_impossible", "latitude"),
    ("locations", {"latitude": ""}, "coordinates_half", "latitude"),
    ("service_at_location", {"description": "Here", "service_id": NOWHERE}, "broken_reference", "service_id"),
    ("addresses", {"state_province": "Maryland"}, "unknown_state", "state_province"),
    ("addresses", {"postal_code": "2120"}, "bad_postal_code", "postal_code"),
    ("addresses", {"postal_code": "22201"}, "postal_code_of_other_state", "postal_code"),
    ("addresses", {"country": "United Kingdom"}, "bad_country", "country"),
    ("phones", {"number": "ask at the desk"}, "bad_phone", "number"),
    ("phones", {"number": "410"}, "", ""),
    ("phones", {"number": "+44 1234 234567"}, "", ""),
    ("phones", {"service_id": ""}, "no_owner", "id"),
    ("phones", {"service_id": NOWHERE}, "broken_reference", "service_id"),
    ("phones", {"id": "7"}, "bad_format", "id"),
    ("schedules", {"freq": "DAILY"}, "not_in_list", "freq"),
    ("schedules", {"byday": "MO,XX"}, "rrule_part", "byday"),
    ("schedules", {"byday": "6MO", "freq": "MONTHLY"}, "rrule_part", "byday"),
    ("schedules", {"byday": "-1FR", "freq": "MONTHLY"}, "", ""),
    ("schedules", {"byday": "1MO"}, "rrule_combination", "byday"),
    ("schedules", {"bymonthday": "0", "freq": "MONTHLY"}, "rrule_part", "bymonthday"),
    ("schedules", {"bymonthday": "1,-1", "freq": "MONTHLY"}, "", ""),
    ("schedules", {"bymonthday": "1"}, "rrule_combination", "bymonthday"),
    ("schedules", {"interval": 0}, "rrule_part", "interval"),
    ("schedules", {"interval": 2}, "rrule_combination", "dtstart"),
    ("schedules", {"until": "2026-12-01", "count": 3}, "until_and_count", "count"),
    ("schedules", {"valid_from": "2027-01-01"}, "period_reversed", "valid_from"),
    ("schedules", {"dtstart": "2026-06-01", "until": "2026-05-01"}, "period_reversed", "dtstart"),
    ("schedules", {"closes_at": "05:00"}, "closes_before_opens", "closes_at"),
    ("schedules", {"opens_at": "19:00", "closes_at": "07:00"}, "past_midnight", "closes_at"),
    ("schedules", {"closes_at": "09:00"}, "past_midnight", "closes_at"),
    ("schedules", {"closes_at": "5 pm"}, "bad_format", "closes_at"),
    ("schedules", {"opens_at": "09:00-05:00", "closes_at": "17:00-05:00"}, "", ""),
    ("languages", {"code": "Spanish"}, "bad_language", "code"),
    ("languages", {"code": "xx"}, "bad_language", "code"),
    ("languages", {"code": "zh-Hant"}, "", ""),
    ("cost_options", {"currency": "$"}, "bad_currency", "currency"),
    ("cost_options", {"amount": -5}, "negative_number", "amount"),
    ("service_capacity", {"available": 12}, "over_maximum", "available"),
    ("service_capacity", {"available": "many"}, "wrong_type", "available"),
    ("service_capacity", {"unit_id": ""}, "missing_field", "unit_id"),
    ("units", {"name": "Kilogram"}, "wrong_unit", "unit"),
    ("units", {"identifier": "KGM"}, "wrong_unit", "unit"),
    ("taxonomy_terms", {"taxonomy_id": NOWHERE}, "broken_reference", "taxonomy_id"),
    ("taxonomy_terms", {"parent_id": TERM}, "parent_circle", "parent_id"),
    ("taxonomy_terms", {"language": "English"}, "bad_language", "language"),
    ("attributes", {"link_id": NOWHERE}, "link_missing", "link_id"),
    ("attributes", {"link_entity": "services"}, "link_missing", "link_entity"),
]  # fmt: skip
# What follows from the spoiled row elsewhere: an organization or unit that is no longer used.
FOLLOWS = {"unused"}
SPOKEN_OF = {"units": "service_capacity.csv"}


def test_a_package_without_a_fault_has_none(tmp_path: Path) -> None:
    report = lint(write(tmp_path, tables()))
    assert kinds(report) == {}
    assert report.read["service"] == 1
    assert sum(report.read.values()) == sum(len(rows) for rows in TABLES.values())


@pytest.mark.parametrize(("table", "changes", "code", "field"), SPOILED)
def test_a_package_spoiled_in_one_place_has_that_fault_alone(
    tmp_path: Path, table: str, changes: dict[str, Any], code: str, field: str
) -> None:
    spoiled = tables()
    spoiled[table][0].update(changes)
    found = kinds(lint(write(tmp_path, spoiled)))
    file = SPOKEN_OF.get(table, f"{table}.csv")
    expected = {(code, file, field): 1} if code else {}
    assert {kind: count for kind, count in found.items() if kind[0] not in FOLLOWS} == expected


def test_the_second_row_of_an_id_is_named(tmp_path: Path) -> None:
    twice = tables()
    twice["phones"].append({**twice["phones"][0]})
    ((kind, count, (finding,)),) = lint(write(tmp_path, twice)).kinds()
    assert (kind.code, count, finding.file, finding.where) == ("duplicate_id", 1, "phones.csv", "row 3")


@pytest.mark.parametrize(
    ("table", "more", "code"),
    [
        ("organizations", {"id": key(50), "name": "HARBOR  table", "description": "The same."}, "same_organization"),
        ("services", {"id": key(50)}, "same_service"),
    ],
)
def test_the_same_thing_under_another_id_is_found(tmp_path: Path, table: str, more: dict[str, Any], code: str) -> None:
    twice = tables()
    twice[table].append({**twice[table][0], **more})
    found = kinds(lint(write(tmp_path, twice)))
    assert {code for code, _, _ in found} - FOLLOWS == {code}


def test_the_same_location_is_told_by_name_and_address(tmp_path: Path) -> None:
    twice = tables()
    twice["locations"][1]["name"] = "Hall"
    assert kinds(lint(write(tmp_path / "a", twice))) == {}
    twice["addresses"][1].update({"address_1": "1 pier", "postal_code": "21202"})
    assert kinds(lint(write(tmp_path / "b", twice))) == {("same_location", "locations.csv", "name"): 1}


def test_rows_that_nothing_refers_to_are_found(tmp_path: Path) -> None:
    lonely = tables()
    lonely["locations"].append({"id": key(60), "location_type": "virtual"})
    lonely["units"].append({"id": key(61), "name": "Seat"})
    lonely["organizations"].append({"id": key(62), "name": "Nobody", "description": "Nothing."})
    found = kinds(lint(write(tmp_path, lonely)))
    assert found == {("unused", f"{name}.csv", "id"): 1 for name in ("locations", "units", "organizations")}
    lonely["locations"][2]["organization_id"] = key(62)
    assert kinds(lint(write(tmp_path, lonely))) == {("unused", "units.csv", "id"): 1}


def test_a_column_that_is_missing_is_said_once(tmp_path: Path) -> None:
    spoiled = tables()
    for row in spoiled["locations"]:
        del row["location_type"]
    report = lint(write(tmp_path, spoiled))
    ((_, count, (finding,)),) = report.kinds()
    assert (finding.code, finding.field, finding.where, count) == ("missing_field", "location_type", "row 1", 1)


def test_a_table_that_is_missing_is_said_and_what_refers_to_it_is_broken(tmp_path: Path) -> None:
    without = tables()
    del without["organizations"]
    found = kinds(lint(write(tmp_path, without)))
    assert set(found) == {
        ("missing_table", "organizations.csv", ""),
        ("broken_reference", "services.csv", "organization_id"),
    }


def test_circles_of_parents_are_found_and_what_hangs_on_them_is_not_in_them(tmp_path: Path) -> None:
    circle = tables()
    first = circle["taxonomy_terms"][0]
    circle["taxonomy_terms"] = [
        {**first, "parent_id": key(71)},
        {**first, "id": key(71), "parent_id": TERM},
        {**first, "id": key(72), "parent_id": TERM},
    ]
    report = lint(write(tmp_path, circle))
    ((kind, count, findings),) = report.kinds()
    assert (kind.code, count) == ("parent_circle", 2)
    assert {finding.where for finding in findings} == {"row 2", "row 3"}


def test_a_broken_table_is_said_and_what_refers_to_it_is_left_alone(tmp_path: Path) -> None:
    folder = write(tmp_path, tables())
    path = folder / "locations.csv"
    path.write_bytes(path.read_bytes() + b'"never closed')
    report = lint(folder)
    assert kinds(report) == {("unreadable_file", "locations.csv", ""): 1}
    assert report.read["service"] == 1


@pytest.mark.parametrize(
    ("files", "version"), [({"regular_schedules"}, "1.1"), ({"service_attributes", "schedules"}, "2.0")]
)
def test_older_versions_are_recognised_and_not_checked(tmp_path: Path, files: set[str], version: str) -> None:
    report = lint(write(tmp_path, {"organizations": [{"id": 1}], **{name: [{"id": 1}] for name in files}}))
    ((kind, _, (finding,)),) = report.kinds()
    assert (kind.code, kind.severity) == ("old_version", Severity.ERROR)
    assert version in finding.text


def test_a_description_that_names_a_table_that_is_not_there_is_found(tmp_path: Path) -> None:
    folder = write(tmp_path, tables())
    description = folder / "datapackage.json"
    description.write_text('{"resources": [{"path": "phones.csv"}, {"path": "programs.csv"}]}')
    assert kinds(lint(folder)) == {("package_file_missing", "datapackage.json", "programs.csv"): 1}
    description.write_text("[]")
    assert kinds(lint(folder)) == {("missing_field", "datapackage.json", "resources"): 1}


def test_a_zip_is_read_like_its_folder_and_files_of_others_are_named(tmp_path: Path) -> None:
    folder = write(tmp_path / "feed", {**tables(), "cats": [{"id": 1}]})
    path = tmp_path / "feed.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in folder.iterdir():
            archive.write(file, f"feed/{file.name}")
    assert kinds(lint(path)) == kinds(lint(folder)) == {("unknown_file", "cats.csv", ""): 1}


def test_of_a_kind_so_many_are_kept_and_all_are_counted(tmp_path: Path) -> None:
    many = tables()
    phone = many["phones"][0]
    many["phones"] = [{**phone, "id": key(1000 + number), "number": "none"} for number in range(MOST_OF_A_KIND + 50)]
    ((_, count, findings),) = lint(write(tmp_path, many)).kinds()
    assert (count, len(findings)) == (MOST_OF_A_KIND + 50, MOST_OF_A_KIND)


def test_one_table_alone_is_checked_by_itself(tmp_path: Path) -> None:
    folder = write(tmp_path, {"phones": TABLES["phones"]})
    found = {code for code, _, _ in kinds(lint(folder / "phones.csv"))}
    assert found == {"missing_table", "broken_reference"}
