"""What stands inside what: for each nested field of the standard, by which column its records are found."""

from dataclasses import dataclass
from functools import lru_cache

from resource_hub.exchange.hsds import standard
from resource_hub.exchange.hsds.values import Field

# The columns through which a record belongs to one of any table: its id, and the table.
LINKS = {"attribute": ("link_id", "link_entity"), "metadata": ("resource_id", "resource_type")}
_REFERENCES = {"taxonomy_detail": "taxonomy_id"}


@dataclass(frozen=True)
class Nested:
    """A nested field: its table, and the column that leads there.

    For one object the column is the owner's and holds the other's id; for many it is theirs and holds the owner's id.
    `entity` is their column that names the owner's table, where they may belong to any.
    """

    name: str
    table: str
    column: str
    many: bool
    entity: str


@lru_cache(maxsize=64)
def nested(table: str) -> tuple[Nested, ...]:
    """Return the nested fields of a table, in the standard's order."""
    return tuple(_nested(table, field) for field in standard.tables()[table].fields.values() if field.nested)


def _nested(table: str, field: Field) -> Nested:
    if field.type == "object":
        return Nested(field.name, field.of, _REFERENCES.get(field.name, f"{field.name}_id"), many=False, entity="")
    column, entity = LINKS.get(field.of, (f"{table}_id", ""))
    return Nested(field.name, field.of, column, many=True, entity=entity)


# An owner's table comes before the tables of what stands inside; so one pass finds everything.
ORDER = (
    "service",
    "service_at_location",
    "organization",
    "program",
    "location",
    "contact",
    "phone",
    "language",
    "address",
    "accessibility",
    "schedule",
    "service_area",
    "funding",
    "url",
    "cost_option",
    "required_document",
    "service_capacity",
    "unit",
    "organization_identifier",
    "attribute",
    "taxonomy_term",
    "taxonomy",
    "metadata",
)
