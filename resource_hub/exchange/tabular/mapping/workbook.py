"""XLSX workbooks, read cell by cell within bounds. Loaded only where there is one to read."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook

from resource_hub.exchange.tabular.errors import BadFile, bad_file
from resource_hub.exchange.tabular.tables import HEADER_ROW, LONGEST_FIELD, Row, Table
from resource_hub.inventory.values import Origin

LARGEST_UNPACKED = 200_000_000
LARGEST_RATIO = 200
HARMLESS_BYTES = 1_000_000
LARGEST_STRINGS = 50_000_000
MOST_PARTS = 1_000
MOST_SHEETS = 50
MOST_ROWS = 200_000
MOST_COLUMNS = 500
# Empty rows at the end of a sheet are common; a million of them is a hostile one.
MOST_EMPTY_ROWS = 1_000
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DAMAGED = (zipfile.BadZipFile, KeyError, ValueError, TypeError, IndexError, AttributeError, ParseError, OSError)


def read_workbook(path: Path, first: int | None = None) -> Mapping[str, Table]:
    """Read the visible sheets of a workbook by name, or their first rows; refuses a hostile or damaged one.

    Of a formula the value counts that the spreadsheet last computed.
    """
    _refuse_hostile(path)
    try:
        workbook = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except (*_DAMAGED, RecursionError) as error:
        raise _damaged(path) from error
    try:
        sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"][:MOST_SHEETS]
        read = [(sheet.title, _table(f"{path.name}, {sheet.title}", sheet, first)) for sheet in sheets]
    except BadFile:
        raise
    except (*_DAMAGED, NotImplementedError, RuntimeError, EOFError) as error:
        raise _damaged(path) from error
    finally:
        workbook.close()
    tables = {title: table for title, table in read if table.columns}
    if not tables:
        raise bad_file(path.name, "no_tables", "There is no sheet with a heading in its first row.")
    return tables


def _refuse_hostile(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise _too_large(path)
            for part in parts:
                if part.file_size > max(HARMLESS_BYTES, LARGEST_RATIO * part.compress_size):
                    raise _too_large(path)
                if part.filename.endswith("sharedStrings.xml") and part.file_size > LARGEST_STRINGS:
                    raise _too_large(path)
                if part.filename.endswith((".xml", ".rels")):
                    _refuse_entities(path, archive, part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise _damaged(path) from error


def _refuse_entities(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    with archive.open(part) as file:
        if _DOCTYPE.search(file.read(4_096)):
            raise bad_file(path.name, "unsafe_xml", "The workbook declares entities, which no spreadsheet does.")


def _table(where: str, sheet: Any, first: int | None) -> Table:
    rows = _rows(where, sheet)
    header = [_text(cell).strip().lower() for cell in next(rows, (0, ()))[1]]
    while header and not header[-1]:
        header.pop()
    named = [name for name in header if name]
    if not named:
        return Table(where)
    if len(set(named)) < len(named):
        text = "The first row must name each column once. Mend the first row."
        raise bad_file(f"{where}, row 1", "bad_header", text)
    return Table(where, frozenset(named), tuple(islice(_records(where, header, rows), first)))


def _rows(where: str, sheet: Any) -> Iterator[tuple[int, tuple[object, ...]]]:
    # What a sheet says about its own size is not believed.
    sheet.reset_dimensions()
    empty = 0
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=HEADER_ROW):
        if number > MOST_ROWS:
            raise bad_file(where, "too_large", f"The sheet has more than {MOST_ROWS:,} rows. Split it.")
        if len(cells) > MOST_COLUMNS and any(cell is not None for cell in cells[MOST_COLUMNS:]):
            raise bad_file(where, "too_large", f"The sheet has more than {MOST_COLUMNS} columns. Split it.")
        empty = 0 if any(cell is not None for cell in cells) else empty + 1
        if empty > MOST_EMPTY_ROWS:
            return
        yield number, cells[:MOST_COLUMNS]


def _records(where: str, header: list[str], rows: Iterator[tuple[int, tuple[object, ...]]]) -> Iterator[Row]:
    for number, cells in rows:
        texts = [_text(cell) for cell in cells]
        if any(len(text) > LONGEST_FIELD for text in texts):
            text = f"A cell is longer than {LONGEST_FIELD:,} characters. Shorten it."
            raise bad_file(f"{where}, row {number}", "too_long", text)
        filled = {name: text.strip() for name, text in zip(header, texts, strict=False) if name and text.strip()}
        if filled:
            yield Row(filled, Origin(where, number))


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return "" if cell is None else str(cell).replace("\0", "")


def _too_large(path: Path) -> BadFile:
    text = f"Unpacked it is larger than {LARGEST_UNPACKED // 1_000_000} MB, or packed suspiciously tight. Split it."
    return bad_file(path.name, "too_large", text)


def _damaged(path: Path) -> BadFile:
    return bad_file(path.name, "bad_workbook", "This is no XLSX workbook that can be read. Save it again as .xlsx.")
