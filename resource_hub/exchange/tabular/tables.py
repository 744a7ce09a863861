"""CSV tables: bytes to rows, refusing what is not a table."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from resource_hub.exchange.tabular.errors import BadFile, bad_file
from resource_hub.exchange.tabular.packages import Package
from resource_hub.inventory.values import Origin

LONGEST_FIELD = 100_000
HEADER_ROW = 1


@dataclass(frozen=True)
class Row:
    """One row of a table: its cells by column, trimmed, without empty ones; and where it stands."""

    cells: dict[str, str]
    origin: Origin

    def get(self, *columns: str) -> str:
        """Return the first filled cell of some columns, else an empty text."""
        return next((self.cells[column] for column in columns if column in self.cells), "")


@dataclass(frozen=True)
class Table:
    """A table's rows and the names of its columns, in lower case."""

    file: str
    columns: frozenset[str] = frozenset()
    rows: tuple[Row, ...] = field(default=(), repr=False)


def read_tables(package: Package) -> dict[str, Table]:
    """Read every CSV of a package by its name without `.csv`; refuses with the file and the row."""
    return {
        name.removesuffix(".csv"): read_table(name, data) for name, data in package.items() if name.endswith(".csv")
    }


def read_table(file: str, data: bytes) -> Table:
    """Read one CSV table in UTF-8, with or without a byte order mark; refuses with the row."""
    if not data.strip():
        return Table(file)
    reader = csv.reader(io.StringIO(_text(file, data), newline=""), strict=True)
    rows = _rows(file, reader)
    header = [name.strip().lower() for name in next(rows)]
    named = [name for name in header if name]
    if len(set(named)) < len(named) or not named:
        raise bad_file(f"{file}, row 1", "bad_header", "The first row must name each column once. Mend the first row.")
    return Table(file, frozenset(header), tuple(_records(file, header, rows)))


def _text(file: str, data: bytes) -> str:
    if b"\0" in data:
        where = f"{file}, line {_line(data, data.index(0))}"
        raise bad_file(where, "not_text", "There is a NUL byte, so this is not a table. Export it again as CSV.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = f"{file}, line {_line(data, error.start)}"
        raise bad_file(where, "wrong_encoding", "This is not UTF-8. Export it again as “CSV UTF-8”.") from error


def _line(data: bytes, position: int) -> int:
    return data.count(b"\n", 0, position) + 1


def _rows(file: str, reader: Iterator[list[str]]) -> Iterator[list[str]]:
    # The limit is the csv module's own and global; the longest field is checked here, where the row is known.
    number = 0
    try:
        for number, cells in enumerate(reader, start=HEADER_ROW):
            if any(len(cell) > LONGEST_FIELD for cell in cells):
                raise _too_long(f"{file}, row {number}")
            yield cells
    except csv.Error as error:
        where = f"{file}, row {number + 1}"
        if "field larger" in str(error):
            raise _too_long(where) from error
        raise bad_file(where, "not_csv", "The row is not CSV: a quotation mark is out of place. Mend it.") from error


def _records(file: str, header: list[str], rows: Iterator[list[str]]) -> Iterator[Row]:
    for number, cells in enumerate(rows, start=HEADER_ROW + 1):
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            text = f"The row has {len(cells)} cells, the header {len(header)}. Put quotation marks around commas."
            raise bad_file(f"{file}, row {number}", "too_many_cells", text)
        filled = {name: cell.strip() for name, cell in zip(header, cells, strict=False) if cell.strip() and name}
        if filled:
            yield Row(filled, Origin(file, number))


def _too_long(where: str) -> BadFile:
    return bad_file(where, "too_long", f"A cell is longer than {LONGEST_FIELD:,} characters. Shorten it.")
