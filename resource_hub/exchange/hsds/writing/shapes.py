"""The shapes in which the API of the standard answers: a few words, plain, or whole."""

from collections.abc import Sequence
from enum import Enum

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_hub.exchange.hsds.writing.fields import instant
from resource_hub.exchange.hsds.writing.gathering import Gathered, Sight, gather
from resource_hub.exchange.hsds.writing.names import ours
from resource_hub.exchange.hsds.writing.objects import Object, Writer
from resource_hub.exchange.hsds.writing.tables import published
from resource_hub.inventory.models import Service
from resource_hub.inventory.queries.publishing import Record, records_with

# An organization with more services names them only; each is at its own address.
MOST_SERVICES = 200


class Shape(Enum):
    """How much of a record is told."""

    MINIMAL = "minimal"
    PLAIN = "plain"
    FULL = "full"
    FULL_SERVICE = "full_service"


def minimal(session: Session, ids: Sequence[str]) -> list[Object]:
    """Return the ids of services, each with the moment when it was last changed, at its source or here."""
    found = session.execute(select(Service.id, Service.last_modified, Service.changed_at).where(Service.id.in_(ids)))
    modified = {one: max(filter(None, (there, here))) for one, there, here in found}
    return [{"id": one, "modified_date": instant(modified[one])} for one in ids]


def answers(session: Session, table: str, ids: Sequence[str], shape: Shape, see: Sight) -> list[Object]:
    """Return records as objects, in the order of their ids. The number of statements does not depend on how many."""
    if shape is Shape.MINIMAL:
        return minimal(session, ids)
    gathered = Gathered(see)
    gathered.add(table, records_with(session, published()[table], "id", ids, own_ids=True))
    roots = {table, *_beside(session, gathered, table, shape)}
    plain = shape is Shape.PLAIN
    gather(session, gathered, roots, plain=plain, own_ids=True)
    writer = Writer(gathered, ours, plain=plain)
    records = gathered.records[table]
    named = {} if plain or table != "organization" else _services_named(session, records)
    return [_written(writer, gathered, table, records[one], named) for one in ids if one in records]


def _beside(session: Session, gathered: Gathered, table: str, shape: Shape) -> set[str]:
    """Load the services that the API puts inside other objects, which the standard's tables do not."""
    records = gathered.records[table].values()
    if table == "service_at_location":
        ids = [str(record["service_id"]) for record in records]
        gathered.add("service", records_with(session, published()["service"], "id", ids, own_ids=True))
        return {"service"}
    if shape is Shape.FULL_SERVICE:
        services = _services(session, list(gathered.records[table]))
        for some in services.values():
            if len(some) <= MOST_SERVICES:
                gathered.add("service", some)
        return {"service"}
    return {"service"} if table == "organization" else set()


def _services(session: Session, organizations: Sequence[str]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {one: [] for one in organizations}
    for record in records_with(session, published()["service"], "organization_id", organizations, own_ids=True):
        found[str(record["organization_id"])].append(record)
    return found


def _services_named(session: Session, organizations: dict[str, Record]) -> dict[str, list[Object]]:
    return {
        one: [{name: record[name] for name in ("id", "name", "status")} for record in records]
        for one, records in _services(session, list(organizations)).items()
    }


def _written(writer: Writer, gathered: Gathered, table: str, record: Record, named: dict[str, list[Object]]) -> Object:
    whole = writer.whole(table, record)
    services = gathered.records.get("service", {})
    if table == "service_at_location":
        service = writer.whole("service", services[str(record["service_id"])], table)
        inside = {name: value for name, value in service.items() if name != "service_at_locations"}
        return {**{name: value for name, value in whole.items() if name != "service_id"}, "service": inside}
    if named.get(str(record["id"])):
        short = named[str(record["id"])]
        return {**whole, "services": [_service(writer, services.get(str(one["id"])), one) for one in short]}
    return whole


def _service(writer: Writer, record: Record | None, short: Object) -> Object:
    return writer.whole("service", record, "organization") if record is not None else short
