"""Makes a demo market larger: copies of its services, at the same places and for the same needs."""

from itertools import cycle, islice
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from resource_hub.core.ids import new_id
from resource_hub.inventory.models import Market, Service, ServiceAtLocation, ServiceNeed

Row = dict[str, Any]


def enlarge(session: Session, market_id: str, services: int) -> int:
    """Copy services until there are so many at locations; return how many there are then."""
    there = session.scalar(select(func.count()).where(ServiceAtLocation.market_id == market_id)) or 0
    places, offered, needs = (_rows(session, table, market_id) for table in (ServiceAtLocation, Service, ServiceNeed))
    by_id = {service["id"]: service for service in offered}
    answered: dict[str, list[Row]] = {}
    for need in needs:
        answered.setdefault(need["service_id"], []).append(need)
    copies = [(new_id(), place) for place in islice(cycle(places), max(services - there, 0))]
    if not copies:
        return there
    session.execute(insert(Service), [_copied(by_id[place["service_id"]], name) for name, place in copies])
    session.execute(insert(ServiceAtLocation), [_copied(place, name, service_id=name) for name, place in copies])
    wanted = [{**need, "service_id": name} for name, place in copies for need in answered.get(place["service_id"], ())]
    if wanted:
        session.execute(insert(ServiceNeed), wanted)
    session.execute(update(Market).where(Market.id == market_id).values(revision=Market.revision + 1))
    return there + len(copies)


def _rows(session: Session, table: Any, market_id: str) -> list[Row]:
    return [
        dict(row) for row in session.execute(select(table.__table__).where(table.market_id == market_id)).mappings()
    ]


def _copied(row: Row, name: str, **changed: object) -> Row:
    return {**row, "id": name, "source_id": name, **changed}
