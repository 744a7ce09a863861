"""What we say of HSDS is what its schemas and its example package say."""

import json
from pathlib import Path
from typing import Any

import pytest

from resource_hub.exchange.hsds import standard
from resource_hub.exchange.hsds.values import Field

pytestmark = pytest.mark.shared


def test_fields_are_those_of_the_schemas(shared_data: Path) -> None:
    for name, table in standard.tables().items():
        schema = json.loads((shared_data / "hsds" / "schema_v3.1.x" / f"{name}.json").read_text(encoding="utf-8"))
        assert set(table.fields) == set(schema["properties"])
        assert {field.name for field in table.fields.values() if field.required} == set(schema["required"])
        for field in table.fields.values():
            _compare(field, schema["properties"][field.name])


def _compare(field: Field, said: dict[str, Any]) -> None:
    assert field.type == said.get("type", "object")
    assert list(field.values) == said.get("enum", [])
    assert said.get("format", field.format) == field.format
    if field.nested:
        assert said.get("items", said)["$ref"] == f"{field.of}.json"


def test_files_and_columns_are_those_of_the_example_package(shared_data: Path) -> None:
    folder = shared_data / "hsds" / "v3.2.3_official_examples" / "csv"
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        table = standard.tables()[resource["name"]]
        said = resource["schema"]["fields"]
        needed = {one["name"] for one in said if one.get("constraints", {}).get("required")}
        assert table.file == resource["path"]
        assert [field.name for field in table.columns] == [one["name"] for one in said]
        assert {field.name for field in table.columns if field.tabular_required} == needed


def test_references_are_the_foreign_keys_of_the_example_package(shared_data: Path) -> None:
    folder = shared_data / "hsds" / "v3.2.3_official_examples" / "csv"
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    said = {
        (one["name"], key["fields"], key["reference"]["resource"])
        for one in package["resources"]
        for key in one["schema"].get("foreignKeys", [])
    }
    tables = standard.tables().values()
    known = {(table.name, field.name, field.of) for table in tables for field in table.columns if field.of}
    # A parent is a reference in words alone: the package declares none of a table to itself.
    assert {(table, field, of) for table, field, of in known if table != of} == said
