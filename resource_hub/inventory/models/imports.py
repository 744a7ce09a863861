"""Imports: which file, when, by whom and what came of it; saved mappings; and where a source contradicts a steward."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from resource_hub.core.db import Base
from resource_hub.inventory.models.listed import ID

_OPEN = text("state IN ('mapping', 'looking', 'looked', 'waiting')")


class ImportMapping(Base):
    """A mapping of a market that was saved under a name, as the document that the mapping file holds."""

    __tablename__ = "import_mapping"
    __table_args__ = (UniqueConstraint("market_id", "name"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    market_id: Mapped[str] = mapped_column(ForeignKey("market.id"))
    name: Mapped[str] = mapped_column(String(100))
    document: Mapped[dict[str, Any]]
    saved_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))
    saved_at: Mapped[datetime]


class ImportJob(Base):
    """One import of a file, from the upload to what came of it.

    `state` is mapping (waits for its mapping), looking (to be tried), looked (tried), waiting (to be carried out), and
    at its end done, refused, failed or cancelled. `applied_at` is when its changes were written: the history and the
    records that it made carry the same instant. `report` holds counts, differences and problems.
    """

    __tablename__ = "import_job"
    __table_args__ = (
        CheckConstraint(
            "state IN ('mapping', 'looking', 'looked', 'waiting', 'done', 'refused', 'failed', 'cancelled')", "state"
        ),
        Index(
            "uq_import_job_open", "market_id", "content_hash", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN
        ),
        Index("ix_import_job_applied", "market_id", "applied_at"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    market_id: Mapped[str] = mapped_column(ForeignKey("market.id"))
    file_name: Mapped[str] = mapped_column(String(200))
    content_hash: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(20), index=True)
    mapping: Mapped[dict[str, Any] | None]
    skip_bad_rows: Mapped[bool] = mapped_column(default=False)
    attempts: Mapped[int] = mapped_column(default=0)
    requested_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))
    requested_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    refusal: Mapped[str | None]
    report: Mapped[dict[str, Any] | None]


class ImportConflict(Base):
    """A field that a steward set and a source says otherwise. `state` is open, taken (theirs) or kept (ours)."""

    __tablename__ = "import_conflict"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'taken', 'kept')", "state"),
        UniqueConstraint("resource_type", "resource_id", "field_name"),
        Index("ix_import_conflict_market", "market_id", "state"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    market_id: Mapped[str] = mapped_column(ForeignKey("market.id"))
    job_id: Mapped[str] = mapped_column(ForeignKey("import_job.id"))
    resource_type: Mapped[str] = mapped_column(String(40))
    resource_id: Mapped[str] = mapped_column(ID)
    field_name: Mapped[str] = mapped_column(String(60))
    ours: Mapped[str]
    theirs: Mapped[str]
    theirs_value: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(10), default="open")
    seen_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))
    decided_at: Mapped[datetime | None]
