"""Which fields two records have to choose between, and whose is better by default."""

from collections.abc import Mapping
from datetime import datetime

from resource_hub.inventory.values import RecordKind

# In the order in which they are shown.
FIELDS: Mapping[RecordKind, tuple[str, ...]] = {
    RecordKind.ORGANIZATION: (
        "name", "alternate_name", "description", "website", "email", "tax_status", "tax_id", "year_incorporated",
        "legal_status", "logo", "uri",
    ),
    RecordKind.LOCATION: (
        "name", "alternate_name", "description", "url", "transportation", "latitude", "longitude", "location_type",
    ),
    RecordKind.SERVICE: (
        "name", "alternate_name", "description", "url", "email", "status", "interpretation_services",
        "application_process", "fees_description", "wait_time", "fees", "accreditations", "eligibility_description",
        "minimum_age", "maximum_age", "assured_date", "licenses", "alert",
    ),
}  # fmt: skip
# Fields that say nothing apart from each other.
_TOGETHER = (("latitude", "longitude"), ("minimum_age", "maximum_age", "eligibility_description"))


def better_from_gone(
    kept: Mapping[str, object], gone: Mapping[str, object], changed: tuple[datetime, datetime], kind: RecordKind
) -> frozenset[str]:
    """Return the fields that by default come from the record that goes: where the kept one says nothing, or less.

    A description is fuller where it is longer; of other values that both have, the kept one stays unless the other
    record changed later and the kept one's was never looked at after.
    """
    wanted = {
        name
        for name in FIELDS[kind]
        if not _is_empty(gone[name]) and (_is_empty(kept[name]) or _is_fuller(name, kept[name], gone[name], changed))
    }
    for group in _TOGETHER:
        has = [name for name in group if name in FIELDS[kind]]
        if has and any(not _is_empty(kept[name]) for name in has):
            # One's latitude with the other's longitude is a place of neither.
            wanted -= set(has)
    return frozenset(wanted)


def _is_fuller(name: str, kept: object, gone: object, changed: tuple[datetime, datetime]) -> bool:
    if name == "description" and isinstance(kept, str) and isinstance(gone, str):
        return len(gone) > len(kept)
    return name in {"website", "url", "email", "wait_time", "alert"} and changed[1] > changed[0]


def _is_empty(value: object) -> bool:
    return value is None or value == ""
