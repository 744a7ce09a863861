"""What changed since a moment: a record counts as changed when something of it did."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from resource_hub.inventory.models import (
    Accessibility,
    Address,
    Change,
    Contact,
    CostOption,
    Funding,
    Language,
    Location,
    Organization,
    OrganizationIdentifier,
    Phone,
    Program,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceCapacity,
    Url,
)

_PARTS: dict[str, tuple[Any, ...]] = {
    "service": (
        Contact, CostOption, Funding, Language, Phone, RequiredDocument, Schedule, ServiceArea, ServiceAtLocation,
        ServiceCapacity, Url,
    ),
    "organization": (Contact, Funding, OrganizationIdentifier, Phone, Program, Url),
    "service_at_location": (Contact, Phone, Schedule, ServiceArea),
    "location": (Accessibility, Address, Contact, Language, Phone, Schedule),
}  # fmt: skip


def changed_since(table: str, model: Any, moment: datetime) -> ColumnElement[bool]:
    """Return whether a record, or what stands inside it, changed at a moment or later."""
    return or_(*_changes(table, model, moment))


def _changes(table: str, model: Any, moment: datetime) -> Iterator[ColumnElement[bool]]:
    yield model.changed_at >= moment
    removed = select(Change.resource_id).where(Change.resource_type == table, Change.last_action_date >= moment)
    yield model.id.in_(removed)
    for part in _PARTS.get(table, ()):
        owner = getattr(part, f"{table}_id")
        yield model.id.in_(select(owner).where(part.changed_at >= moment, owner.is_not(None)))
    if table == "service":
        yield model.organization_id.in_(_changed("organization", Organization, moment))
        there = select(ServiceAtLocation.service_id)
        yield model.id.in_(there.where(ServiceAtLocation.location_id.in_(_changed("location", Location, moment))))
    elif table == "service_at_location":
        yield model.service_id.in_(_changed("service", Service, moment))
        yield model.location_id.in_(_changed("location", Location, moment))


def _changed(table: str, model: Any, moment: datetime) -> Select[Any]:
    return select(model.id).where(changed_since(table, model, moment))
