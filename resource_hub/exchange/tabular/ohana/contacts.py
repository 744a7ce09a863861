"""Contacts and telephone numbers."""

from collections.abc import Iterator

from resource_hub.exchange.tabular.cleaning import Unreadable, clean_line
from resource_hub.exchange.tabular.columns import line, read_fields, report_unused, row_id
from resource_hub.exchange.tabular.contents import PHONE_TYPES, read_phone
from resource_hub.exchange.tabular.ohana.reading import HOUSEKEEPING, Reading, email
from resource_hub.exchange.tabular.tables import HEADER_ROW, Row
from resource_hub.inventory.values import Draft, FieldValue, Origin, Problem

CONTACT = (line("name"), line("title"), line("department"), email("email"))
_OWNERS = ("organization_id", "location_id", "service_id")
_LONGEST_NUMBER = 100
_LONGEST_EXTENSION = 20
_USED_BY_PHONE = frozenset(
    {"number", "extension", "department", "number_type", "vanity_number", "country_prefix", "contact_id", *_OWNERS}
)


def contacts(reading: Reading) -> Iterator[Draft]:
    """Read the named contacts."""
    table = reading.table("contacts")
    for row in table.rows:
        fields = read_fields(row, table, CONTACT, reading.notes) | _owners(row)
        yield Draft("contact", row_id(row), fields, row.origin)
    used = {name for column in CONTACT for name in column.names}
    report_unused(table, used | HOUSEKEEPING | set(_OWNERS), reading.notes)


def phones(reading: Reading) -> Iterator[Draft]:
    """Read the telephone numbers; unreadable ones are kept as they are, those without a number left out."""
    table = reading.table("phones")
    has_contacts = "contacts" in reading.tables
    for row in table.rows:
        number = _number(row, reading)
        if number is None:
            text = "There is no number in this row."
            reading.notes.leave_out("phone", Problem(row.origin, "number", "missing", text))
            continue
        fields = number | _owners(row) | {"contact_id": row.get("contact_id") or None if has_contacts else None}
        yield Draft("phone", row_id(row), fields, row.origin)
    if not has_contacts and any(row.get("contact_id") for row in table.rows):
        text = "The package has no contacts.csv, so the contacts of the numbers are not known."
        reading.notes.report(Origin(table.file, HEADER_ROW), "contact_id", "file_missing", text)
    report_unused(table, HOUSEKEEPING | _USED_BY_PHONE, reading.notes)


def _owners(row: Row) -> dict[str, FieldValue]:
    return {name: row.get(name) or None for name in _OWNERS}


def _number(row: Row, reading: Reading) -> dict[str, FieldValue] | None:
    written = clean_line(row.get("number", "vanity_number"))
    if not written:
        return None
    extension = clean_line(row.get("extension")) or None
    notes = [clean_line(row.get("department"))]
    if extension and (len(extension) > _LONGEST_EXTENSION or not extension[:1].isdigit()):
        notes.append(f"extension {extension}")
        extension = None
    elif extension:
        digits, _, words = extension.partition(" ")
        extension = digits
        notes.append(words.strip("() "))
    try:
        read = read_phone(written)
        number, extension = read.number, extension or read.extension
    except Unreadable as fault:
        number = written[:_LONGEST_NUMBER]
        reading.notes.report(row.origin, "number", fault.code, fault.text)
    if row.get("number") and row.get("vanity_number"):
        notes.append(clean_line(row.get("vanity_number")))
    described = ", ".join(note for note in notes if note) or None
    return {"number": number, "extension": extension, "type": _type(row), "description": described}


def _type(row: Row) -> str | None:
    said = clean_line(row.get("number_type")).lower()
    if clean_line(row.get("department")).lower() in {"tty", "tdd", "tty/tdd"} and said in {"", "voice"}:
        return "tty"
    return PHONE_TYPES.get(said)
