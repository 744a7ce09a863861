"""What is offered."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from resource_hub.core.db import Base
from resource_hub.inventory.models.listed import LINE, ZONE, Listed, Mergeable


class Service(Mergeable, Listed, Base):
    """A service of one organization. `status` is active, inactive, defunct or temporarily closed.

    `last_modified_zone` is how far from UTC the source wrote `last_modified`, such as "-05:00"; None is UTC.
    """

    __tablename__ = "service"
    __table_args__ = (Index("ix_service_market_id_id", "market_id", "id"),)

    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    program_id: Mapped[str | None] = mapped_column(ForeignKey("program.id"))
    name: Mapped[str] = mapped_column(LINE)
    alternate_name: Mapped[str | None] = mapped_column(LINE)
    description: Mapped[str | None]
    url: Mapped[str | None] = mapped_column(LINE)
    email: Mapped[str | None] = mapped_column(LINE)
    status: Mapped[str] = mapped_column(String(30), default="active")
    interpretation_services: Mapped[str | None]
    application_process: Mapped[str | None]
    fees_description: Mapped[str | None]
    wait_time: Mapped[str | None]
    fees: Mapped[str | None]
    accreditations: Mapped[str | None]
    eligibility_description: Mapped[str | None]
    minimum_age: Mapped[float | None]
    maximum_age: Mapped[float | None]
    assured_date: Mapped[date | None]
    assurer_email: Mapped[str | None] = mapped_column(LINE)
    licenses: Mapped[str | None]
    alert: Mapped[str | None]
    last_modified: Mapped[datetime | None]
    last_modified_zone: Mapped[str | None] = mapped_column(ZONE)
