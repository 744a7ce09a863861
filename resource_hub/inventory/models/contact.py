"""How to reach an organization, a service or a place: contacts, phones, languages spoken."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from resource_hub.core.db import Base
from resource_hub.inventory.models.listed import LINE, Listed


class Contact(Listed, Base):
    """A named contact of an organization, service or place."""

    __tablename__ = "contact"

    organization_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"), index=True)
    service_id: Mapped[str | None] = mapped_column(ForeignKey("service.id"), index=True)
    service_at_location_id: Mapped[str | None] = mapped_column(ForeignKey("service_at_location.id"), index=True)
    location_id: Mapped[str | None] = mapped_column(ForeignKey("location.id"), index=True)
    name: Mapped[str | None] = mapped_column(LINE)
    title: Mapped[str | None] = mapped_column(LINE)
    department: Mapped[str | None] = mapped_column(LINE)
    email: Mapped[str | None] = mapped_column(LINE)


class Phone(Listed, Base):
    """A telephone number; `type` is voice, fax, text, tty and so on."""

    __tablename__ = "phone"

    organization_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"), index=True)
    service_id: Mapped[str | None] = mapped_column(ForeignKey("service.id"), index=True)
    service_at_location_id: Mapped[str | None] = mapped_column(ForeignKey("service_at_location.id"), index=True)
    location_id: Mapped[str | None] = mapped_column(ForeignKey("location.id"), index=True)
    contact_id: Mapped[str | None] = mapped_column(ForeignKey("contact.id"), index=True)
    number: Mapped[str] = mapped_column(String(100))
    extension: Mapped[str | None] = mapped_column(String(20))
    type: Mapped[str | None] = mapped_column(String(20))
    description: Mapped[str | None]


class Language(Listed, Base):
    """A language that a service, a place or a telephone line speaks; `code` is its tag (BCP 47)."""

    __tablename__ = "language"

    service_id: Mapped[str | None] = mapped_column(ForeignKey("service.id"), index=True)
    location_id: Mapped[str | None] = mapped_column(ForeignKey("location.id"), index=True)
    phone_id: Mapped[str | None] = mapped_column(ForeignKey("phone.id"), index=True)
    name: Mapped[str | None] = mapped_column(LINE)
    code: Mapped[str | None] = mapped_column(String(35))
    note: Mapped[str | None]
