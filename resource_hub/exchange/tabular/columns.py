"""From a row's cells to a record's fields, by a list of columns; what cannot be read is left empty and reported."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from resource_hub.core.ids import derived_id
from resource_hub.exchange.tabular.cleaning import Unreadable, clean_line, clean_text, is_formula
from resource_hub.exchange.tabular.tables import HEADER_ROW, Row, Table
from resource_hub.inventory.values import FieldValue, Origin, Problem

LONGEST_LINE = 500
LONGEST_ID = 100

Read = Callable[[str], FieldValue]


@dataclass(frozen=True)
class Column:
    """A field, the columns it may be read from, and how."""

    field: str
    names: tuple[str, ...]
    read: Read


@dataclass
class Notes:
    """The problems found while reading, and how many rows of each table gave no record."""

    problems: list[Problem] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)

    def report(self, origin: Origin, field: str, code: str, text: str) -> None:
        """Report a fault that was repaired or left empty."""
        self.problems.append(Problem(origin, field, code, text))

    def leave_out(self, table: str, problem: Problem) -> None:
        """Report a row that gives no record."""
        self.problems.append(problem)
        self.left_out[table] = self.left_out.get(table, 0) + 1


def text(field: str, *names: str) -> Column:
    """Return a column of text with paragraphs."""
    return Column(field, names or (field,), clean_text)


def line(field: str, *names: str, longest: int = LONGEST_LINE) -> Column:
    """Return a column of text on one line; refuses a longer one."""

    def read(cell: str) -> str:
        words = clean_line(cell)
        if len(words) > longest:
            raise Unreadable("too_long", f"This is longer than {longest} characters. Left empty; shorten it.")
        return words

    return Column(field, names or (field,), read)


def read_fields(row: Row, table: Table, columns: Iterable[Column], notes: Notes) -> dict[str, FieldValue]:
    """Return the fields of a row; a field whose columns the table does not have is absent."""
    return fields_of(row, in_table(table, columns), notes)


def in_table(table: Table, columns: Iterable[Column]) -> tuple[Column, ...]:
    """Return the columns that a table has."""
    return tuple(column for column in columns if not table.columns.isdisjoint(column.names))


def fields_of(row: Row, columns: Iterable[Column], notes: Notes) -> dict[str, FieldValue]:
    """Return the fields of a row of a table that has some columns."""
    return {column.field: _read(row, column, notes) for column in columns}


def row_id(row: Row) -> str:
    """Return the id that a row carries, or one made of its words where it carries none."""
    given = row.get("id")
    if given and len(given) <= LONGEST_ID:
        return given
    return derived_id(row.origin.file, *(f"{name}={cell}" for name, cell in sorted(row.cells.items())))


def report_unused(table: Table, used: Iterable[str], notes: Notes) -> None:
    """Report, once per column, the filled columns that nothing was read from."""
    spare = table.columns - set(used) - {"id", ""}
    filled = {name for row in table.rows for name in row.cells} if spare else set()
    report_filled(table, spare & filled, notes)


def report_filled(table: Table, names: Iterable[str], notes: Notes) -> None:
    """Report columns that were filled and that nothing was read from."""
    for name in sorted(names):
        text = "The inventory has no place for this column. It was not kept."
        notes.report(Origin(table.file, HEADER_ROW), name, "column_not_kept", text)


def _read(row: Row, column: Column, notes: Notes) -> FieldValue:
    cell = row.get(*column.names)
    if not cell:
        return None
    if is_formula(cell):
        text = "A spreadsheet would calculate this. Left empty; write it as plain text."
        notes.report(row.origin, column.field, "formula", text)
        return None
    try:
        value = column.read(cell)
    except Unreadable as fault:
        notes.report(row.origin, column.field, fault.code, fault.text)
        return None
    return None if value == "" else value
