"""Who provides: organizations (CBOs) and their programs."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from resource_hub.core.db import Base
from resource_hub.inventory.models.listed import LINE, Listed, Mergeable


class Organization(Mergeable, Listed, Base):
    """A community-based organization, or a public body, that provides services."""

    __tablename__ = "organization"
    __table_args__ = (Index("ix_organization_market_id_id", "market_id", "id"),)

    name: Mapped[str] = mapped_column(LINE)
    alternate_name: Mapped[str | None] = mapped_column(LINE)
    description: Mapped[str | None]
    email: Mapped[str | None] = mapped_column(LINE)
    website: Mapped[str | None] = mapped_column(LINE)
    tax_status: Mapped[str | None] = mapped_column(LINE)
    tax_id: Mapped[str | None] = mapped_column(LINE)
    year_incorporated: Mapped[int | None]
    legal_status: Mapped[str | None] = mapped_column(LINE)
    logo: Mapped[str | None] = mapped_column(LINE)
    uri: Mapped[str | None] = mapped_column(LINE)
    parent_organization_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"))


class Program(Listed, Base):
    """A group of services of one organization."""

    __tablename__ = "program"

    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    name: Mapped[str] = mapped_column(LINE)
    alternate_name: Mapped[str | None] = mapped_column(LINE)
    description: Mapped[str | None]
