"""HSDS tables as one source."""

from collections.abc import Iterator, Mapping
from datetime import date

from resource_hub.exchange.tabular.cleaning import Unreadable, clean_line
from resource_hub.exchange.tabular.columns import Notes, read_fields, report_unused, row_id
from resource_hub.exchange.tabular.contents import Surroundings, read_phone, read_point
from resource_hub.exchange.tabular.hsds import layout
from resource_hub.exchange.tabular.tables import HEADER_ROW, Row, Table
from resource_hub.inventory.rules.areas import read_area
from resource_hub.inventory.rules.parts import part_id
from resource_hub.inventory.rules.stated_hours import with_read_hours
from resource_hub.inventory.service import schema
from resource_hub.inventory.values import Draft, FactKind, FieldValue, Origin, Problem, Source

_EMPTY_ALLOWED = frozenset({"address_1", "city", "state_province", "postal_code"})
_COLUMNS_OF_OTHER_TABLES = frozenset({"id"})


def read(tables: Mapping[str, Table], state: str) -> Source:
    """Read everything that HSDS tables state, for a market of a state."""
    notes, surroundings = Notes(), Surroundings.of_state(state)
    drafts: list[Draft] = []
    for name in sorted(tables):
        table = layout.table_of(name)
        if table is None:
            text = "The inventory has no place for this file. It was not kept."
            notes.report(Origin(tables[name].file, HEADER_ROW), "", "file_not_kept", text)
            continue
        drafts += _records(table, tables[name], notes, surroundings)
        columns = {name for column in layout.columns_of(table) for name in column.names}
        report_unused(tables[name], columns | _COLUMNS_OF_OTHER_TABLES, notes)
    drafts += _without_place(drafts)
    return Source(tuple(drafts), tuple(notes.problems), dict(notes.left_out), dict(_verified(drafts)))


def _records(table: str, source: Table, notes: Notes, surroundings: Surroundings) -> Iterator[Draft]:
    for row in source.rows:
        fields = read_fields(row, source, layout.columns_of(table), notes)
        _mend(table, row, fields, notes, surroundings)
        missing = sorted(name for name in layout.needed_by(table) if fields.get(name) is None)
        if table in schema.CORE and not row.get("id"):
            missing = ["id"]
        if missing:
            text = f"A {table} needs its {missing[0]}."
            problem = Problem(row.origin, missing[0], "missing", text, fatal=table in schema.CORE)
            notes.leave_out(table, problem)
            continue
        yield from with_read_hours(Draft(table, row_id(row), fields, row.origin))


def _mend(table: str, row: Row, fields: dict[str, FieldValue], notes: Notes, surroundings: Surroundings) -> None:
    if table == "location":
        _mend_point(row, fields, notes, surroundings)
    elif table == "phone" and fields.get("number"):
        _mend_number(row, fields, notes)
    elif table == "address":
        _mend_address(row, fields, notes)
    elif table == "service_at_location":
        fields["modes"] = ["in_person"] if fields.get("location_id") else ["phone"]
    elif table == "service_area":
        _mend_area(fields, surroundings)
    elif table == "service_capacity":
        _check_capacity(row, fields, notes)


def _mend_address(row: Row, fields: dict[str, FieldValue], notes: Notes) -> None:
    for name in sorted(_EMPTY_ALLOWED):
        if not fields.get(name):
            fields[name] = ""
            notes.report(row.origin, name, "incomplete_address", "Left empty. Look it up.")


def _mend_area(fields: dict[str, FieldValue], surroundings: Surroundings) -> None:
    area = read_area(str(fields.get("name") or ""), surroundings.state)
    if area and not fields.get("extent_type"):
        fields |= {"extent_type": area.kind, "extent": area.value}


def _check_capacity(row: Row, fields: dict[str, FieldValue], notes: Notes) -> None:
    available, maximum = fields.get("available"), fields.get("maximum")
    if isinstance(available, float) and isinstance(maximum, float) and available > maximum:
        notes.report(row.origin, "available", "over_maximum", "More is free than there can be. Kept as it is.")


def _mend_point(row: Row, fields: dict[str, FieldValue], notes: Notes, surroundings: Surroundings) -> None:
    latitude, longitude = row.get("latitude"), row.get("longitude")
    if not latitude and not longitude:
        return
    try:
        point = read_point(latitude, longitude, surroundings)
    except Unreadable as fault:
        notes.report(row.origin, "latitude", fault.code, fault.text)
        fields |= {"latitude": None, "longitude": None}
    else:
        fields |= {"latitude": point.latitude, "longitude": point.longitude}


def _mend_number(row: Row, fields: dict[str, FieldValue], notes: Notes) -> None:
    try:
        read = read_phone(clean_line(row.get("number")).strip("\"'"))
    except Unreadable as fault:
        notes.report(row.origin, "number", fault.code, fault.text)
    else:
        fields["number"], fields["extension"] = read.number, fields.get("extension") or read.extension


def _without_place(drafts: list[Draft]) -> Iterator[Draft]:
    # What is matched is a service at a location; a service without any is offered by phone, or where it says.
    placed = {draft.fields.get("service_id") for draft in drafts if draft.table == "service_at_location"}
    called = {draft.fields.get("service_id") for draft in drafts if draft.table == "phone"}
    reached = {draft.fields.get("organization_id") for draft in drafts if draft.table == "phone"}
    for draft in drafts:
        if draft.table == "service" and draft.source_id not in placed:
            by_phone = draft.source_id in called or draft.fields.get("organization_id") in reached
            modes = ["phone"] if by_phone else []
            fields: dict[str, FieldValue] = {"service_id": draft.source_id, "location_id": None, "modes": modes}
            yield Draft("service_at_location", part_id("service", draft.source_id, "place"), fields, draft.origin)


def _verified(drafts: list[Draft]) -> Iterator[tuple[str, dict[FactKind, date]]]:
    for draft in drafts:
        checked = draft.fields.get("assured_date")
        if draft.table == "service" and isinstance(checked, date):
            yield draft.source_id, dict.fromkeys(FactKind, checked)
