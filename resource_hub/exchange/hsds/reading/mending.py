"""What is looked at beyond single cells: points, numbers, addresses, areas, hours, languages, capacity."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from resource_hub.core.geography import ZONE_OF_STATE
from resource_hub.exchange.hsds.reading.layout import MAY_BE_EMPTY, table_of
from resource_hub.exchange.tabular.cleaning import Unreadable, clean_line
from resource_hub.exchange.tabular.columns import Notes
from resource_hub.exchange.tabular.contents import (
    PHONE_TYPES,
    Surroundings,
    read_phone,
    read_point,
    read_postal_code,
    read_state,
)
from resource_hub.exchange.tabular.languages import read_languages
from resource_hub.exchange.tabular.tables import Row
from resource_hub.inventory.rules.areas import read_area
from resource_hub.inventory.rules.parts import part_id
from resource_hub.inventory.service import schema
from resource_hub.inventory.values import Draft, FieldValue

HOME = "US"
Fields = dict[str, FieldValue]


@dataclass(frozen=True)
class Reading:
    """What is known of the market, and the notes taken on the way."""

    surroundings: Surroundings
    notes: Notes

    @cached_property
    def zones(self) -> frozenset[str]:
        """What clocks of the market's state are away from UTC, in winter and in summer."""
        zone = ZoneInfo(ZONE_OF_STATE[self.surroundings.state])
        days = (datetime(2026, month, 1, tzinfo=UTC).astimezone(zone) for month in (1, 7))
        return frozenset(day.isoformat()[-6:] for day in days)


def mend(table: str, row: Row, fields: Fields, reading: Reading) -> None:
    """Mend the fields of a row of a table, and report what was mended or cannot be right."""
    mender = _MENDERS.get(table)
    if mender:
        mender(row, fields, reading)


def parts_of(draft: Draft, row: Row, reading: Reading) -> Iterator[Draft]:
    """Return the records that stand in a row beside its own: the second language of a list, a number's language."""
    if draft.table == "language":
        for name, tag in read_languages([row.get("name")]).languages[1:]:
            owners = {column: draft.fields.get(column) for column in schema.references("language")}
            yield Draft(
                "language",
                part_id("language", draft.source_id, "language", name),
                owners | {"name": name, "code": tag},
                draft.origin,
            )


def _mend_point(row: Row, fields: Fields, reading: Reading) -> None:
    latitude, longitude = row.get("latitude"), row.get("longitude")
    if not latitude and not longitude:
        return
    try:
        point = read_point(latitude, longitude, reading.surroundings)
    except Unreadable as fault:
        reading.notes.report(row.origin, "latitude", fault.code, fault.text)
        fields |= {"latitude": None, "longitude": None}
    else:
        fields |= {"latitude": point.latitude, "longitude": point.longitude}


def _mend_number(row: Row, fields: Fields, reading: Reading) -> None:
    stated = clean_line(row.get("type")).lower()
    if stated and stated not in PHONE_TYPES:
        reading.notes.report(row.origin, "type", "unknown_phone_type", "Not a kind of number. Taken as voice.")
    if stated:
        fields["type"] = PHONE_TYPES.get(stated, "voice")
    if not fields.get("number"):
        return
    try:
        read = read_phone(clean_line(row.get("number")).strip("\"'"))
    except Unreadable as fault:
        reading.notes.report(row.origin, "number", fault.code, fault.text)
        return
    fields["number"], fields["extension"] = read.number, fields.get("extension") or read.extension
    if read.words:
        fields["description"] = "; ".join(str(words) for words in (fields.get("description"), read.words) if words)
        text = "There are words beside the number. They were put into its description."
        reading.notes.report(row.origin, "number", "words_in_number", text)


def _mend_address(row: Row, fields: Fields, reading: Reading) -> None:
    if (fields.get("country") or HOME) == HOME:
        for name, read in (("state_province", read_state), ("postal_code", read_postal_code)):
            _mend_code(row, fields, name, read, reading)
    for name in sorted(MAY_BE_EMPTY & schema.needed("address")):
        if not fields.get(name):
            fields[name] = ""
            reading.notes.report(row.origin, name, "incomplete_address", "Left empty. Look it up.")


def _mend_code(row: Row, fields: Fields, name: str, read: Callable[[str], str], reading: Reading) -> None:
    stated = fields.get(name)
    if not isinstance(stated, str):
        return
    try:
        fields[name] = read(stated)
    except Unreadable as fault:
        reading.notes.report(row.origin, name, fault.code, fault.text.replace("Left empty", "Kept as it is"))
    else:
        if fields[name] != stated:
            text = "Written as it is in the United States: two capital letters, or five digits."
            reading.notes.report(row.origin, name, "rewritten", text)


def _mend_area(_row: Row, fields: Fields, reading: Reading) -> None:
    area = read_area(str(fields.get("name") or ""), reading.surroundings.state)
    if area and not fields.get("extent_type"):
        fields |= {"extent_type": area.kind, "extent": area.value}


def _mend_hours(row: Row, fields: Fields, reading: Reading) -> None:
    for name in ("opens_at", "closes_at"):
        zone = fields.get(f"{name}_zone")
        if zone and zone not in reading.zones:
            text = "The time names another zone than the market's. Taken as what the clock there shows; mend it if not."
            reading.notes.report(row.origin, name, "other_zone", text)


def _mend_language(row: Row, fields: Fields, reading: Reading) -> None:
    if fields.get("code") or not fields.get("name"):
        return
    spoken = read_languages([str(fields["name"])])
    for _name, tag in spoken.languages:
        if tag is None:
            text = "This is not the name of a language that we know. Kept as it is, without a tag."
            reading.notes.report(row.origin, "name", "unknown_language", text)
    if spoken.languages:
        fields["name"], fields["code"] = spoken.languages[0]
        if spoken.interpretation and not fields.get("note"):
            fields["note"] = spoken.interpretation
    if len(spoken.languages) > 1:
        text = "The row names several languages. Each became a record of its own."
        reading.notes.report(row.origin, "name", "several_languages", text)


def _mend_place(_row: Row, fields: Fields, _reading: Reading) -> None:
    fields["modes"] = ["in_person"] if fields.get("location_id") else ["phone"]


def _mend_link(_row: Row, fields: Fields, _reading: Reading) -> None:
    fields["link_entity"] = table_of(str(fields.get("link_entity") or "")) or fields.get("link_entity")


def _mend_history(_row: Row, fields: Fields, _reading: Reading) -> None:
    for name in MAY_BE_EMPTY & schema.needed("metadata"):
        fields[name] = fields.get(name) or ""


def _check_capacity(row: Row, fields: Fields, reading: Reading) -> None:
    available, maximum = fields.get("available"), fields.get("maximum")
    if isinstance(available, float) and isinstance(maximum, float) and available > maximum:
        text = "More is free than there can be. Kept as it is."
        reading.notes.report(row.origin, "available", "over_maximum", text)


_MENDERS: Mapping[str, Callable[[Row, Fields, Reading], None]] = {
    "address": _mend_address,
    "attribute": _mend_link,
    "language": _mend_language,
    "location": _mend_point,
    "metadata": _mend_history,
    "phone": _mend_number,
    "schedule": _mend_hours,
    "service_area": _mend_area,
    "service_at_location": _mend_place,
    "service_capacity": _check_capacity,
}
