"""Where each value came from, and when each kind of fact was last checked."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from resource_hub.core.db import Base
from resource_hub.inventory.models.listed import ID


class Change(Base):
    """HSDS metadata: which field of which record changed from what to what, when, by whom, from which source.

    A feed's own history has the source `feed` and its own id in `source_id`; it decides nothing here. Where it is about
    a record that is not there, `resource_id` is what the feed says.
    """

    __tablename__ = "metadata"
    __table_args__ = (Index("ix_metadata_resource", "resource_type", "resource_id"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    market_id: Mapped[str] = mapped_column(ForeignKey("market.id"), index=True)
    resource_type: Mapped[str] = mapped_column(String(40))
    resource_id: Mapped[str] = mapped_column(ID)
    last_action_date: Mapped[datetime]
    last_action_type: Mapped[str] = mapped_column(String(20))
    field_name: Mapped[str] = mapped_column(String(60))
    previous_value: Mapped[str]
    replacement_value: Mapped[str]
    updated_by: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(60))
    source_id: Mapped[str | None] = mapped_column(String(200), index=True)


class Verification(Base):
    """When a kind of fact of a service was last checked: listing, hours, phone, address or eligibility."""

    __tablename__ = "verification"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), primary_key=True)
    fact_kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    market_id: Mapped[str] = mapped_column(ForeignKey("market.id"), index=True)
    verified_on: Mapped[date]
    source: Mapped[str] = mapped_column(String(60))
