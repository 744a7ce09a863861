"""CSV tables as streams of rows, refusing what is not a table."""

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from resource_hub.exchange.tabular.errors import BadFile, bad_file
from resource_hub.exchange.tabular.packages import TABLE, Entry, Package
from resource_hub.inventory.values import Origin

LONGEST_FIELD = 100_000
LONGEST_ROW = 1_000_000
MOST_COLUMNS = 1_000
HEADER_ROW = 1
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Row:
    """One row of a table: its cells by column, trimmed, without empty ones; and where it stands."""

    cells: dict[str, str]
    origin: Origin

    def get(self, *columns: str) -> str:
        """Return the first filled cell of some columns, else an empty text."""
        for column in columns:
            if column in self.cells:
                return self.cells[column]
        return ""


@dataclass(frozen=True)
class Table:
    """A table's rows and the names of its columns, in lower case. Rows can be gone through more than once."""

    file: str
    columns: frozenset[str] = frozenset()
    rows: Iterable[Row] = field(default=(), repr=False)


@dataclass(frozen=True)
class CsvRows:
    """The rows of a CSV file, read anew each time they are gone through."""

    entry: Entry
    header: tuple[str, ...]

    def __iter__(self) -> Iterator[Row]:
        file, header = self.entry.name, self.header
        rows = _rows(self.entry)
        next(rows, None)
        for number, cells in enumerate(rows, start=HEADER_ROW + 1):
            if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
                text = f"The row has {len(cells)} cells, the header {len(header)}. Put quotation marks around commas."
                raise bad_file(f"{file}, row {number}", "too_many_cells", text)
            filled = {}
            for name, cell in zip(header, cells, strict=False):
                words = cell.strip()
                if words and name:
                    filled[name] = words
            if filled:
                yield Row(filled, Origin(file, number))


def read_tables(package: Package) -> dict[str, Table]:
    """Return every CSV of a package by its name without `.csv`; refuses with the file and the row."""
    return {name.removesuffix(TABLE): read_table(entry) for name, entry in package.items() if name.endswith(TABLE)}


def read_table(entry: Entry) -> Table:
    """Return one CSV table in UTF-8, with or without a byte order mark; its rows are read when they are asked for."""
    rows = _rows(entry)
    header = [name.strip().lower() for name in next(rows, [])]
    named = [name for name in header if name]
    if not named and next(rows, None) is None:
        return Table(entry.name)
    if len(set(named)) < len(named) or not named or len(header) > MOST_COLUMNS:
        text = f"The first row must name each column once, at most {MOST_COLUMNS:,}. Mend the first row."
        raise bad_file(f"{entry.name}, row 1", "bad_header", text)
    return Table(entry.name, frozenset(header), CsvRows(entry, tuple(header)))


def refuse_other_encodings(file: str, start: bytes) -> None:
    """Refuse a file whose first bytes say that it is in UTF-16."""
    if start.startswith(_UTF_16):
        text = "This is UTF-16, not UTF-8. Export it again as “CSV UTF-8”, or as JSON in UTF-8."
        raise bad_file(file, "wrong_encoding", text)


def _rows(entry: Entry) -> Iterator[list[str]]:
    # The limit of a cell is the csv module's own and global; the longest one is checked here, where the row is known.
    number = 0
    lines = _Lines(entry)
    reader = csv.reader(lines, strict=True)
    try:
        for number, cells in enumerate(reader, start=HEADER_ROW):
            lines.length = 0
            if max(map(len, cells), default=0) > LONGEST_FIELD:
                raise _too_long(f"{entry.name}, row {number}")
            yield cells
    except csv.Error as error:
        where = f"{entry.name}, row {number + 1}"
        if "field larger" in str(error):
            raise _too_long(where) from error
        raise bad_file(where, "not_csv", "The row is not CSV: a quotation mark is out of place. Mend it.") from error


class _Lines:
    """The lines of a file; `length` counts the characters of those that belong to one row."""

    def __init__(self, entry: Entry) -> None:
        self.length = 0
        self._entry = entry

    def __iter__(self) -> Iterator[str]:
        file, number = self._entry.name, 0
        with self._entry.open() as stream:
            refuse_other_encodings(file, stream.peek(2))
            text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
            try:
                while line := text.readline(LONGEST_ROW + 1):
                    number += 1
                    self.length += len(line)
                    if "\0" in line:
                        why = "There is a NUL byte, so this is not a table. Export it again as CSV."
                        raise bad_file(f"{file}, line {number}", "not_text", why)
                    if self.length > LONGEST_ROW:
                        raise _too_long(f"{file}, line {number}")
                    yield line
            except UnicodeDecodeError as error:
                where = f"{file}, line {_undecodable(self._entry)}"
                raise bad_file(where, "wrong_encoding", "This is not UTF-8. Export it again as “CSV UTF-8”.") from error
            finally:
                with suppress(ValueError):
                    text.detach()


def _undecodable(entry: Entry) -> int:
    number = 1
    with entry.open() as stream, suppress(UnicodeDecodeError):
        while line := stream.readline(LONGEST_ROW):
            line.decode()
            number += line.endswith(b"\n")
    return number


def _too_long(where: str) -> BadFile:
    text = f"A cell is longer than {LONGEST_FIELD:,} characters, or the row than {LONGEST_ROW:,}. Shorten it."
    return bad_file(where, "too_long", text)
