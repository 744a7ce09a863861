"""Mapped sheets as one source: each row is an organization's service at a place, and rows that say the same are one."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from resource_hub.exchange.tabular.columns import Notes, report_unused
from resource_hub.exchange.tabular.contents import Surroundings
from resource_hub.exchange.tabular.errors import bad_file
from resource_hub.exchange.tabular.mapping import parts
from resource_hub.exchange.tabular.mapping.cells import values_of
from resource_hub.exchange.tabular.mapping.keys import key_of
from resource_hub.exchange.tabular.mapping.reading import Gathering
from resource_hub.exchange.tabular.mapping.values import SheetMapping, TableMapping, Values
from resource_hub.exchange.tabular.tables import Table
from resource_hub.inventory.values import Draft, FactKind, Origin, Problem, Source


def read(tables: Mapping[str, Table], mapping: TableMapping, state: str) -> Source:
    """Read everything that sheets state under a mapping; refuses a mapping of sheets or columns that are not there."""
    gathering = Gathering(mapping.source, Surroundings.of_state(state), Notes())
    for sheet in mapping.sheets:
        table = table_of(tables, sheet)
        gathering.stated = sheet.fields
        for row in table.rows:
            _take(gathering, values_of(row, sheet.rules, gathering.notes), row.origin)
        report_unused(table, [column for rule in sheet.rules for column in rule.columns], gathering.notes)
    drafts = tuple(_named(gathering))
    return Source(drafts, tuple(gathering.notes.problems), dict(gathering.notes.left_out))


def table_of(tables: Mapping[str, Table], sheet: SheetMapping) -> Table:
    """Return the sheet that a mapping is about; refuses when it, or a column of it, is not there."""
    by_name = {name.casefold(): table for name, table in tables.items()}
    table = by_name.get(sheet.name.casefold()) if sheet.name else next(iter(tables.values()), None)
    if table is None:
        text = f"There is no sheet “{sheet.name[:60]}”. Mend its name in the mapping."
        raise bad_file("mapping", "unknown_sheet", text)
    missing = sorted({column for rule in sheet.rules for column in rule.columns} - table.columns)
    if missing:
        text = f"There is no column “{missing[0][:60]}”. Mend its name in the mapping, or in the file's first row."
        raise bad_file(table.file, "unknown_column", text)
    return table


def _take(gathering: Gathering, values: Values, origin: Origin) -> None:
    name, given = _first(values, "organization.name"), _first(values, "organization.id")
    organization = key_of(gathering.source, given or name)
    if not organization:
        text = "The row names no organization. Fill the cell, or leave the row out."
        gathering.notes.leave_out("service", Problem(origin, "organization.name", "missing", text, fatal=True))
        return
    gathering.add("organization", organization, gathering.fields_of("organization", values, origin), origin)
    words = (_first(values, "service.id"),) if _first(values, "service.id") else (given or name, service_name(values))
    service = key_of(gathering.source, *words)
    fields = gathering.fields_of("service", values, origin)
    fields |= {"organization_id": organization, "name": service_name(values) or name}
    gathering.add("service", service, fields, origin)
    location = parts.location(gathering, values, organization, given or name, origin)
    parts.details(gathering, values, service, location, origin)


def service_name(values: Values) -> str:
    """Return the service's name; empty where the row has none."""
    return _first(values, "service.name")


def _first(values: Values, field: str) -> str:
    return next(iter(values.get(field, ())), "")


def _named(gathering: Gathering) -> Iterator[Draft]:
    # A record that only its id tells about has no name: it is left out where it cannot be stored.
    for draft in gathering.drafts.values():
        if draft.table in {"organization", "service"} and not draft.fields.get("name"):
            text = f"The {draft.table} needs a name. Fill the cell."
            problem = Problem(draft.origin, f"{draft.table}.name", "missing", text, fatal=True)
            gathering.notes.leave_out(draft.table, problem)
        else:
            day = draft.fields.get("assured_date")
            yield replace(draft, checked=dict.fromkeys(FactKind, day)) if isinstance(day, date) else draft
