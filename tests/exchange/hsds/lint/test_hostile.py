"""Files made to break a reader are refused or reported, and nothing else happens."""

import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.exchange.hsds import standard
from resource_hub.exchange.hsds.lint.objects.check import Objects
from resource_hub.exchange.hsds.lint.objects.profiles import CORE
from resource_hub.exchange.hsds.lint.report import Report
from resource_hub.exchange.tabular.errors import BadFile
from resource_hub.exchange.tabular.tables import LONGEST_FIELD
from tests.exchange.hsds.lint.good import TODAY, kinds, lint, tables, write

VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"{",
        b"[NaN]",
        b"[" + b"1" * 10_000 + b"]",
        '{"id": "1"}'.encode("utf-16"),
        b'{"id": "\xff"}',
        b"",
    ],
    ids=["lists", "objects", "cut", "nan", "digits", "utf-16", "latin", "empty"],
)
def test_json_that_is_none_is_reported(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "services.json"
    path.write_bytes(data)
    assert kinds(lint(path)) == {("unreadable_file", "services.json", ""): 1}


@pytest.mark.parametrize(
    "data",
    [
        b"id,name\n1,a\0b\n",
        b"id,name\n1,caf\xe9\n",
        b'id,name\n1,"open\n',
        b"id,name\n1," + b"x" * (2 * LONGEST_FIELD) + b"\n",
        b"id,name\n1,a,b\n",
        b"id,name,name\n1,a,b\n",
        b"x" * (11 * LONGEST_FIELD),
        b"",
        "id,name\n1,a\n".encode("utf-16"),
    ],
    ids=["nul", "latin", "open", "long", "ragged", "header", "endless", "empty", "utf-16"],
)
def test_a_table_that_is_none_is_reported(tmp_path: Path, data: bytes) -> None:
    folder = write(tmp_path / "feed", tables())
    (folder / "programs.csv").write_bytes(data)
    assert kinds(lint(folder)) == {("unreadable_file", "programs.csv", ""): 1}


@pytest.mark.parametrize("table", ["organizations", "services", "locations", "units"])
@pytest.mark.parametrize("data", [b"", b"id,id\n", b"id,name\n1,\xff\n"], ids=["empty", "header", "later"])
def test_nothing_is_said_of_what_an_unreadable_table_might_hold(tmp_path: Path, table: str, data: bytes) -> None:
    folder = write(tmp_path / "feed", tables())
    (folder / f"{table}.csv").write_bytes(data)
    assert kinds(lint(folder)) == {("unreadable_file", f"{table}.csv", ""): 1}


def test_a_zip_that_leads_out_or_is_packed_too_tight_is_refused(tmp_path: Path) -> None:
    for name, text in (("../services.csv", "id\n"), ("services.csv", "a" * 30_000_000)):
        path = tmp_path / "feed.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, text)
        with pytest.raises(BadFile):
            lint(path)


def test_what_is_no_feed_is_refused_or_said(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Hello")
    with pytest.raises(BadFile):
        lint(tmp_path / "notes.txt")
    assert kinds(lint(tmp_path)) == {("no_data", tmp_path.name, ""): 1}
    (tmp_path / "package.json").write_text(json.dumps({"scripts": {}, "private": True}))
    assert {code for code, _, _ in kinds(lint(tmp_path))} == {"unknown_object", "no_data"}


@given(st.sampled_from(sorted(standard.tables())), st.data())
def test_any_object_is_checked_without_a_fall(name: str, data: st.DataObject) -> None:
    table = standard.tables()[name]
    values = data.draw(st.dictionaries(st.sampled_from(sorted(table.fields)) | st.text(max_size=5), VALUES, max_size=8))
    report = Report()
    Objects(report, CORE, TODAY).check_object(table, values, "any.json")
    required = {field.name for field in table.fields.values() if field.required}
    missing = {kind.field for kind in report.counts if kind.code == "missing_field"}
    assert required - set(values) <= missing
