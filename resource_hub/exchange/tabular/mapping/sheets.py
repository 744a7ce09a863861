"""Flat files as tables by name: one CSV, the CSVs of a folder or .zip, or the sheets of an XLSX workbook."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from importlib import import_module
from io import BufferedReader
from itertools import islice
from pathlib import Path
from typing import cast

from resource_hub.exchange.tabular.errors import bad_file
from resource_hub.exchange.tabular.packages import open_package
from resource_hub.exchange.tabular.tables import Table, read_table, read_tables

LARGEST_CSV = 100_000_000
FLAT = frozenset({".csv", ".xlsx"})
_OLD = frozenset({".xls", ".xlsm", ".xlsb", ".ods", ".numbers", ".tsv"})


@dataclass(frozen=True)
class _File:
    name: str
    path: Path

    def open(self) -> AbstractContextManager[BufferedReader]:
        return self.path.open("rb")


_Read = Callable[[Path, int | None], Mapping[str, Table]]


def is_flat(path: Path) -> bool:
    """Tell whether a path is one flat table or workbook, which needs a mapping."""
    return path.is_file() and path.suffix.lower() in FLAT


def refuse_unmapped(path: Path) -> None:
    """Refuse a flat file that came without a mapping, saying how to make one."""
    if is_flat(path):
        text = "This is a flat table. Say what its columns are: --propose-mapping FILE.toml, then --mapping FILE.toml."
        raise bad_file(path.name, "needs_mapping", text)


def read_sheets(path: Path, first: int | None = None) -> Mapping[str, Table]:
    """Read the sheets of a flat file by name, or their first rows; refuses what is no such file with how to mend it."""
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        return _workbook()(path, first)
    if path.is_dir() or suffix == ".zip":
        with open_package(path) as package:
            return {name: _first(table, first) for name, table in read_tables(package).items()}
    if suffix == ".csv":
        if path.stat().st_size > LARGEST_CSV:
            text = f"This is larger than {LARGEST_CSV // 1_000_000} MB. Split it."
            raise bad_file(path.name, "too_large", text)
        return {path.stem: _first(read_table(_File(path.name, path)), first)}
    text = "This kind of spreadsheet is not read. Save it as .xlsx or as “CSV UTF-8”."
    raise bad_file(path.name, "not_a_table" if suffix in _OLD else "not_a_package", text)


def _first(table: Table, first: int | None) -> Table:
    return replace(table, rows=tuple(islice(table.rows, first)))


def _workbook() -> _Read:
    # The reader of workbooks is large and seldom needed: it is loaded when there is one.
    module = import_module("resource_hub.exchange.tabular.mapping.workbook")
    return cast("_Read", module.read_workbook)
