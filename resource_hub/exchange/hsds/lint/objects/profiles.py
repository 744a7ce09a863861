"""What a profile of the standard changes: the UK's asks less of some objects, and names a few more fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from resource_hub.exchange.hsds.lint import schema
from resource_hub.exchange.hsds.lint.objects.walk import ALSO, ALSO_UK
from resource_hub.exchange.hsds.lint.values import Profile
from resource_hub.exchange.hsds.values import Table

_UK_FIELDS: Mapping[str, frozenset[str]] = {
    "accessibility": frozenset({"accessibility"}),
    "service_area": frozenset({"service_area"}),
    "taxonomy_term": frozenset({"term"}),
}
_UK_REQUIRED: Mapping[str, frozenset[str]] = {"taxonomy_term": frozenset({"id", "taxonomy"})}
_UK_NEEDS = frozenset({"service"})
# What the UK's own validator does not look at.
_UK_OPEN = frozenset({"duplicate_id", "page_contradiction"})


@dataclass(frozen=True)
class Demands:
    """What a feed must hold: the objects beside the standard's, more fields, and fields that are required instead.

    Faults of a table's own endpoint are errors where `strict` names it or is None, else warnings. So are breaches of
    the rules in `open`.
    """

    nested: Mapping[str, Mapping[str, str]]
    fields: Mapping[str, frozenset[str]] = field(default_factory=dict)
    instead: Mapping[str, frozenset[str]] = field(default_factory=dict)
    strict: frozenset[str] | None = None
    open: frozenset[str] = frozenset()

    def required(self, table: Table) -> frozenset[str]:
        """Return the fields that an object must have."""
        return self.instead.get(table.name) or schema.required(table.fields, tabular=False)

    def also(self, table: Table) -> frozenset[str]:
        """Return the fields that an object may have beside the standard's."""
        return self.fields.get(table.name, frozenset()) | frozenset(self.nested.get(table.name, ()))

    def soft(self, table: Table, code: str) -> bool:
        """Tell whether the profile leaves a rule open, or everything at this table's endpoint."""
        return code in self.open or (self.strict is not None and table.name not in self.strict)


CORE = Demands(ALSO)
UK = Demands({**ALSO, **ALSO_UK}, _UK_FIELDS, _UK_REQUIRED, _UK_NEEDS, _UK_OPEN)


def demands_of(profile: Profile, about: Mapping[str, object]) -> tuple[Profile, Demands]:
    """Return the demands of a profile; where it is to be found out, of what an API says of itself."""
    said = " ".join(str(about.get(name, "")) for name in ("version", "profile", "openapi_url")).lower()
    if profile is Profile.AUTO:
        profile = Profile.UK if "hsds-uk" in said or "openreferraluk" in said or "uk-profile" in said else Profile.CORE
    return profile, UK if profile is Profile.UK else CORE
