"""Which table of the standard a file or an object is, told by its name or its shape."""

from collections.abc import Mapping
from enum import Enum, auto

from resource_hub.exchange.hsds import standard
from resource_hub.exchange.hsds.values import Table

_ENOUGH = 3
_ENDS = ("_list", "_full", "_details")
_PLURALS = (("ies", "y"), ("es", ""), ("s", ""))
_WHOLE = ("service", "organization", "location", "service_at_location", "taxonomy_term", "taxonomy", "program")
_OLD_2 = frozenset(
    {"service_attributes", "service_attribute", "other_attributes", "other_attribute", "schedules", "schedule"}
)
_OLD = frozenset(
    {
        "physical_addresses", "postal_addresses", "regular_schedules", "holiday_schedules", "services_taxonomy",
        "service_taxonomy", "eligibility", "payments_accepted", "accessibility_for_disabilities",
        "physical_address", "postal_address", "regular_schedule", "holiday_schedule", "payment_accepted",
        "service_attributes", "service_attribute", "other_attributes", "other_attribute",
    }
)  # fmt: skip


class Shape(Enum):
    """What kind of JSON a document is."""

    PAGE = auto()
    LIST = auto()
    TABLES = auto()
    ABOUT = auto()
    OBJECT = auto()
    OTHER = auto()


def shape_of(document: object) -> Shape:
    """Tell a page of an API, a list, tables, what an API says of itself, and an object apart."""
    if isinstance(document, list):
        return Shape.LIST
    if not isinstance(document, dict) or not document:
        return Shape.OTHER
    if "contents" in document:
        return Shape.PAGE
    if all(str(name).endswith(".csv") and isinstance(rows, list) for name, rows in document.items()):
        return Shape.TABLES
    if "openapi_url" in document or ("profile" in document and "version" in document):
        return Shape.ABOUT
    return Shape.OBJECT


def table_of_file(stem: str) -> Table | None:
    """Return the table that a file is named after, in the singular or plural; None where there is none."""
    for end in _ENDS:
        stem = stem.removesuffix(end)
    tables = standard.tables()
    for table in tables.values():
        if stem == table.file.removesuffix(".csv"):
            return table
    ends = ((stem.removesuffix(plural) + single) for plural, single in _PLURALS if stem.endswith(plural))
    return next((tables[name] for name in (stem, *ends) if name in tables), None)


def table_of_object(values: Mapping[str, object]) -> Table | None:
    """Return the table whose fields an object has most of; None where it looks like none."""
    tables = standard.tables()
    best = max((tables[name] for name in _WHOLE), key=lambda table: _likeness(table, values))
    known = sum(name in best.fields for name in values)
    return best if _likeness(best, values) > 0 and ("id" in values or known >= _ENOUGH) else None


def _likeness(table: Table, values: Mapping[str, object]) -> int:
    known = sum(name in table.fields for name in values)
    return 2 * known - len(values)


def old_version(stems: set[str]) -> str | None:
    """Return 1.1 or 2.0 where files are named as in these versions; None where they are not."""
    if not stems & _OLD:
        return None
    return "2.0" if stems & _OLD_2 else "1.1"
