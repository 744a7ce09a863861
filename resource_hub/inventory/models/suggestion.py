"""What was suggested to stewards, what they decided in bulk, and the points that were looked up by address."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from resource_hub.core.db import Base
from resource_hub.inventory.models.listed import ID, LINE


class ServiceNeedSuggestion(Base):
    """A need that a service seems to answer. `status` is open, approved or rejected; a rejected one stays rejected."""

    __tablename__ = "service_need_suggestion"
    __table_args__ = (
        CheckConstraint("probability >= 0 AND probability <= 1", "probability"),
        Index("ix_service_need_suggestion_market_id", "market_id", "status", "need"),
    )

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), primary_key=True)
    need: Mapped[str] = mapped_column(String(60), primary_key=True)
    market_id: Mapped[str] = mapped_column(ForeignKey("market.id"))
    probability: Mapped[float]
    because: Mapped[list[str]]
    status: Mapped[str] = mapped_column(String(20), default="open")
    suggested_at: Mapped[datetime]


class SuggestionRun(Base):
    """When a market's services were last looked through for needs, and at which of its revisions."""

    __tablename__ = "suggestion_run"

    market_id: Mapped[str] = mapped_column(ForeignKey("market.id"), primary_key=True)
    revision: Mapped[int]
    ran_at: Mapped[datetime]


class BulkDecision(Base):
    """What a steward approved or rejected at once: `kind` needs or rules, `items` each with what was before."""

    __tablename__ = "bulk_decision"
    __table_args__ = (Index("ix_bulk_decision_market_id", "market_id", "kind", "decided_at"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    market_id: Mapped[str] = mapped_column(ForeignKey("market.id"))
    kind: Mapped[str] = mapped_column(String(20))
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))
    decided_at: Mapped[datetime]
    items: Mapped[list[dict[str, Any]]]
    undone_at: Mapped[datetime | None]


class GeocodedAddress(Base):
    """What a geocoder answered for an address, as it is compared; without a point where it knew none."""

    __tablename__ = "geocoded_address"

    address: Mapped[str] = mapped_column(LINE, primary_key=True)
    geocoder: Mapped[str] = mapped_column(String(20), primary_key=True)
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    looked_up_at: Mapped[datetime]
