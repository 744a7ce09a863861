"""Locations with what stands in their row, and the two tables of addresses."""

from collections.abc import Iterator

from resource_hub.exchange.tabular.cleaning import Unreadable, read_yes_no
from resource_hub.exchange.tabular.columns import Column, line, read_fields, report_unused, row_id, text
from resource_hub.exchange.tabular.contents import read_point, read_postal_code, read_state
from resource_hub.exchange.tabular.languages import read_languages
from resource_hub.exchange.tabular.ohana.reading import (
    HOUSEKEEPING,
    Reading,
    email,
    listed,
    missing,
    part,
    texts,
    web,
)
from resource_hub.exchange.tabular.tables import Row
from resource_hub.inventory.rules.stated_hours import with_read_hours
from resource_hub.inventory.values import Draft, FieldValue


def _location_type(cell: str) -> str:
    return "virtual" if read_yes_no(cell) else "physical"


LOCATION = (
    line("name"),
    line("alternate_name"),
    text("description", "description", "short_desc"),
    web("url", "website", "urls", "url"),
    text("transportation"),
    Column("location_type", ("virtual",), _location_type),
)
EMAIL = email("email", "emails")
ADDRESS = (
    line("address_1", "address_1", "street_1", "street"),
    line("address_2", "address_2", "street_2"),
    line("city"),
    Column("state_province", ("state_province", "state"), read_state),
    Column("postal_code", ("postal_code", "zip"), read_postal_code),
    line("attention"),
)
_NEEDED = ("address_1", "city", "state_province", "postal_code")
_PARTS = frozenset(
    {"organization_id", "latitude", "longitude", "accessibility", "languages", "hours", "email", "emails"}
)


def locations(reading: Reading) -> Iterator[Draft]:
    """Read the locations; one without id cannot be stored, nor one whose organization is not there."""
    table = reading.table("locations")
    for row in table.rows:
        if not row.get("id"):
            reading.notes.leave_out("location", missing(row, "id", "A location needs an id."))
            continue
        fields = read_fields(row, table, LOCATION, reading.notes)
        fields["location_type"] = fields.get("location_type") or "physical"
        fields["organization_id"] = row.get("organization_id") or None
        fields |= _point(row, reading)
        draft = Draft("location", row_id(row), fields, row.origin, required=("organization_id",))
        yield draft
        yield from _parts(draft, row, reading)
    used = {name for column in LOCATION for name in column.names}
    report_unused(table, used | HOUSEKEEPING | _PARTS, reading.notes)


def addresses(reading: Reading) -> Iterator[Draft]:
    """Read the addresses of places, and those for the post."""
    yield from _addresses(reading, "addresses", "physical", "")
    # Ohana numbers the two tables apart; ours is one.
    yield from _addresses(reading, "mail_addresses", "postal", "mail/")


def _point(row: Row, reading: Reading) -> dict[str, FieldValue]:
    latitude, longitude = row.get("latitude"), row.get("longitude")
    empty: dict[str, FieldValue] = {"latitude": None, "longitude": None}
    if not latitude and not longitude:
        return empty
    try:
        point = read_point(latitude, longitude, reading.surroundings)
    except Unreadable as fault:
        reading.notes.report(row.origin, "latitude", fault.code, fault.text)
        return empty
    return {"latitude": point.latitude, "longitude": point.longitude}


def _parts(draft: Draft, row: Row, reading: Reading) -> Iterator[Draft]:
    spoken = read_languages(listed(row, "languages"))
    for name, tag in spoken.languages:
        yield part("language", draft, "language", name, {"name": name, "code": tag})
        if tag is None:
            text = "This is not the name of a language that we know. Kept as it is, without a tag."
            reading.notes.report(row.origin, "languages", "unknown_language", text)
    if spoken.interpretation:
        yield part("language", draft, "interpretation", "", {"note": spoken.interpretation})
    ways = [way.replace("_", " ") for way in listed(row, "accessibility")]
    yield from texts(draft, "accessibility", "description", ways)
    if row.get("hours"):
        yield from with_read_hours(part("schedule", draft, "hours", "", {"description": row.get("hours")}))
    reach = read_fields(row, reading.table("locations"), (EMAIL,), reading.notes)
    if reach.get("email"):
        yield part("contact", draft, "email", "", reach)


def _addresses(reading: Reading, name: str, address_type: str, prefix: str) -> Iterator[Draft]:
    table = reading.table(name)
    for row in table.rows:
        fields = read_fields(row, table, ADDRESS, reading.notes)
        for needed in _NEEDED:
            if not fields.get(needed):
                fields[needed] = ""
                reading.notes.report(row.origin, needed, "incomplete_address", "Left empty. Look it up.")
        fields |= {"location_id": row.get("location_id") or None, "address_type": address_type}
        yield Draft("address", prefix + row_id(row), fields, row.origin)
    used = {name for column in ADDRESS for name in column.names}
    report_unused(table, used | HOUSEKEEPING | {"location_id", "country", "country_code"}, reading.notes)
