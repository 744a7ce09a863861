"""Users, the markets they see, and the append-only audit log."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from resource_hub.core.db import Base


class User(Base):
    """Somebody who signs in. `session_epoch` grows when all sessions of the user must end.

    `call_phone` and `call_hours` are for organizations that want to talk about a handoff.
    """

    __tablename__ = "app_user"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(30))
    organization_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"), index=True)
    active: Mapped[bool] = mapped_column(default=True)
    session_epoch: Mapped[int] = mapped_column(default=0)
    failed_sign_ins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    call_phone: Mapped[str | None] = mapped_column(String(60))
    call_hours: Mapped[str | None] = mapped_column(String(120))

    markets: Mapped[list["UserMarket"]] = relationship(cascade="all, delete-orphan", lazy="selectin")


class UserMarket(Base):
    """A market that a user sees."""

    __tablename__ = "user_market"

    user_id: Mapped[str] = mapped_column(ForeignKey("app_user.id"), primary_key=True)
    market_id: Mapped[str] = mapped_column(ForeignKey("market.id"), primary_key=True)

    care_team: Mapped["CareTeam | None"] = relationship(
        primaryjoin="foreign(UserMarket.market_id) == CareTeam.market_id", viewonly=True, lazy="joined"
    )


class CareTeam(Base):
    """The organization that stands for the care team of a market: its referrers answer what partners send to it."""

    __tablename__ = "care_team"

    market_id: Mapped[str] = mapped_column(ForeignKey("market.id"), primary_key=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), unique=True)


class AuditChain(Base):
    """The head of one chain; taking its row in a transaction puts the chain's writers in line."""

    __tablename__ = "audit_chain"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    length: Mapped[int] = mapped_column(default=0)
    head: Mapped[str] = mapped_column(String(80), default="")


class AuditRow(Base):
    """Who did what to which record, when. Never changed, never deleted, never holding people's data."""

    __tablename__ = "audit_row"
    __table_args__ = (
        UniqueConstraint("chain", "position"),
        Index("ix_audit_row_subject", "subject_kind", "subject_id"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    chain: Mapped[str] = mapped_column(ForeignKey("audit_chain.name"))
    position: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[str | None] = mapped_column(String(36))
    actor_role: Mapped[str | None] = mapped_column(String(30))
    action: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(36))
    detail: Mapped[dict[str, Any]]
    previous: Mapped[str] = mapped_column(String(80))
    mac: Mapped[str] = mapped_column(String(80))


class IdempotencyRecord(Base):
    """An unsafe request that was done, and its answer, so that repeating it does nothing twice."""

    __tablename__ = "idempotency_record"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    request_mac: Mapped[str] = mapped_column(String(80))
    status: Mapped[int | None]
    # Only of answers before addresses were sealed.
    location: Mapped[str | None] = mapped_column(String(500))
    sealed_location: Mapped[bytes | None]
    sealed_body: Mapped[bytes | None]
    content_type: Mapped[str | None] = mapped_column(String(100))
    created_at: Mapped[datetime] = mapped_column(index=True)


class Notice(Base):
    """A message to send, written in the transaction that caused it. It says "you have an update", never who or what.

    `path` is the page it leads to, where that is another than its receiver's first one; forgotten once it is sent.
    `handoff_id` is the handoff that it is about, so that an organization without an account gets a link to it.
    """

    __tablename__ = "notice"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    dedup_key: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    organization_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"))
    user_id: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))
    path: Mapped[str | None] = mapped_column(String(200))
    handoff_id: Mapped[str | None] = mapped_column(String(36))
    created_at: Mapped[datetime]
    next_attempt_at: Mapped[datetime | None] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    delivered_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(String(80))
