"""Statements, the places that are free now, and holds on them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from resource_hub.core.db import Base

ID = String(36)


class CapacityStatement(Base):
    """What somebody said about room at a service_at_location, when; never changed, the newest counts.

    `status` is an HL7 SDOHCC code: capacity, no-capacity, waitlist or additional-assessment-required.
    `available` counts places beside the handoffs that the organization already has.
    """

    __tablename__ = "capacity_statement"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    service_at_location_id: Mapped[str] = mapped_column(ForeignKey("service_at_location.id"), index=True)
    status: Mapped[str] = mapped_column(String(40))
    available: Mapped[int | None]
    maximum: Mapped[int | None]
    unit: Mapped[str | None] = mapped_column(String(60))
    waiting_days: Mapped[int | None]
    as_of: Mapped[datetime]
    source: Mapped[str] = mapped_column(String(40))
    stated_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))


class Room(Base):
    """What is free now at a service_at_location. `free` None means that nobody counts; a hold is then not counted.

    `changed_at` is when any of it last changed, so that whoever keeps a copy can follow.
    """

    __tablename__ = "room"
    __table_args__ = (
        CheckConstraint("free >= 0", "free"),
        CheckConstraint("maximum IS NULL OR free <= maximum", "maximum"),
        Index("ix_room_changes", "market_id", "changed_at"),
    )

    service_at_location_id: Mapped[str] = mapped_column(ForeignKey("service_at_location.id"), primary_key=True)
    market_id: Mapped[str] = mapped_column(ForeignKey("market.id"), index=True)
    status: Mapped[str] = mapped_column(String(40))
    free: Mapped[int | None]
    maximum: Mapped[int | None]
    waiting_days: Mapped[int | None]
    as_of: Mapped[datetime]
    changed_at: Mapped[datetime | None]


class Hold(Base):
    """A place kept for one referral. `state` is held, waiting, used, released or expired."""

    __tablename__ = "hold"
    __table_args__ = (CheckConstraint("state IN ('held', 'waiting', 'used', 'released', 'expired')", "state"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    # Checked at the commit: a request takes its place before its consent and referral are written.
    referral_id: Mapped[str] = mapped_column(
        ForeignKey("referral.id", deferrable=True, initially="DEFERRED"), unique=True
    )
    service_at_location_id: Mapped[str] = mapped_column(ForeignKey("service_at_location.id"), index=True)
    state: Mapped[str] = mapped_column(String(20))
    counted: Mapped[bool]
    held_at: Mapped[datetime]
    expires_at: Mapped[datetime | None] = mapped_column(index=True)
