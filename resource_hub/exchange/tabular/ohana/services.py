"""Services, with the place they are offered at and what stands in their row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from resource_hub.exchange.tabular.cleaning import Unreadable, clean_text, read_date, read_instant
from resource_hub.exchange.tabular.columns import Column, line, read_fields, report_unused, row_id, text
from resource_hub.exchange.tabular.contents import Surroundings, read_status
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
from resource_hub.inventory.rules.areas import read_area
from resource_hub.inventory.values import Draft, FactKind, FieldValue, Problem

SERVICE = (
    line("name"),
    line("alternate_name"),
    text("description", "description", "short_desc"),
    web("url", "website", "urls", "url"),
    email("email"),
    Column("status", ("status",), read_status),
    text("interpretation_services"),
    text("application_process", "application_process", "how_to_apply"),
    text("fees_description", "fees"),
    text("wait_time", "wait_time", "wait"),
    text("eligibility_description", "eligibility"),
    text("accreditations"),
    text("licenses"),
    Column("last_modified", ("updated_at", "last_verified"), read_instant),
)
_PARTS = frozenset(
    {
        "location_id",
        "organization_id",
        "program_id",
        "languages",
        "audience",
        "keywords",
        "funding_sources",
        "accepted_payments",
        "required_documents",
        "service_areas",
        "taxonomy_ids",
    }
)


@dataclass(frozen=True)
class Neighbours:
    """The rows of other tables that a service's row leads to."""

    reading: Reading

    @cached_property
    def locations(self) -> Mapping[str, Row]:
        """The rows of locations by id."""
        return {row.get("id"): row for row in self.reading.table("locations").rows}

    @cached_property
    def programs(self) -> Mapping[str, Row]:
        """The rows of programs by id."""
        return {row.get("id"): row for row in self.reading.table("programs").rows}

    @cached_property
    def phones(self) -> Mapping[str, Row]:
        """One row of phones for each service that has any."""
        return {row.get("service_id"): row for row in self.reading.table("phones").rows if row.get("service_id")}

    @cached_property
    def reachable(self) -> frozenset[str]:
        """The organizations that have a telephone number."""
        return frozenset(row.get("organization_id") for row in self.reading.table("phones").rows) - {""}

    def organization_of(self, service: Row) -> str:
        """Return the id of the organization that a service says, or that its neighbours say."""
        if service.get("organization_id"):
            return service.get("organization_id")
        for rows, key in (
            (self.locations, service.get("location_id")),
            (self.programs, service.get("program_id")),
            (self.phones, service.get("id")),
        ):
            if key and key in rows and rows[key].get("organization_id"):
                return rows[key].get("organization_id")
        return ""


def services(reading: Reading) -> Iterator[Draft]:
    """Read the services; one without id or name cannot be stored, one that names nobody is left out."""
    table, neighbours = reading.table("services"), Neighbours(reading)
    for row in table.rows:
        draft = _service(row, reading, neighbours)
        if draft:
            yield draft
            yield _at_location(draft, row, neighbours)
            yield from _parts(draft, row, reading)
    used = {name for column in SERVICE for name in column.names}
    report_unused(table, used | HOUSEKEEPING | _PARTS, reading.notes)


def _service(row: Row, reading: Reading, neighbours: Neighbours) -> Draft | None:
    table, notes = reading.table("services"), reading.notes
    fields = read_fields(row, table, SERVICE, notes)
    location = neighbours.locations.get(row.get("location_id"))
    if location and "how_to_apply" in table.columns:
        fields |= _words_of_its_place(row, fields, location, reading)
    fields["status"] = fields.get("status") or "active"
    if not row.get("id") or not fields.get("name"):
        notes.leave_out("service", missing(row, "name", "A service needs an id and a name."))
        return None
    organization = neighbours.organization_of(row)
    if not organization and row.get("location_id") and location is None:
        text = "There is no location with this id, so the service's organization is not known."
        notes.leave_out("service", Problem(row.origin, "location_id", "unknown_location", text, fatal=True))
        return None
    if not organization:
        text = "The row names no location, program or organization: it belongs to nobody."
        notes.leave_out("service", Problem(row.origin, "organization_id", "no_organization", text))
        return None
    fields |= {"organization_id": organization, "program_id": row.get("program_id") or None}
    spoken = read_languages(listed(row, "languages")).interpretation
    fields["interpretation_services"] = fields.get("interpretation_services") or spoken
    return Draft("service", row_id(row), fields, row.origin, checked=_checked(row))


def _checked(row: Row) -> dict[FactKind, date]:
    try:
        return {FactKind.LISTING: read_date(row.get("last_verified", "updated_at"))}
    except Unreadable:
        return {}


def _words_of_its_place(
    row: Row, fields: Mapping[str, FieldValue], location: Row, reading: Reading
) -> dict[str, FieldValue]:
    # In the tables of 2014 a service often has no words of its own: its location has the name and description.
    found: dict[str, FieldValue] = {}
    if not fields.get("name") and location.get("name"):
        found["name"] = clean_text(location.get("name"))
        text = "The service has no name; it took its location's."
        reading.notes.report(row.origin, "name", "name_of_location", text)
    if not fields.get("description") and location.get("description", "short_desc"):
        found["description"] = clean_text(location.get("description", "short_desc"))
    return found


def _at_location(draft: Draft, row: Row, neighbours: Neighbours) -> Draft:
    location = neighbours.locations.get(row.get("location_id"))
    virtual = location is not None and location.get("virtual").lower() in {"true", "t", "yes", "1"}
    modes = ["in_person"]
    if location is None or virtual:
        by_phone = draft.source_id in neighbours.phones or draft.fields["organization_id"] in neighbours.reachable
        modes = ["phone"] if by_phone else []
    fields: dict[str, FieldValue] = {"location_id": row.get("location_id") or None, "modes": modes}
    return part("service_at_location", draft, "place", "", fields)


def _parts(draft: Draft, row: Row, reading: Reading) -> Iterator[Draft]:
    for name, tag in read_languages(listed(row, "languages")).languages:
        yield part("language", draft, "language", name, {"name": name, "code": tag})
        if tag is None:
            text = "This is not the name of a language that we know. Kept as it is, without a tag."
            reading.notes.report(row.origin, "languages", "unknown_language", text)
    for area in listed(row, "service_areas"):
        yield part("service_area", draft, "area", area, _area(area, reading.surroundings))
    yield from texts(draft, "required_document", "document", listed(row, "required_documents"))
    yield from texts(draft, "funding", "funding_source", listed(row, "funding_sources"))
    if payments := listed(row, "accepted_payments"):
        fields = {"option": "Accepted payments", "amount_description": ", ".join(payments)}
        yield part("cost_option", draft, "payments", "", dict(fields))
    labels = [("keyword", word) for word in listed(row, "keywords")]
    labels += [("audience", clean_text(row.get("audience")))] if row.get("audience") else []
    for kind, words in labels:
        yield _label(draft, kind, words)


def _area(name: str, surroundings: Surroundings) -> dict[str, FieldValue]:
    area = read_area(name, surroundings.state)
    return {"name": name, "extent_type": area.kind if area else None, "extent": area.value if area else None}


def _label(draft: Draft, kind: str, words: str) -> Draft:
    labelled = part("attribute", draft, kind, words, {"link_type": kind, "value": words})
    fields = {name: value for name, value in labelled.fields.items() if name != "service_id"}
    fields |= {"link_entity": "service", "link_id": draft.source_id}
    return Draft("attribute", labelled.source_id, fields, draft.origin)
