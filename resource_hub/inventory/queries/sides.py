"""One side of a pair as a steward looks at it: its fields, how to find and reach it, and what hangs on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_hub.inventory.errors import NoSuchPair
from resource_hub.inventory.models import Address, Location, Organization, Phone, ServiceAtLocation
from resource_hub.inventory.queries.cards import one_line
from resource_hub.inventory.queries.duplicates import places_on, services_on, table_of
from resource_hub.inventory.rules.merging import FIELDS
from resource_hub.inventory.values import RecordKind


@dataclass(frozen=True)
class Side:
    """A record of a pair. `values` are the fields to choose between; `places` are its services_at_location."""

    id: str
    name: str
    changed_at: datetime
    merged_into: str | None
    owner: str | None
    values: Mapping[str, Any]
    addresses: tuple[str, ...]
    phones: tuple[str, ...]
    services: tuple[str, ...]
    places: tuple[str, ...]

    @property
    def said(self) -> int:
        """How much it says: how many fields are filled in, and how much hangs on it."""
        filled = sum(1 for value in self.values.values() if value not in {None, ""})
        return filled + len(self.addresses) + len(self.phones) + len(self.services) + len(self.places)


def side_of(session: Session, kind: RecordKind, record_id: str) -> Side:
    """Return one side of a pair; refuses with NoSuchPair where the record is not there any more."""
    table = table_of(kind)
    row = session.execute(select(table).where(table.c.id == record_id)).mappings().one_or_none()
    if row is None:
        raise NoSuchPair("There is no such pair of records.")
    owner = session.get(Organization, row.get("organization_id") or "")
    addresses = session.scalars(select(Address).where(Address.location_id.in_(_places(kind, record_id))))
    phone = Phone.__table__.c[f"{kind.value}_id"] == record_id
    phones = session.scalars(select(Phone.number).where(phone).order_by(Phone.id))
    return Side(
        id=record_id,
        name=row["name"] or "",
        changed_at=row["changed_at"],
        merged_into=row["merged_into"],
        owner=owner.name if owner else None,
        values={name: row[name] for name in FIELDS[kind]},
        addresses=tuple(sorted({one_line(address) for address in addresses})),
        phones=tuple(dict.fromkeys(phones)),
        services=tuple(services_on(session, kind, record_id)),
        places=tuple(places_on(session, kind, record_id)),
    )


def _places(kind: RecordKind, record_id: str) -> Any:
    return {
        RecordKind.LOCATION: [record_id],
        RecordKind.SERVICE: select(ServiceAtLocation.location_id).where(ServiceAtLocation.service_id == record_id),
        RecordKind.ORGANIZATION: select(Location.id).where(Location.organization_id == record_id),
    }[kind]
