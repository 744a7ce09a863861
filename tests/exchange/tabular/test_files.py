"""Files that cannot be read are refused with file and row; the others become rows."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BufferedReader, BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.exchange.tabular import packages
from resource_hub.exchange.tabular.errors import BadFile
from resource_hub.exchange.tabular.packages import open_package
from resource_hub.exchange.tabular.tables import LONGEST_FIELD, Row, Table, read_table


@dataclass(frozen=True)
class Written:
    """A file that is nowhere but here."""

    data: bytes
    name: str = "a.csv"

    @contextmanager
    def open(self) -> Iterator[BufferedReader]:
        yield BufferedReader(BytesIO(self.data))


def read(data: bytes) -> tuple[Table, list[Row]]:
    table = read_table(Written(data))
    return table, list(table.rows)


def refusal(data: bytes) -> tuple[str, str]:
    with pytest.raises(BadFile) as refused:
        read(data)
    (fault,) = refused.value.faults
    return fault.code, fault.field


def test_rows_are_trimmed_and_counted_like_a_spreadsheet() -> None:
    table, rows = read('\ufeffID, Name ,\n1, Pantry ,\n,,\n\n3,"two\nlines",\n'.encode())
    assert table.columns == {"id", "name", ""}
    assert [(row.origin.row, row.cells) for row in rows] == [
        (2, {"id": "1", "name": "Pantry"}),
        (5, {"id": "3", "name": "two\nlines"}),
    ]


def test_an_empty_file_is_an_empty_table() -> None:
    assert read(b" \n") == (Table("a.csv"), [])


def test_bytes_that_are_no_table_are_refused_with_their_row() -> None:
    assert refusal(b"id,name\n1,a\n2,b\0c\n") == ("not_text", "a.csv, line 3")
    assert refusal(b"id,name\n1,caf\xe9\n") == ("wrong_encoding", "a.csv, line 2")
    assert refusal(b'id,name\n1,a\n2,"b"c\n') == ("not_csv", "a.csv, row 3")
    assert refusal(b'id,name\n1,"never closed\n') == ("not_csv", "a.csv, row 2")
    assert refusal(b"id,name\n1,a,b\n") == ("too_many_cells", "a.csv, row 2")
    assert refusal(b"id,name,name\n1,a,b\n") == ("bad_header", "a.csv, row 1")
    for length in (LONGEST_FIELD + 1, LONGEST_FIELD * 2):
        assert refusal(b"id,name\n1," + b"x" * length + b"\n") == ("too_long", "a.csv, row 2")


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_refused(data: bytes) -> None:
    with suppress(BadFile):
        _table, rows = read(data)
        assert all(row.origin.row > 1 for row in rows)


def pack(path: Path, **files: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/"), text)
    return path


def test_a_folder_and_a_zip_are_the_same_package(tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "Services.CSV").write_text("id\n1\n")
    (folder / "notes.txt").write_text("not ours")
    packed = tmp_path / "tables.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("export/Services.CSV", "id\n1\n")
        archive.writestr("__MACOSX/._Services.csv", "junk")
    assert contents(folder) == contents(packed) == {"services.csv": b"id\n1\n"}


def contents(path: Path) -> dict[str, bytes]:
    found = {}
    with open_package(path) as package:
        for name, entry in package.items():
            with entry.open() as file:
                found[name] = file.read()
    return found


def code_of(path: Path) -> str:
    with pytest.raises(BadFile) as refused:
        contents(path)
    return refused.value.code


def test_unsafe_packages_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outside = tmp_path / "outside.zip"
    with zipfile.ZipFile(outside, "w") as archive:
        archive.writestr("../services.csv", "id\n1\n")
    assert code_of(outside) == "unsafe_path"
    assert code_of(pack(tmp_path / "bomb.zip", **{"services.csv": "id\n" + "1\n" * 5_000_000})) == "too_large"
    monkeypatch.setattr(packages, "LARGEST_BYTES", 10)
    assert code_of(pack(tmp_path / "large.zip", **{"services.csv": "id\n" + "1\n" * 50})) == "too_large"


def test_what_is_no_package_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plain.csv").write_text("id\n1\n")
    (tmp_path / "empty").mkdir()
    assert code_of(tmp_path / "plain.csv") == "not_a_package"
    assert code_of(tmp_path / "empty") == "no_tables"
    damaged = pack(tmp_path / "damaged.zip", **{"services.csv": "id\n" + "1\n" * 5_000})
    data = damaged.read_bytes()
    damaged.write_bytes(data[:40] + b"\xff\xff\xff" + data[43:])
    assert code_of(damaged) == "bad_zip"
