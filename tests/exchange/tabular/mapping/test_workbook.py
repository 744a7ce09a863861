"""Workbooks: cells as people see them; hostile ones are refused with nothing read."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from resource_hub.exchange.tabular.errors import BadFile
from resource_hub.exchange.tabular.mapping import workbook
from resource_hub.exchange.tabular.mapping.sheets import read_sheets


def a_workbook(path: Path, *rows: list[object], title: str = "Sites") -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "list.xlsx"


def test_cells_are_texts_as_people_see_them(file: Path) -> None:
    a_workbook(
        file,
        ["Charity", "Zip", "Open", "Since", "At", "Rate", None],
        ["Harbor Table", 21201, True, date(2026, 11, 20), datetime.fromisoformat("2026-11-20T09:30"), 2.5, None],
        [None, None, None, None, None, None, None],
        ["Casa", "=1/0", False, None, None, None, None],
    )
    (table,) = read_sheets(file).values()
    first, second = table.rows
    assert (first.origin.row, second.origin.row) == (2, 4)
    assert first.cells == {
        "charity": "Harbor Table", "zip": "21201", "open": "yes", "since": "2026-11-20", "at": "2026-11-20T09:30:00",
        "rate": "2.5",
    }  # fmt: skip
    # The formula was never computed by a spreadsheet, so there is no value that counts.
    assert second.cells == {"charity": "Casa", "open": "no"}


def test_hidden_and_empty_sheets_are_left_out(file: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["Charity"])
    book.create_sheet("Empty")
    hidden = book.create_sheet("Hidden")
    hidden.append(["Secret"])
    hidden.sheet_state = "hidden"
    book.save(file)
    assert list(read_sheets(file)) == ["Sheet"]


def test_a_heading_that_stands_twice_is_named(file: Path) -> None:
    with pytest.raises(BadFile, match="row 1: The first row must name each column once"):
        read_sheets(a_workbook(file, ["A", "a"]))


def test_too_many_rows_and_columns_are_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_workbook(file, ["Charity", "B", "C"], ["A"], ["B"], ["C"])
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    with pytest.raises(BadFile, match="more than 3 rows"):
        read_sheets(file)
    monkeypatch.setattr(workbook, "MOST_COLUMNS", 2)
    with pytest.raises(BadFile, match="more than 2 columns"):
        read_sheets(file)


def test_a_bomb_is_refused(file: Path) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    with pytest.raises(BadFile, match="packed suspiciously tight"):
        read_sheets(file)


def test_entities_are_refused(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(BadFile, match="declares entities"):
        read_sheets(file)


@pytest.mark.parametrize("data", [b"", b"PK", b"hello", b"PK\x03\x04" + b"\0" * 100])
def test_what_is_no_workbook_is_refused(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    with pytest.raises(BadFile, match="no XLSX workbook"):
        read_sheets(file)


def test_a_zip_of_something_else_is_refused(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "hello")
    with pytest.raises(BadFile, match="no XLSX workbook"):
        read_sheets(file)
