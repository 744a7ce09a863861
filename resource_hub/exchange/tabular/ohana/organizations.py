"""Organizations and programs."""

from collections.abc import Iterator

from resource_hub.exchange.tabular.cleaning import read_date
from resource_hub.exchange.tabular.columns import Column, line, read_fields, report_unused, row_id, text
from resource_hub.exchange.tabular.ohana.reading import HOUSEKEEPING, Reading, email, listed, missing, texts, web
from resource_hub.inventory.values import Draft


def _year(cell: str) -> int:
    return read_date(cell).year


ORGANIZATION = (
    line("name"),
    line("alternate_name"),
    text("description", "description", "short_desc"),
    email("email", "emails"),
    web("website", "website", "urls", "url"),
    line("tax_status"),
    line("tax_id"),
    line("legal_status"),
    Column("year_incorporated", ("date_incorporated",), _year),
)
PROGRAM = (line("name"), line("alternate_name"), text("description"))


def organizations(reading: Reading) -> Iterator[Draft]:
    """Read the organizations; one without id or name cannot be stored."""
    table = reading.table("organizations")
    for row in table.rows:
        fields = read_fields(row, table, ORGANIZATION, reading.notes)
        if not row.get("id") or not fields.get("name"):
            reading.notes.leave_out("organization", missing(row, "name", "An organization needs an id and a name."))
            continue
        draft = Draft("organization", row_id(row), fields, row.origin)
        yield draft
        yield from texts(draft, "funding", "funding_source", listed(row, "funding_sources"))
    used = {name for column in ORGANIZATION for name in column.names}
    report_unused(table, used | HOUSEKEEPING | {"funding_sources"}, reading.notes)


def programs(reading: Reading) -> Iterator[Draft]:
    """Read the programs; one without a name or an organization is left out."""
    table = reading.table("programs")
    for row in table.rows:
        fields = read_fields(row, table, PROGRAM, reading.notes)
        if not row.get("id") or not fields.get("name"):
            reading.notes.leave_out("program", missing(row, "name", "A program needs an id and a name."))
            continue
        fields["organization_id"] = row.get("organization_id") or None
        yield Draft("program", row_id(row), fields, row.origin)
    used = {name for column in PROGRAM for name in column.names}
    report_unused(table, used | HOUSEKEEPING | {"organization_id"}, reading.notes)
