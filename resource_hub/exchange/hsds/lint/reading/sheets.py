"""Tables as a stream of rows: of CSV files, and of JSON that holds tables."""

import csv
import io
import zipfile
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass

from resource_hub.exchange.hsds.lint.reading.sources import Source
from resource_hub.exchange.tabular.errors import bad_file
from resource_hub.exchange.tabular.tables import HEADER_ROW, LONGEST_FIELD

LONGEST_LINE = 10 * LONGEST_FIELD

Cells = dict[str, str]
Rows = Iterator[tuple[int, Cells]]


@dataclass(frozen=True)
class Sheet:
    """A table: the file's name, its columns in order, and its rows with their numbers, read anew on each call.

    `rows` is given the columns that are wanted, and refuses with the row where it stops being a table. Rows count as in
    a spreadsheet; empty cells are left out.
    """

    file: str
    columns: tuple[str, ...]
    rows: Callable[[frozenset[str]], Rows]


def read_sheet(source: Source) -> Sheet:
    """Read the header of a CSV file; refuses what is no table in UTF-8."""
    with closing(_lines(source)) as lines:
        _, header = next(lines, (HEADER_ROW, []))
    columns = tuple(name.strip().lower() for name in header)
    named = [name for name in columns if name]
    if len(set(named)) < len(named) or not named:
        text = "The first row must name each column once. Mend the first row."
        raise bad_file(f"{source.name}, row 1", "bad_header", text)
    return Sheet(source.name, columns, lambda wanted: _rows(source, columns, wanted))


def sheet_of(file: str, rows: list[object]) -> Sheet:
    """Return a list of JSON objects as a table."""
    objects = [row for row in rows if isinstance(row, dict)]
    columns = tuple(dict.fromkeys(str(name) for row in objects for name in row))
    filled = [{name: str(cell) for name, cell in row.items() if cell not in (None, "")} for row in objects]
    return Sheet(file, columns, lambda wanted: _picked(filled, wanted))


def _picked(rows: list[Cells], wanted: frozenset[str]) -> Rows:
    for number, cells in enumerate(rows, start=HEADER_ROW + 1):
        yield number, {name: cell for name, cell in cells.items() if name in wanted}


def _rows(source: Source, columns: tuple[str, ...], wanted: frozenset[str]) -> Rows:
    places = [(place, name) for place, name in enumerate(columns) if name in wanted]
    lines = _lines(source)
    next(lines, None)
    for number, cells in lines:
        if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
            text = f"The row has {len(cells)} cells, the header {len(columns)}. Put quotation marks around commas."
            raise bad_file(f"{source.name}, row {number}", "too_many_cells", text)
        if any(cells):
            there = len(cells)
            yield number, {name: cell for place, name in places if place < there and (cell := cells[place].strip())}


def _lines(source: Source) -> Generator[tuple[int, list[str]], None, None]:
    name, number = source.name, 0
    try:
        with source.open() as file, io.TextIOWrapper(file, encoding="utf-8-sig", newline="") as text:
            for number, cells in enumerate(csv.reader(_bounded(text), strict=True), start=HEADER_ROW):
                yield number, cells
    except UnicodeDecodeError as error:
        where = f"{name}, after row {number}"
        raise bad_file(where, "wrong_encoding", "This is not UTF-8. Export it again as “CSV UTF-8”.") from error
    except csv.Error as error:
        where = f"{name}, row {number + 1}"
        if "field larger" in str(error):
            long = f"A cell is longer than {csv.field_size_limit():,} characters. Shorten it."
            raise bad_file(where, "too_long", long) from error
        fault = "The row is not CSV: a quotation mark is out of place, or there is a NUL. Mend it."
        raise bad_file(where, "not_csv", fault) from error
    except (zipfile.BadZipFile, EOFError) as error:
        raise bad_file(name, "bad_zip", "The .zip is damaged. Pack it again.") from error


def _bounded(text: io.TextIOWrapper) -> Iterator[str]:
    # A file without line ends would otherwise be one line in memory.
    while line := text.readline(LONGEST_LINE):
        if "\0" in line:
            raise csv.Error("line contains NUL")
        if len(line) == LONGEST_LINE and not line.endswith("\n"):
            raise csv.Error("field larger than field limit")
        yield line
