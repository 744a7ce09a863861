"""Where: locations, addresses, the areas served, and the service at a location, the unit that is matched."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from resource_hub.core.db import Base
from resource_hub.inventory.models.listed import LINE, Listed, Mergeable


class Location(Mergeable, Listed, Base):
    """A place; a confidential one (a shelter) is never shown, not even as a distance.

    `point_source` says where coordinates come from that nobody stated: geocoder, or postal_code where they are only
    the centre of its ZIP Code; None for those of the source or of a steward.
    """

    __tablename__ = "location"
    __table_args__ = (
        CheckConstraint("latitude BETWEEN -90 AND 90", "latitude"),
        CheckConstraint("longitude BETWEEN -180 AND 180", "longitude"),
    )

    organization_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"), index=True)
    location_type: Mapped[str] = mapped_column(String(20), default="physical")
    name: Mapped[str | None] = mapped_column(LINE)
    alternate_name: Mapped[str | None] = mapped_column(LINE)
    description: Mapped[str | None]
    url: Mapped[str | None] = mapped_column(LINE)
    transportation: Mapped[str | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    point_source: Mapped[str | None] = mapped_column(String(20))
    external_identifier: Mapped[str | None] = mapped_column(LINE)
    external_identifier_type: Mapped[str | None] = mapped_column(LINE)
    confidential: Mapped[bool] = mapped_column(default=False)


class Address(Listed, Base):
    """The address of a location; `address_type` is physical, postal or virtual."""

    __tablename__ = "address"

    location_id: Mapped[str] = mapped_column(ForeignKey("location.id"), index=True)
    attention: Mapped[str | None] = mapped_column(LINE)
    address_1: Mapped[str] = mapped_column(LINE)
    address_2: Mapped[str | None] = mapped_column(LINE)
    city: Mapped[str] = mapped_column(LINE)
    region: Mapped[str | None] = mapped_column(LINE)
    state_province: Mapped[str] = mapped_column(LINE)
    postal_code: Mapped[str] = mapped_column(String(20))
    country: Mapped[str] = mapped_column(String(2), default="US")
    address_type: Mapped[str] = mapped_column(String(20), default="physical")


class ServiceAtLocation(Mergeable, Listed, Base):
    """One service at one location; `modes` are in_person, phone, online and home (brought to the person).

    `location_id` is None where a service is offered without a place, by phone or online.
    """

    __tablename__ = "service_at_location"
    __table_args__ = (Index("ix_service_at_location_market_id_id", "market_id", "id"),)

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), index=True)
    location_id: Mapped[str | None] = mapped_column(ForeignKey("location.id"), index=True)
    description: Mapped[str | None]
    modes: Mapped[list[str]] = mapped_column(default=lambda: ["in_person"])


class ServiceArea(Listed, Base):
    """An area served: `extent_type` is state, county or postal_code and `extent` its name; None says it in words."""

    __tablename__ = "service_area"

    service_id: Mapped[str | None] = mapped_column(ForeignKey("service.id"), index=True)
    service_at_location_id: Mapped[str | None] = mapped_column(ForeignKey("service_at_location.id"), index=True)
    name: Mapped[str | None] = mapped_column(LINE)
    description: Mapped[str | None]
    extent: Mapped[str | None]
    extent_type: Mapped[str | None] = mapped_column(String(30))
    uri: Mapped[str | None] = mapped_column(LINE)
