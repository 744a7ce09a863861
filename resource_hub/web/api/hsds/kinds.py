"""The lists there are, and by what each can be filtered."""

from dataclasses import dataclass

_EVERYWHERE = ("search", "market", "page", "per_page", "format")


@dataclass(frozen=True)
class Kind:
    """A list: its name in addresses, its table, what one record is called, and its parameters."""

    name: str
    table: str
    one: str
    filters: tuple[str, ...]

    @property
    def parameters(self) -> tuple[str, ...]:
        """Every parameter of the list."""
        return (*_EVERYWHERE, *self.filters)


_CLASSIFIED = ("taxonomy_term_id", "taxonomy_id")
_REACH = ("postcode", "proximity")

SERVICES = Kind(
    "services", "service", "service",
    (*_CLASSIFIED, "organization_id", "modified_after", "minimal", "full", *_REACH),
)  # fmt: skip
ORGANIZATIONS = Kind(
    "organizations", "organization", "organization", (*_CLASSIFIED, "modified_after", "full", "full_service")
)
SERVICE_AT_LOCATIONS = Kind(
    "service_at_locations", "service_at_location", "service at a location",
    (*_CLASSIFIED, "organization_id", "modified_after", "full", *_REACH),
)  # fmt: skip
TAXONOMIES = Kind("taxonomies", "taxonomy", "taxonomy", ())
TAXONOMY_TERMS = Kind("taxonomy_terms", "taxonomy_term", "taxonomy term", ("taxonomy_id", "parent_id", "top_only"))

# What a steward may merge into another record.
MERGEABLE = (SERVICES, ORGANIZATIONS, SERVICE_AT_LOCATIONS)
KINDS = (SERVICES, ORGANIZATIONS, SERVICE_AT_LOCATIONS, TAXONOMIES, TAXONOMY_TERMS)
