"""What nobody outside may see of a confidential place: decided here, for every format and every answer."""

from collections.abc import Mapping

from resource_hub.exchange.hsds.writing.nesting import LINKS
from resource_hub.inventory.queries.hidden import Hidden
from resource_hub.inventory.queries.publishing import Record

# Without these an object would be none: an id, and the word that every location needs.
_LEFT_OF_LOCATION = frozenset({"id", "public_id", "market_id", "location_type"})
_LEFT_OF_SERVICE_AT_LOCATION = _LEFT_OF_LOCATION | {"service_id", "location_id"}


def shown(table: str, record: Record, hidden: Hidden) -> Record | None:
    """Return a record as everybody may see it; None where nothing of it may be seen."""
    if table == "location" and hidden.has(table, record["id"]):
        return _only(record, _LEFT_OF_LOCATION)
    if table == "service_at_location":
        return _only(record, _LEFT_OF_SERVICE_AT_LOCATION) if hidden.has(table, record["id"]) else record
    if table in LINKS:
        link, entity = LINKS[table]
        return None if hidden.has(str(record[entity]), record[link]) else record
    leads = hidden.leads(record)
    if not leads:
        return record
    # What names a service is the service's, and says no more that it is the place's too.
    return {**record, **dict.fromkeys(leads)} if record.get("service_id") else None


def _only(record: Record, names: frozenset[str]) -> Mapping[str, object]:
    return {name: value if name in names else None for name, value in record.items()}
