"""Pairs of records that may be the same, what stewards said of them, and what a merge has changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from resource_hub.core.db import Base
from resource_hub.inventory.models.listed import ID


class DuplicatePair(Base):
    """Two records that look the same. `status` is open, later, different or merged.

    `said` is what was compared: a pair that was said to be different comes back when that has changed much.
    """

    __tablename__ = "duplicate_pair"
    __table_args__ = (
        UniqueConstraint("kind", "first_id", "second_id"),
        Index("ix_duplicate_pair_queue", "market_id", "status"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    market_id: Mapped[str] = mapped_column(ForeignKey("market.id"))
    kind: Mapped[str] = mapped_column(String(20))
    first_id: Mapped[str] = mapped_column(ID)
    second_id: Mapped[str] = mapped_column(ID, index=True)
    score: Mapped[float]
    reasons: Mapped[list[str]]
    said: Mapped[str]
    status: Mapped[str] = mapped_column(String(20))
    found_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))


class RecordMerge(Base):
    """One merge: `gone_id` went into `kept_id`.

    `steps` name each value that was changed: table, row, column, before and after, in their order. `held` are the
    fields that an import leaves as the steward chose them while the merge stands.
    """

    __tablename__ = "record_merge"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    market_id: Mapped[str] = mapped_column(ForeignKey("market.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    kept_id: Mapped[str] = mapped_column(ID, index=True)
    gone_id: Mapped[str] = mapped_column(ID, index=True)
    steps: Mapped[list[dict[str, Any]]]
    held: Mapped[list[str]]
    merged_at: Mapped[datetime]
    merged_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))
