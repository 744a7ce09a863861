"""People, sealed field by field; a record number is found again by its keyed index only."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from resource_hub.core.db import Base
from resource_hub.core.encryption import Place

ID = String(36)


class PersonRecord(Base):
    """The person served. Every `sealed_…` column opens only with the vault, at its own table, column and row.

    `organization_id` is the organization that recorded them; None is the care team of the market.
    """

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("market_id", "record_number_index"),
        Index("ix_person_created_by_changed_at", "created_by", "changed_at"),
        Index("ix_person_changed_by_changed_at", "changed_by", "changed_at"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    market_id: Mapped[str] = mapped_column(ForeignKey("market.id"), index=True)
    organization_id: Mapped[str | None] = mapped_column(String(36), index=True)
    record_number_index: Mapped[str | None] = mapped_column(String(64))
    sealed_record_number: Mapped[bytes | None]
    sealed_name: Mapped[bytes]
    sealed_birth: Mapped[bytes | None]
    sealed_postal_code: Mapped[bytes | None]
    sealed_language: Mapped[bytes | None]
    created_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))
    created_at: Mapped[datetime]
    changed_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))
    changed_at: Mapped[datetime]

    facts: Mapped[list["PersonFact"]] = relationship(cascade="all, delete-orphan")
    routes: Mapped[list["ContactRoute"]] = relationship(cascade="all, delete-orphan", order_by="ContactRoute.rank")


class PersonFact(Base):
    """One fact that decides eligibility, with the day it was last known to be so."""

    __tablename__ = "person_fact"
    __table_args__ = (UniqueConstraint("person_id", "name"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(40))
    sealed_value: Mapped[bytes]
    as_of: Mapped[date]


class ContactRoute(Base):
    """A way to reach the person; `kind` is phone, text, email or other; the first in `rank` is tried first."""

    __tablename__ = "contact_route"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    rank: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    sealed_value: Mapped[bytes]
    sealed_note: Mapped[bytes | None]
    sealed_proxy: Mapped[bytes | None]
    sealed_best_time: Mapped[bytes | None]
    safe_to_leave_message: Mapped[bool] = mapped_column(default=False)


class ConsentRecord(Base):
    """Permission to share named fields with one organization, for a purpose, until a day."""

    __tablename__ = "consent"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    fields: Mapped[list[str]]
    purpose: Mapped[str] = mapped_column(String(40))
    basis: Mapped[str] = mapped_column(String(40))
    how_given: Mapped[str] = mapped_column(String(20))
    given_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    recorded_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))


def place(record: PersonRecord | PersonFact | ContactRoute, column: str) -> Place:
    """Return the one place where a sealed column of a record opens."""
    return Place(record.__tablename__, column, record.id)
