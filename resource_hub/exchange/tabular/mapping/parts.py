"""Places and details of a mapped row: address, telephone numbers, hours, languages, categories and the like."""

from resource_hub.exchange.tabular.cleaning import Unreadable, read_list
from resource_hub.exchange.tabular.contents import read_phone, read_point
from resource_hub.exchange.tabular.languages import read_languages
from resource_hub.exchange.tabular.mapping.hours import hours_of
from resource_hub.exchange.tabular.mapping.keys import key_of
from resource_hub.exchange.tabular.mapping.reading import Gathering
from resource_hub.exchange.tabular.mapping.targets import PHONES
from resource_hub.exchange.tabular.mapping.values import Values
from resource_hub.inventory.rules.areas import read_area
from resource_hub.inventory.rules.parts import part_id
from resource_hub.inventory.values import FieldValue, Origin

_ADDRESS = ("address_1", "city", "state_province", "postal_code")
_LISTS = {
    "required_document": "document",
    "funding": "funding_source",
}


def location(gathering: Gathering, values: Values, organization: str, owner: str, origin: Origin) -> str:
    """Add the place that a row names and return its source id; empty where it names none."""
    street = _first(values, "address.address_1")
    given, name = _first(values, "location.id"), _first(values, "location.name")
    point = (_first(values, "location.latitude"), _first(values, "location.longitude"))
    if not any((given, name, street, *point)):
        return ""
    where = (
        (street, _first(values, "address.city"), _first(values, "address.postal_code")) if street else (name, *point)
    )
    source_id = key_of(gathering.source, given) if given else key_of(gathering.source, owner, *where)
    fields = gathering.fields_of("location", values, origin) | {"organization_id": organization}
    if not {"location.latitude", "location.longitude"} & gathering.stated:
        fields = {key: value for key, value in fields.items() if key not in {"latitude", "longitude"}}
    elif any(point):
        fields |= _point(gathering, *point, origin)
    gathering.add("location", source_id, fields, origin)
    for text in values.get("accessibility.description", ()):
        gathering.add_part("accessibility", ("location", source_id), "access", text, {"description": text}, origin)
    if street or _first(values, "address.city"):
        _address(gathering, values, source_id, origin)
    return source_id


def details(gathering: Gathering, values: Values, service: str, place: str, origin: Origin) -> None:
    """Add the service at its place, and what else stands in its row."""
    owner = ("service", service)
    by_phone = any(values.get(f"phone.{name}") for name in PHONES)
    modes = ["in_person"] if place else ["phone"] if by_phone else []
    there: dict[str, FieldValue] = {"location_id": place or None, "modes": modes}
    gathering.add_part("service_at_location", owner, "place", place, there, origin)
    _phones(gathering, values, owner, origin)
    at_place = ("service_at_location", part_id(*owner, "place", place))
    for key, fields in hours_of(values):
        gathering.add_part("schedule", at_place, "hours", key, fields, origin)
    _languages(gathering, values, owner, origin)
    for table, field in _LISTS.items():
        for text in values.get(f"{table}.{field}", ()):
            gathering.add_part(table, owner, table, text, {field: text}, origin)
    for name in values.get("service_area.name", ()):
        area = read_area(name, gathering.surroundings.state)
        named: dict[str, FieldValue] = {"name": name}
        if area:
            named |= {"extent_type": area.kind, "extent": area.value}
        gathering.add_part("service_area", owner, "area", name, named, origin)
    for name in values.get("taxonomy_term.name", ()):
        _category(gathering, name, service, origin)


def _category(gathering: Gathering, name: str, service: str, origin: Origin) -> None:
    term = key_of(f"{gathering.source}:category", name)
    gathering.add("taxonomy_term", term, {"name": name[:500]}, origin)
    link: dict[str, FieldValue] = {"link_entity": "service", "link_id": service, "taxonomy_term_id": term}
    gathering.add("attribute", part_id("service", service, "category", name), link, origin)


def _address(gathering: Gathering, values: Values, place: str, origin: Origin) -> None:
    fields = gathering.fields_of("address", values, origin)
    if not fields.get("state_province") and "address.state_province" not in gathering.stated:
        fields["state_province"] = gathering.surroundings.state
    for name in _ADDRESS:
        if not fields.get(name):
            fields[name] = ""
            gathering.notes.report(origin, f"address.{name}", "incomplete_address", "Left empty. Look it up.")
    gathering.add_part("address", ("location", place), "address", "", fields, origin)


def _point(gathering: Gathering, latitude: str, longitude: str, origin: Origin) -> dict[str, FieldValue]:
    try:
        point = read_point(latitude, longitude, gathering.surroundings)
    except Unreadable as fault:
        gathering.notes.report(origin, "location.latitude", fault.code, fault.text)
        return {"latitude": None, "longitude": None}
    return {"latitude": point.latitude, "longitude": point.longitude}


def _phones(gathering: Gathering, values: Values, owner: tuple[str, str], origin: Origin) -> None:
    extension = _first(values, "phone.extension")
    for name, kind in PHONES.items():
        for text in values.get(f"phone.{name}", ()):
            number, fields = text[:100], {"extension": extension[:20] or None, "type": kind}
            try:
                read = read_phone(text[:250])
            except Unreadable as fault:
                gathering.notes.report(origin, f"phone.{name}", fault.code, fault.text)
            else:
                number, fields["extension"] = read.number, fields["extension"] or (read.extension or "")[:20] or None
            gathering.add_part("phone", owner, "phone", f"{kind} {number}", {"number": number, **fields}, origin)


def _languages(gathering: Gathering, values: Values, owner: tuple[str, str], origin: Origin) -> None:
    items = [item for text in values.get("language.name", ()) for item in read_list(text)]
    for name, tag in read_languages(items).languages:
        gathering.add_part("language", owner, "language", name, {"name": name[:500], "code": tag}, origin)
        if tag is None:
            text = "This is not the name of a language that we know. Kept as it is, without a tag."
            gathering.notes.report(origin, "language.name", "unknown_language", text)


def _first(values: Values, field: str) -> str:
    return next(iter(values.get(field, ())), "")
