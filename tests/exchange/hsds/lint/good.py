"""A package and objects without a fault, to be spoiled in one place."""

import csv
import json
from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from resource_hub.exchange.hsds.lint.report import Report
from resource_hub.exchange.hsds.lint.service import lint_path
from resource_hub.exchange.hsds.lint.values import Profile

TODAY = date(2026, 11, 26)

Tables = dict[str, list[dict[str, Any]]]
Kinds = dict[tuple[str, str, str], int]


def key(number: int) -> str:
    return str(UUID(int=number, version=4))


ORG, SERVICE, PLACE, OTHER_PLACE, LINK, UNIT, TERM, TAXONOMY = (key(number) for number in range(1, 9))

TABLES: Tables = {
    "organizations": [
        {"id": ORG, "name": "Harbor Table", "description": "Food.", "email": "a@example.org", "year_incorporated": 1999,
         "website": "https://example.org", "parent_organization_id": ""},
    ],
    "services": [
        {"id": SERVICE, "organization_id": ORG, "name": "Pantry", "description": "Bags of food.", "status": "active",
         "url": "https://example.org/pantry", "minimum_age": 18, "maximum_age": 65, "assured_date": "2026-10-01",
         "last_modified": "2026-10-01T10:00:00Z"},
    ],
    "locations": [
        {"id": PLACE, "location_type": "physical", "name": "Hall", "latitude": 39.29, "longitude": -76.61},
        {"id": OTHER_PLACE, "location_type": "physical", "name": "Annex", "latitude": 39.3, "longitude": -76.6},
    ],
    "service_at_location": [
        {"id": LINK, "service_id": SERVICE, "location_id": PLACE},
        {"id": key(20), "service_id": SERVICE, "location_id": OTHER_PLACE},
    ],
    "addresses": [
        {"id": key(21), "location_id": PLACE, "address_1": "1 Pier", "city": "Baltimore", "state_province": "MD",
         "postal_code": "21202", "country": "US", "address_type": "physical"},
        {"id": key(22), "location_id": OTHER_PLACE, "address_1": "2 Pier", "city": "Baltimore", "state_province": "MD",
         "postal_code": "21202-1234", "country": "US", "address_type": "physical"},
    ],
    "phones": [{"id": key(23), "service_id": SERVICE, "number": "410 555 0100"}],
    "schedules": [
        {"id": key(24), "service_id": SERVICE, "freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00",
         "closes_at": "17:00", "valid_from": "2026-01-01", "valid_to": "2026-12-31", "interval": 1, "bymonthday": "",
         "until": "", "count": "", "dtstart": ""},
    ],
    "languages": [{"id": key(25), "service_id": SERVICE, "name": "Spanish", "code": "es"}],
    "cost_options": [{"id": key(26), "service_id": SERVICE, "currency": "USD", "amount": 5}],
    "service_capacity": [
        {"id": key(27), "service_id": SERVICE, "unit_id": UNIT, "available": 3, "maximum": 10,
         "description": "Beds for a night", "updated": "2026-11-01T08:00:00-05:00"},
    ],
    "units": [{"id": UNIT, "name": "Bed", "identifier": "bed"}],
    "taxonomies": [{"id": TAXONOMY, "name": "Needs", "description": "What people need."}],
    "taxonomy_terms": [
        {"id": TERM, "name": "Food", "description": "Food.", "taxonomy_id": TAXONOMY, "parent_id": "",
         "language": "en"},
    ],
    "attributes": [
        {"id": key(28), "link_id": SERVICE, "link_entity": "service", "taxonomy_term_id": TERM, "value": "yes"},
    ],
}  # fmt: skip

OBJECT: dict[str, Any] = {
    "id": SERVICE, "name": "Pantry", "status": "active", "minimum_age": 18, "organization_id": ORG,
    "organization": {"id": ORG, "name": "Harbor Table", "description": "Food.", "website": "https://example.org"},
    "phones": [
        {"id": key(23), "number": "410 555 0100", "languages": [{"id": key(25), "code": "es"}]},
        {"id": key(29), "number": "211"},
    ],
    "service_at_locations": [
        {"id": LINK, "location": {
            "id": PLACE, "location_type": "physical", "name": "Hall", "latitude": 39.29, "longitude": -76.61,
            "addresses": [{"id": key(21), "address_1": "1 Pier", "city": "Baltimore", "state_province": "MD",
                           "postal_code": "21202", "country": "US", "address_type": "physical"}]}},
    ],
    "capacities": [
        {"id": key(27), "available": 3, "maximum": 10, "description": "Beds", "updated": "2026-11-01T08:00:00Z",
         "unit": {"id": UNIT, "name": "Bed"}},
    ],
}  # fmt: skip


def tables() -> Tables:
    return deepcopy(TABLES)


def write(folder: Path, tables: Mapping[str, list[dict[str, Any]]]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(dict.fromkeys(column for row in rows for column in row)))
            writer.writeheader()
            writer.writerows(rows)
    return folder


def write_json(path: Path, document: object) -> Path:
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def lint(path: Path, profile: Profile = Profile.AUTO) -> Report:
    return lint_path(path, profile, TODAY)


def kinds(report: Report) -> Kinds:
    return {(kind.code, kind.file, kind.field): count for kind, count in report.counts.items()}
