"""Categories: the terms of the taxonomy, and which services carry them."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import partial

from resource_hub.exchange.tabular.cleaning import clean_line
from resource_hub.exchange.tabular.columns import report_unused
from resource_hub.exchange.tabular.errors import bad_file
from resource_hub.exchange.tabular.ohana.reading import HOUSEKEEPING, Reading, listed
from resource_hub.exchange.tabular.packages import Package
from resource_hub.exchange.tabular.tables import HEADER_ROW, Row
from resource_hub.inventory.rules.parts import part_id
from resource_hub.inventory.values import Draft, Origin, Problem

LINKS_FILE = "service_categories.json"
OPEN_ELIGIBILITY = "Open Eligibility"
_CODE = re.compile(r"1\d\d(-\d\d)*")
_LARGEST_LINKS = 50_000_000
_COLUMNS = ("name", "taxonomy_id", "oe_id", "parent_id", "parent_name", "ancestry", "type")
_ON_SCREEN = ("filter", "filter_parent", "filter_priority")


def terms(reading: Reading) -> Iterator[Draft]:
    """Read the taxonomy and its terms; one without a name is left out."""
    table = reading.table("categories")
    codes = [_code(row) for row in table.rows]
    if not codes:
        return
    known = sum(bool(_CODE.fullmatch(code)) for code in codes) * 2 > len(codes)
    name = OPEN_ELIGIBILITY if known else "Categories"
    taxonomy = Draft("taxonomy", "categories", {"name": name}, Origin(table.file, HEADER_ROW))
    yield taxonomy
    by_code: dict[str, str] = {}
    for row in table.rows:
        by_code.setdefault(_code(row), row.get("id"))
    for row in table.rows:
        if not row.get("id") or not row.get("name"):
            text = "A category needs an id and a name."
            reading.notes.leave_out("taxonomy_term", Problem(row.origin, "name", "missing", text))
            continue
        yield _term(row, name, _parent(row, by_code))
    report_unused(table, HOUSEKEEPING | {*_COLUMNS, *_ON_SCREEN}, reading.notes)


def links(reading: Reading, package: Package) -> Iterator[Draft]:
    """Read which service carries which category: a column, a table or a JSON file of links."""
    categories = list(reading.table("categories").rows)
    role = {row.get("id"): row.get("type") or "service" for row in categories}
    by_code = {_code(row): row.get("id") for row in reversed(categories)}
    seen: set[tuple[str, str]] = set()
    link = partial(_link, reading, role, seen)
    for row in reading.table("services").rows:
        for code in listed(row, "taxonomy_ids"):
            yield from link(row.get("id"), by_code.get(code, code), row.origin)
    for row in reading.table("categories_services").rows:
        yield from link(row.get("service_id"), row.get("category_id"), row.origin)
    for number, (service, ids) in enumerate(_json_links(package).items(), start=1):
        for category in dict.fromkeys(ids):
            yield from link(service, category, Origin(LINKS_FILE, number))


def _code(row: Row) -> str:
    return row.get("taxonomy_id", "oe_id")


def _parent(row: Row, by_code: Mapping[str, str]) -> str | None:
    if row.get("ancestry"):
        return row.get("ancestry").rpartition("/")[2]
    return by_code.get(row.get("parent_id")) or row.get("parent_id") or None


def _term(row: Row, taxonomy: str, parent: str | None) -> Draft:
    fields = {
        "taxonomy_id": "categories",
        "taxonomy": taxonomy,
        "name": clean_line(row.get("name")),
        "code": _code(row) or None,
        "parent_id": parent,
    }
    return Draft("taxonomy_term", row.get("id"), dict(fields), row.origin)


def _link(
    reading: Reading, role: Mapping[str, str], seen: set[tuple[str, str]], service: str, category: str, origin: Origin
) -> Iterator[Draft]:
    if (service, category) in seen or category not in role:
        code = "unknown_category" if category not in role else "duplicate"
        text = "There is no such category." if category not in role else "The service carries this category already."
        reading.notes.leave_out("attribute", Problem(origin, "category_id", code, text))
        return
    seen.add((service, category))
    fields = {
        "link_entity": "service",
        "link_id": service,
        "link_type": role[category],
        "taxonomy_term_id": category,
    }
    yield Draft("attribute", part_id("service", service, "category", category), dict(fields), origin)


def _json_links(package: Package) -> dict[str, list[str]]:
    if LINKS_FILE not in package:
        return {}
    try:
        with package[LINKS_FILE].open() as file:
            found = json.loads(file.read(_LARGEST_LINKS))
    except (ValueError, RecursionError) as error:
        raise bad_file(LINKS_FILE, "not_json", "This is not JSON. Export it again.") from error
    if not isinstance(found, dict) or not all(isinstance(ids, list) for ids in found.values()):
        raise bad_file(LINKS_FILE, "not_links", "This must be one object: service id to a list of category ids.")
    return {service: [str(category) for category in ids] for service, ids in found.items()}
