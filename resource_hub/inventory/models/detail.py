"""The smaller HSDS tables: costs, documents, accessibility, identifiers, links, funding, stated capacity."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from resource_hub.core.db import Base
from resource_hub.inventory.models.listed import LINE, ZONE, Listed


class CostOption(Listed, Base):
    """What it costs; `amount` in `currency` (ISO 4217)."""

    __tablename__ = "cost_option"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), index=True)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    option: Mapped[str | None]
    currency: Mapped[str | None] = mapped_column(String(3))
    amount: Mapped[float | None]
    amount_description: Mapped[str | None]


class RequiredDocument(Listed, Base):
    """A document to bring; `fact` names the fact that says whether the person has it (`has_id`)."""

    __tablename__ = "required_document"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), index=True)
    document: Mapped[str | None]
    uri: Mapped[str | None] = mapped_column(LINE)
    fact: Mapped[str | None] = mapped_column(String(40))


class Accessibility(Listed, Base):
    """How a place can be used by people with disabilities."""

    __tablename__ = "accessibility"

    location_id: Mapped[str] = mapped_column(ForeignKey("location.id"), index=True)
    description: Mapped[str | None]
    details: Mapped[str | None]
    url: Mapped[str | None] = mapped_column(LINE)


class OrganizationIdentifier(Listed, Base):
    """An identifier that somebody else gave an organization."""

    __tablename__ = "organization_identifier"

    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    identifier_scheme: Mapped[str | None] = mapped_column(LINE)
    identifier_type: Mapped[str] = mapped_column(LINE)
    identifier: Mapped[str] = mapped_column(LINE)


class Url(Listed, Base):
    """A further web address of an organization or service."""

    __tablename__ = "url"

    organization_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"), index=True)
    service_id: Mapped[str | None] = mapped_column(ForeignKey("service.id"), index=True)
    label: Mapped[str | None] = mapped_column(LINE)
    url: Mapped[str] = mapped_column(LINE)


class Funding(Listed, Base):
    """Where the money of an organization or service comes from."""

    __tablename__ = "funding"

    organization_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"), index=True)
    service_id: Mapped[str | None] = mapped_column(ForeignKey("service.id"), index=True)
    funding_source: Mapped[str | None]


class Unit(Listed, Base):
    """What capacity is counted in: beds, meals, appointments."""

    __tablename__ = "unit"

    name: Mapped[str] = mapped_column(LINE)
    scheme: Mapped[str | None] = mapped_column(LINE)
    identifier: Mapped[str | None] = mapped_column(LINE)
    uri: Mapped[str | None] = mapped_column(LINE)


class ServiceCapacity(Listed, Base):
    """Capacity as an HSDS feed states it; what is free now is the business of the domain `capacity`.

    `updated_zone` is how far from UTC the source wrote `updated`; None is UTC.
    """

    __tablename__ = "service_capacity"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), index=True)
    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"))
    available: Mapped[float]
    maximum: Mapped[float | None]
    description: Mapped[str | None]
    updated: Mapped[datetime]
    updated_zone: Mapped[str | None] = mapped_column(ZONE)


class MetaTableDescription(Listed, Base):
    """What a feed says of itself: its language and character set."""

    __tablename__ = "meta_table_description"

    name: Mapped[str | None] = mapped_column(LINE)
    language: Mapped[str | None] = mapped_column(String(100))
    character_set: Mapped[str | None] = mapped_column(String(100))
