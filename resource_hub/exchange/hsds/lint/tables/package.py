"""A data package, checked table by table."""

from collections.abc import Iterator
from datetime import date
from itertools import chain

from resource_hub.exchange.hsds import standard
from resource_hub.exchange.hsds.lint import schema
from resource_hub.exchange.hsds.lint.reading.recognise import table_of_file
from resource_hub.exchange.hsds.lint.reading.sheets import Sheet
from resource_hub.exchange.hsds.lint.report import Report
from resource_hub.exchange.hsds.lint.sense.all import check as check_sense
from resource_hub.exchange.hsds.lint.tables.index import Index
from resource_hub.exchange.hsds.lint.tables.keys import Keys
from resource_hub.exchange.hsds.lint.twins import Twins
from resource_hub.exchange.hsds.lint.values import Record, Remark
from resource_hub.exchange.hsds.values import Table
from resource_hub.exchange.tabular.errors import BadFile

_CORE = ("organization", "service")


def lint_sheets(report: Report, sheets: list[Sheet], today: date, unread: frozenset[str] = frozenset()) -> None:
    """Check the tables of a package: first their keys, then every row.

    `unread` names tables that are there and could not be opened, so that nothing is said of what they might hold.
    """
    tables = _named(report, sheets)
    index = Index()
    whole = [name for name, sheet in tables.items() if _read_keys(report, index, standard.tables()[name], sheet)]
    for name in _CORE:
        if name not in tables and name not in unread:
            file = standard.tables()[name].file
            report.add(Remark("missing_table", "", "Without it nothing else has a meaning. Add it."), file)
    keys, twins = Keys(index.ids, unread | (set(tables) - set(whole))), Twins()
    for name in whole:
        table, sheet = standard.tables()[name], tables[name]
        _check_columns(report, table, sheet)
        needed = schema.required(table.fields, tabular=True) & set(sheet.columns)
        for number, known in sheet.rows(frozenset(table.fields)):
            report.read[name] += 1
            joined = Record(table, index.joined(table, known), tabular=True)
            remarks = chain(
                _check_standard(Record(table, known, tabular=True), needed),
                keys.check(table, known),
                check_sense(joined, today),
                twins.check(joined),
            )
            report.extend(remarks, sheet.file, f"row {number}")
    for name, row, remark in (*keys.unused(), *keys.circles()):
        report.add(remark, tables[name].file, f"row {row}")


def _named(report: Report, sheets: list[Sheet]) -> dict[str, Sheet]:
    tables: dict[str, Sheet] = {}
    for sheet in sheets:
        table = table_of_file(sheet.file.lower().removesuffix(".csv"))
        if table is None or table.name in tables:
            text = "HSDS has no table of this name, or it is there twice. Nothing in it was checked."
            report.add(Remark("unknown_file", "", text), sheet.file)
        else:
            tables[table.name] = sheet
    return {name: tables[name] for name in standard.tables() if name in tables}


def _read_keys(report: Report, index: Index, table: Table, sheet: Sheet) -> bool:
    try:
        for number, remark in index.read(table, sheet):
            report.add(remark, sheet.file, f"row {number}")
    except BadFile as error:
        add_unreadable(report, sheet.file, error)
        return False
    return True


def add_unreadable(report: Report, file: str, error: BadFile) -> None:
    """Say that a file cannot be read, as its refusal does."""
    (fault,) = error.faults
    report.add(Remark("unreadable_file", "", fault.text), file, fault.field.removeprefix(file).lstrip(", "))


def _check_columns(report: Report, table: Table, sheet: Sheet) -> None:
    for column in sheet.columns:
        if column and (column not in table.fields or table.fields[column].nested):
            text = "HSDS has no column of this name here. Check the spelling."
            report.add(Remark("unknown_field", column[:60], text), sheet.file, "row 1")
    for column in sorted(schema.required(table.fields, tabular=True) - set(sheet.columns)):
        text = f"Every {table.name} needs {column}. Add the column."
        report.add(Remark("missing_field", column, text), sheet.file, "row 1")


def _check_standard(record: Record, needed: frozenset[str]) -> Iterator[Remark]:
    yield from schema.check_required(record, needed)
    yield from schema.check(record)
