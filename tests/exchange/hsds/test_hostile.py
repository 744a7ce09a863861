"""Files that mean harm are refused with a clear message before they cost anything."""

import json
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.accounts.work import Work
from resource_hub.core.ids import new_id
from resource_hub.exchange.hsds.reading import objects
from resource_hub.exchange.hsds.reading.objects import read_objects
from resource_hub.exchange.tabular import packages, tables
from resource_hub.exchange.tabular.errors import BadFile
from resource_hub.exchange.tabular.packages import open_package
from resource_hub.inventory.models import Organization
from tests.exchange.hsds.conftest import Import, Refused, problems
from tests.exchange.tabular.test_files import Written

ORGANIZATION = {"id": "1", "name": "Harbor Table", "description": "Food"}


@pytest.mark.parametrize(
    ("written", "where", "code"),
    [
        ('{"id": "1", "name": ' + "[" * 10_000, "a.json, line 1", "too_deep"),
        ('{"id": ' + "9" * 5_000 + "}", "a.json, line 1", "not_a_number"),
        ('{"id": "1", "name": "a", "name": "b"}', "a.json, line 1", "duplicate_key"),
        ('{"id": "1", "latitude": NaN}', "a.json, line 1", "not_json"),
        ('{"id": "1"', "a.json, line 1", "not_json"),
        ('[{"id": "1", "name": "a"}, {"id": "2"', "a.json, object 2", "not_json"),
        ('[{"id": "1", "name": "a"}, 5]', "a.json, object 1", "not_json"),
        ('{"id": "1", "name": "a"}\n\n{"id": "2", "name": b}', "a.json, line 3", "not_json"),
        ('"text"', "a.json, line 1", "not_json"),
        ("}", "a.json, line 1", "not_json"),
        ('{"id": "1\0"}', "a.json", "not_text"),
        ('{"id": "1"}'.encode("utf-16"), "a.json", "wrong_encoding"),
        (b'{"id": "\xe9"}', "a.json", "wrong_encoding"),
        ("", "a.json, object 1", "not_hsds"),
    ],
)
def test_json_that_cannot_be_read_says_where(refused: Refused, written: str | bytes, where: str, code: str) -> None:
    assert refused({"a.json": written}) == (where, code)


def test_an_object_that_never_ends_is_refused_before_it_fills_the_memory(
    refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(objects, "LARGEST_OBJECT", 100_000)
    assert refused({"a.json": '{"id": "1", "name": "' + "x" * 200_000})[1] == "too_long"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=10,
    )
)
def test_whatever_stands_in_an_object_it_is_read_whole(value: object) -> None:
    known = [{"id": "1", "value": value}, {"id": "2"}]
    for written in (json.dumps(known), json.dumps({"total": 1, "contents": known}), "\n".join(map(json.dumps, known))):
        found = [json.dumps(one) for _number, one in read_objects(Written(written.encode()))]
        as_text = [json.dumps(json.loads(json.dumps(one), parse_int=str, parse_float=str)) for one in known]
        assert found == as_text


def test_the_cut_between_two_pieces_of_a_file_is_not_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    known = [{"id": str(number), "name": 'a "quoted\\" {word}]', "of": ["é"] * 3} for number in range(3)]
    monkeypatch.setattr(objects, "_CHUNK", 7)
    numbers, found = zip(*read_objects(Written("\n".join(map(json.dumps, known)).encode())), strict=True)
    assert (numbers, list(found)) == ((1, 2, 3), known)


def test_utf_16_and_endless_rows_of_tables_are_refused(refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused({"organizations.csv": "id,name\n1,a\n".encode("utf-16")})[1] == "wrong_encoding"
    monkeypatch.setattr(tables, "LONGEST_ROW", 1_000)
    assert refused({"organizations.csv": "id,name\n1," + "x" * 2_000}) == ("organizations.csv, line 2", "too_long")
    quoted = 'id,name\n1,a\n2,"' + '\n","' * 500
    assert refused({"organizations.csv": quoted})[1] == "too_long"


def code_of(path: Path) -> str:
    with pytest.raises(BadFile) as refused, open_package(path):
        pass
    return refused.value.code


def test_a_zip_with_too_many_files_is_refused_by_its_stated_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = tmp_path / "many.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(60):
            archive.writestr(f"{number}.csv", "id\n")
    monkeypatch.setattr(packages, "MOST_ENTRIES", 50)
    monkeypatch.setattr(zipfile, "ZipFile", None)
    assert code_of(packed) == "too_many_files"


def test_a_zip_in_a_zip_is_never_opened(tmp_path: Path) -> None:
    packed = tmp_path / "outer.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inner.zip", b"PK")
    assert code_of(packed) == "no_tables"


def test_links_out_of_a_folder_pipes_and_equal_names_are_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("id\n1\n")
    linked, piped = tmp_path / "linked", tmp_path / "piped"
    linked.mkdir()
    piped.mkdir()
    (linked / "services.csv").symlink_to(tmp_path / "secret.csv")
    os.mkfifo(piped / "services.csv")
    assert code_of(linked) == code_of(piped) == "unsafe_path"
    packed = tmp_path / "twice.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a/services.csv", "id\n1\n")
        archive.writestr("b/services.csv", "id\n2\n")
    assert code_of(packed) == "same_name"


def test_damage_that_shows_late_is_refused_as_damage(tmp_path: Path, run: Import, work: Work) -> None:
    packed = tmp_path / "damaged.zip"
    text = "id,name,description\n" + "".join(f"{new_id()},Organization {number},x\n" for number in range(3_000))
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("organizations.csv", text)
        archive.writestr("service_at_location.csv", "id,service_id,location_id\n")
    data = packed.read_bytes()
    packed.write_bytes(data.replace(b"Organization 2999", b"Organization 2998"))
    with pytest.raises(BadFile) as refused:
        run({"damaged.zip": packed.read_bytes()})
    assert refused.value.code == "bad_zip"


@pytest.mark.parametrize("column", ["organization", "taxonomy_term"])
def test_parents_in_a_ring_are_bad_rows(run: Import, column: str) -> None:
    up = "parent_organization_id" if column == "organization" else "parent_id"
    table = "organizations" if column == "organization" else "taxonomy_terms"
    files: dict[str, object] = {
        "organizations.csv": "id,name,description\n",
        "service_at_location.csv": "id,service_id,location_id\n",
        f"{table}.csv": f"id,name,{up}\na,A,b\nb,B,c\nc,C,a\nd,D,a\ne,E,e\n",
    }
    report = run(files)
    assert report.refused
    assert problems(report) == [(2, up, "ring_of_parents"), (6, up, "ring_of_parents")]
    first = run(files, skip_bad_rows=True)
    again = run(files, skip_bad_rows=True)
    assert not first.refused
    assert (again.loaded.created, again.loaded.updated) == ({}, {})


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("=HYPERLINK(1)", None),
        ("+cmd|' /C calc'!A0", None),
        ("@SUM(1+1)", None),
        ("-2+3+cmd|' /C calc'!A0", None),
        ("- Food (hot)", "- Food (hot)"),
        ("+1 410 555 0100", "+1 410 555 0100"),
        ("@home", "@home"),
    ],
)
def test_a_formula_is_left_out_and_said_so(run: Import, work: Work, cell: str, kept: str | None) -> None:
    report = run({"organization.json": ORGANIZATION | {"id": new_id(), "description": cell}})
    found = [row.description for row in work.session.query(Organization).filter_by(name="Harbor Table")]
    assert found == [kept]
    assert [code for _row, _field, code in problems(report)] == ([] if kept else ["formula"])
