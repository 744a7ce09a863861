"""JSON: an object spoiled in one place has that fault, with its path; pages, lists, lines and tables are told apart."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from resource_hub.exchange.hsds.lint.values import Profile, Severity
from tests.exchange.hsds.lint.good import OBJECT, ORG, SERVICE, TABLES, key, kinds, lint, write_json

Path_ = tuple[str | int, ...]

PLACE: Path_ = ("service_at_locations", 0, "location")
AT_PLACE = "service_at_locations[0].location"
AT_ADDRESS = f"{AT_PLACE}.addresses[0]"
# Where, what is written there, the rule that speaks, the path it names and the field.
SPOILED: list[tuple[Path_, Any, str, str, str]] = [
    (("name",), None, "null_value", "", "name"),
    (("name",), 7, "wrong_type", "", "name"),
    (("name",), "", "blank_value", "", "name"),
    (("minimum_age",), "18", "wrong_type", "", "minimum_age"),
    (("minimum_age",), True, "wrong_type", "", "minimum_age"),
    (("email",), "nobody", "bad_format", "", "email"),
    (("color",), "red", "unknown_field", "", "color"),
    (("phones",), {"id": key(1), "number": "211"}, "wrong_type", "", "phones"),
    (("phones", 0, "number"), "none", "bad_phone", "phones[0]", "number"),
    (("phones", 1, "id"), key(23), "duplicate_id", "", "phones.id"),
    (("phones", 0, "service_id"), key(90), "nested_mismatch", "", "phones.service_id"),
    (("phones", 0, "service_id"), SERVICE, "", "", ""),
    (("phones", 0, "languages", 0, "code"), "xx", "bad_language", "phones[0].languages[0]", "code"),
    (("organization_id",), key(90), "nested_mismatch", "", "organization_id"),
    (("organization", "website"), "example", "bad_format", "organization", "website"),
    ((*PLACE, "latitude"), 0.5, "coordinates_outside_state", AT_PLACE, "latitude"),
    ((*PLACE, "location_type"), "tent", "not_in_list", AT_PLACE, "location_type"),
    (
        (*PLACE, "addresses", 0, "country"),
        "USA ",
        "bad_country",
        AT_ADDRESS,
        "country",
    ),
    (("capacities", 0, "unit", "name"), "kilograms", "wrong_unit", "capacities[0]", "unit"),
    (("capacities", 0, "description"), "Kilograms in 3 rooms", "", "", ""),
    (("capacities", 0, "available"), 11, "over_maximum", "capacities[0]", "available"),
]


def spoiled(path: Path_, value: object) -> dict[str, Any]:
    document: Any = deepcopy(OBJECT)
    inner = document
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    assert isinstance(document, dict)
    return document


def page(*contents: object, **fields: object) -> dict[str, Any]:
    there = len(contents)
    counts = {"total_items": there, "total_pages": 1, "page_number": 1, "size": there}
    flags = {"first_page": True, "last_page": True, "empty": not there}
    return {**counts, **flags, "contents": list(contents), **fields}


@pytest.mark.parametrize(("path", "value", "code", "where", "field"), SPOILED)
def test_an_object_spoiled_in_one_place_has_that_fault_alone(
    tmp_path: Path, path: Path_, value: object, code: str, where: str, field: str
) -> None:
    report = lint(write_json(tmp_path / "service.json", spoiled(path, value)))
    found = [(kind.code, finding.where, kind.field) for kind, _, kept in report.kinds() for finding in kept]
    assert found == ([(code, where, field)] if code else [])


@pytest.mark.parametrize("name", ["service.json", "services.json", "service_list.json", "feed.json"])
def test_what_a_document_holds_is_told_by_its_name_or_shape(tmp_path: Path, name: str) -> None:
    for document in (OBJECT, [OBJECT], page(OBJECT)):
        report = lint(write_json(tmp_path / name, document))
        assert kinds(report) == {}
        assert dict(report.read) == {"service": 1}


@pytest.mark.parametrize("name", ["service.ndjson", "feed.jsonl", "feed.json"])
def test_lines_are_objects_and_name_their_line(tmp_path: Path, name: str) -> None:
    other = {**spoiled(("phones", 0, "number"), "none"), "id": key(80), "name": "Another"}
    path = tmp_path / name
    path.write_text(json.dumps(OBJECT) + "\n" + json.dumps({**other, "phones": [{"id": key(81), "number": "x"}]}))
    ((kind, _, (finding,)),) = lint(path).kinds()
    assert (kind.code, finding.where) == ("bad_phone", "line 2.phones[0]")


def test_tables_in_json_are_checked_as_a_package(tmp_path: Path) -> None:
    document = {f"{name}.csv": deepcopy(rows) for name, rows in TABLES.items()}
    assert kinds(lint(write_json(tmp_path / "tabular.json", document))) == {}
    document["phones.csv"][0]["service_id"] = key(90)
    found = kinds(lint(write_json(tmp_path / "tabular.json", document)))
    assert found == {("broken_reference", "phones.csv", "service_id"): 1}


def test_a_list_names_what_comes_twice_and_parents_that_are_not_in_it(tmp_path: Path) -> None:
    one = {"id": ORG, "name": "One", "description": "One."}
    two = {"id": ORG, "name": "Two", "description": "Two.", "parent_organization_id": key(91)}
    found = kinds(lint(write_json(tmp_path / "organizations.json", [one, two])))
    assert found == {
        ("duplicate_id", "organizations.json", "id"): 1,
        ("parent_missing", "organizations.json", "parent_organization_id"): 1,
    }


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"size": 2}, "page_contradiction", "size"),
        ({"total_items": 0}, "page_contradiction", "total_items"),
        ({"empty": True}, "page_contradiction", "empty"),
        ({"first_page": False}, "page_contradiction", "first_page"),
        ({"last_page": False}, "page_contradiction", "last_page"),
        ({"total_items": "1"}, "wrong_type", "total_items"),
        ({"total_items": 10, "total_pages": 10, "last_page": False}, "", ""),
    ],
)
def test_a_page_agrees_with_what_is_on_it(tmp_path: Path, fields: dict[str, object], code: str, field: str) -> None:
    found = kinds(lint(write_json(tmp_path / "services.json", page(OBJECT, **fields))))
    assert found == ({(code, "services.json", field): 1} if code else {})


def test_a_page_has_its_fields_where_it_is_an_answer(tmp_path: Path) -> None:
    bare = {"contents": [OBJECT]}
    found = kinds(lint(write_json(tmp_path / "services.json", bare)))
    assert ("page_incomplete", "services.json", "empty") in found
    assert sum(code == "page_field_absent" for code, _, _ in found) == 6
    assert kinds(lint(write_json(tmp_path / "bare.json", bare))) == {}
    found = kinds(lint(write_json(tmp_path / "services.json", page(contents={}))))
    assert found == {("page_incomplete", "services.json", "contents"): 1}


def test_the_uk_profile_leaves_other_endpoints_open(tmp_path: Path) -> None:
    (tmp_path / "feed").mkdir()
    about = {"version": "HSDS-UK-3.0", "profile": "https://example.org/uk", "openapi_url": "https://example.org/o"}
    write_json(tmp_path / "feed" / "api_details.json", about)
    write_json(tmp_path / "feed" / "taxonomy_term.json", {"id": "1", "taxonomy": "t", "term": "x"})
    write_json(tmp_path / "feed" / "service_list.json", page({"id": key(1), "name": "A"}))
    report = lint(tmp_path / "feed")
    assert report.profile == "uk"
    assert {(kind.severity, kind.code, kind.file) for kind in report.counts} == {
        (Severity.WARNING, "bad_format", "taxonomy_term.json"),
        (Severity.ERROR, "missing_field", "service_list.json"),
    }
    assert lint(tmp_path / "feed", Profile.CORE).total(Severity.ERROR) == 4


def test_objects_in_each_other_without_end_are_refused_at_a_depth(tmp_path: Path) -> None:
    document: dict[str, Any] = {"id": key(1), "name": "A", "description": "A."}
    for number in range(2, 60):
        document = {"id": key(number), "name": f"{number}", "status": "active", "organization": document}
        document = {"id": key(number), "name": f"{number}", "description": "A.", "services": [document]}
    found = kinds(lint(write_json(tmp_path / "organization.json", document)))
    assert found == {("wrong_type", "organization.json", ""): 1}
