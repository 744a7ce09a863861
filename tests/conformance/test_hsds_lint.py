"""The lint finds what is known to be wrong with published examples, and agrees with the UK's validator on its mocks."""

import json
from datetime import date
from pathlib import Path

import pytest

from resource_hub.exchange.hsds.lint.report import Kind, Report
from resource_hub.exchange.hsds.lint.service import lint_path
from resource_hub.exchange.hsds.lint.values import Profile, Severity

pytestmark = pytest.mark.shared

TODAY = date(2026, 11, 26)


@pytest.fixture(scope="module")
def examples(shared_data: Path) -> Path:
    return shared_data / "hsds" / "v3.2.3_official_examples"


def lint(path: Path) -> Report:
    return lint_path(path, Profile.AUTO, TODAY)


def found(report: Report, severity: Severity) -> set[tuple[str, str, str]]:
    return {(kind.code, kind.file, kind.field) for kind, _, _ in report.kinds() if kind.severity is severity}


BROKEN = {
    ("broken_reference", "locations.csv", "organization_id"),
    ("broken_reference", "contacts.csv", "organization_id"),
    ("broken_reference", "contacts.csv", "service_at_location_id"),
    ("broken_reference", "taxonomy_terms.csv", "taxonomy_id"),
}


def test_the_example_package_has_its_five_known_errors_and_no_other(examples: Path) -> None:
    report = lint(examples / "csv")
    assert found(report, Severity.ERROR) == BROKEN | {("over_maximum", "service_capacity.csv", "available")}
    assert report.total(Severity.ERROR) == 5
    assert ("wrong_unit", "service_capacity.csv", "unit") in found(report, Severity.WARNING)
    assert sum(report.read.values()) == 24


def test_the_json_examples_have_the_known_errors_and_no_other(examples: Path) -> None:
    report = lint(examples)
    full = ("organization_full.json", "service_full.json", "service_at_location_full.json")
    assert found(report, Severity.ERROR) == BROKEN | {("over_maximum", file, "available") for file in full}
    warnings = found(report, Severity.WARNING)
    assert {("wrong_unit", file, "unit") for file in full} <= warnings
    assert not {code for code, _, _ in found(report, Severity.HINT)}


@pytest.mark.parametrize("name", ["Default", "Warn", "Test"])
def test_the_uk_mocks_that_must_pass_have_no_errors(shared_data: Path, name: str) -> None:
    report = lint(shared_data / "hsds" / "uk_validator_mocks" / f"V3.0-UK-{name}")
    assert report.profile == Profile.UK
    assert found(report, Severity.ERROR) == set()
    assert report.read["service"] > 1


def test_the_uk_mock_that_warns_is_warned_of_its_optional_endpoint(shared_data: Path) -> None:
    report = lint(shared_data / "hsds" / "uk_validator_mocks" / "V3.0-UK-Warn")
    assert ("bad_format", "taxonomy_term.json", "term_uri") in found(report, Severity.WARNING)


def test_the_uk_mock_that_must_fail_fails_for_what_is_wrong_with_it(shared_data: Path) -> None:
    report = lint(shared_data / "hsds" / "uk_validator_mocks" / "V3.0-UK-Fail")
    assert found(report, Severity.ERROR) == {
        ("missing_field", "api_details.json", "profile"),
        ("bad_format", "api_details.json", "openapi_url"),
        ("bad_format", "service_full.json", "url"),
        ("bad_format", "service_full.json", "email"),
        ("missing_field", "service_list.json", "name"),
        ("bad_format", "service_list.json", "url"),
        ("bad_format", "service_list.json", "email"),
        ("wrong_type", "service_list.json", "email"),
    }


def test_the_passing_mocks_fail_under_the_core_standard(shared_data: Path) -> None:
    mock = shared_data / "hsds" / "uk_validator_mocks" / "V3.0-UK-Default"
    assert lint_path(mock, Profile.CORE, TODAY).total(Severity.ERROR) > 0


def test_machine_made_records_are_read_to_their_end(shared_data: Path, tmp_path: Path) -> None:
    (folder,) = (shared_data / "food_banks_hsds31_machine_made").glob("*.jsonl")
    records = [json.loads(line)["hsds"] for line in folder.read_text(encoding="utf-8").splitlines()]
    path = tmp_path / "organizations.ndjson"
    path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    report = lint(path)
    objects = sum(isinstance(record, dict) for record in records)
    assert report.read["organization"] == objects
    assert report.counts[Kind(Severity.ERROR, "wrong_type", path.name, "")] == len(records) - objects
    assert "unreadable_file" not in {kind.code for kind in report.counts}
    assert {"bad_format", "missing_field"} <= {code for code, _, _ in found(report, Severity.ERROR)}
