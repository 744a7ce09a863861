"""Keeping listings true: errors that were reported, calls that were made, links that ask an organization."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from resource_hub.core.db import Base
from resource_hub.inventory.models.listed import ID


class ErrorReport(Base):
    """Somebody says that a kind of fact of a listing is wrong; who says the same again is counted in `times`.

    `open_key` is there while the report is open: a listing has one open report of each kind.
    """

    __tablename__ = "error_report"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    market_id: Mapped[str] = mapped_column(ForeignKey("market.id"), index=True)
    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    open_key: Mapped[str | None] = mapped_column(String(60), unique=True)
    source: Mapped[str] = mapped_column(String(20))
    opened_at: Mapped[datetime]
    last_at: Mapped[datetime]
    times: Mapped[int]
    due_on: Mapped[date]
    resolution: Mapped[str | None] = mapped_column(String(30))
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))


class ErrorNote(Base):
    """What somebody wrote with a report, sealed: it may say more of a person than it should."""

    __tablename__ = "error_note"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    report_id: Mapped[str] = mapped_column(ForeignKey("error_report.id"), index=True)
    at: Mapped[datetime]
    written_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))
    sealed_text: Mapped[bytes | None]


class CheckAttempt(Base):
    """Somebody tried to find out whether a listing is right. Never changed.

    `source` is steward or organization; `next_on` is the day from which the listing may be called again.
    """

    __tablename__ = "check_attempt"
    __table_args__ = (Index("ix_check_attempt_market", "market_id", "at"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    market_id: Mapped[str] = mapped_column(ForeignKey("market.id"))
    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), index=True)
    at: Mapped[datetime]
    source: Mapped[str] = mapped_column(String(20))
    user_id: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))
    outcome: Mapped[str] = mapped_column(String(20))
    next_on: Mapped[date | None]


class CallClaim(Base):
    """A listing that one steward has before them; it ends by itself."""

    __tablename__ = "call_claim"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("app_user.id"), index=True)
    until: Mapped[datetime]


class CheckLink(Base):
    """A link by which an organization says, without an account, that its listings are right, or what changed."""

    __tablename__ = "check_link"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    market_id: Mapped[str] = mapped_column(ForeignKey("market.id"), index=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    created_at: Mapped[datetime]
    created_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
