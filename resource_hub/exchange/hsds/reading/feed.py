"""HSDS tables of any version as one source."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from resource_hub.core.ids import is_uuid
from resource_hub.exchange.hsds.reading import layout, versions
from resource_hub.exchange.hsds.reading.hours import holidays
from resource_hub.exchange.hsds.reading.mending import Reading, mend, parts_of
from resource_hub.exchange.hsds.reading.words import Words
from resource_hub.exchange.tabular.columns import Notes, fields_of, in_table, report_filled, row_id
from resource_hub.exchange.tabular.contents import Surroundings
from resource_hub.exchange.tabular.tables import HEADER_ROW, Row, Table
from resource_hub.inventory.rules.stated_hours import with_read_hours
from resource_hub.inventory.service import schema
from resource_hub.inventory.values import Draft, FactKind, FieldValue, Origin, Problem, Source

_HOLIDAYS, _ELIGIBILITY = "holiday_schedule", "eligibility"


def read(tables: Mapping[str, Table], state: str, notes: Notes | None = None) -> Source:
    """Read everything that HSDS tables state, for a market of a state, while the drafts are gone through."""
    reading = Reading(Surroundings.of_state(state), notes or Notes())
    known = _by_table(tables, reading.notes)
    return Source(_drafts(known, reading), reading.notes.problems, reading.notes.left_out, add_places=True)


def _by_table(tables: Mapping[str, Table], notes: Notes) -> dict[str, list[tuple[str, Table]]]:
    known: dict[str, list[tuple[str, Table]]] = {}
    for file in sorted(tables):
        name = layout.table_of(file)
        if name is None:
            text = "The inventory has no place for this file. It was not kept."
            notes.report(Origin(tables[file].file, HEADER_ROW), "", "file_not_kept", text)
            continue
        today, table = versions.today(name, tables[file])
        known.setdefault(_ELIGIBILITY if name == _ELIGIBILITY else today, []).append((name, table))
    return known


def _drafts(known: Mapping[str, list[tuple[str, Table]]], reading: Reading) -> Iterator[Draft]:
    places = next((table for _name, table in known.get("service_at_location", ())), None)
    with Words() as words:
        for _name, texts in known.get(_ELIGIBILITY, ()):
            words.collect(texts, reading.notes)
        for table in schema.tables():
            for number, (name, source) in enumerate(known.get(table, ())):
                if name == _HOLIDAYS:
                    yield from holidays(source, places, reading.notes)
                    continue
                # Files that are one table today numbered their rows apart.
                prefix = f"{name}/" if number and name != table else ""
                add = words.add if table == "service" else None
                yield from _records(table, source, reading, prefix, add)
        words.report_unused(reading.notes)


def _records(
    table: str,
    source: Table,
    reading: Reading,
    prefix: str,
    add: Callable[[str, dict[str, FieldValue]], None] | None,
) -> Iterator[Draft]:
    columns, needed = layout.columns_of(table), layout.needed_by(table)
    there = in_table(source, columns)
    spare = source.columns - {name for column in columns for name in column.names} - {"id", ""}
    filled: set[str] = set()
    for row in source.rows:
        if spare:
            filled |= spare & row.cells.keys()
        fields = fields_of(row, there, reading.notes)
        mend(table, row, fields, reading)
        missing = _missing(table, row, fields, needed)
        if missing:
            text = f"A {table} needs its {missing}."
            fatal = table in schema.CORE
            reading.notes.leave_out(table, Problem(row.origin, missing, "missing", text, fatal=fatal))
            continue
        given = row_id(row)
        if add:
            add(given, fields)
        source_id = given if not prefix or is_uuid(given) else prefix + given
        draft = Draft(table, source_id, fields, row.origin, checked=_checked(table, fields))
        yield from with_read_hours(draft)
        yield from parts_of(draft, row, reading)
    report_filled(source, filled, reading.notes)


def _missing(table: str, row: Row, fields: Mapping[str, FieldValue], needed: frozenset[str]) -> str | None:
    if table in schema.CORE and not row.get("id"):
        return "id"
    return min((name for name in needed if fields.get(name) is None), default=None)


def _checked(table: str, fields: Mapping[str, FieldValue]) -> Mapping[FactKind, date]:
    checked = fields.get("assured_date") if table == "service" else None
    return dict.fromkeys(FactKind, checked) if isinstance(checked, date) else {}
