"""Episodes, their contacts, stays, assessments and gaps.

Dates and codes stand open, because lists and figures need them; every word about the person is sealed.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from resource_hub.core.db import Base
from resource_hub.core.encryption import Place

ID = String(36)
CODE = String(40)
_OPEN = text("closed_at IS NULL")


class Episode(Base):
    """A course of work around one discharge. A person has at most one that is open.

    `due_at` is when the next step is due, None when nothing has a day; `raised_due_at` is the due time that the worker
    has already told about.
    """

    __tablename__ = "episode"
    __table_args__ = (
        Index("uq_episode_open", "person_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_episode_market_id_planned_on", "market_id", "planned_on"),
        CheckConstraint("(closed_at IS NULL) = (closed_as IS NULL)", "closed"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    market_id: Mapped[str] = mapped_column(ForeignKey("market.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    worker_id: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"), index=True)
    opened_at: Mapped[datetime]
    planned_on: Mapped[date]
    discharged_on: Mapped[date | None] = mapped_column(index=True)
    destination: Mapped[str] = mapped_column(CODE)
    sealed_place: Mapped[bytes | None]
    doctor: Mapped[str] = mapped_column(CODE)
    doctor_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_as: Mapped[str | None] = mapped_column(CODE)
    closed_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))
    sealed_close_note: Mapped[bytes | None]
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    due_step: Mapped[str | None] = mapped_column(CODE)
    raised_due_at: Mapped[datetime | None]


class EpisodeContact(Base):
    """One call, visit or reading, as it was logged; one that was taken back says when and stays."""

    __tablename__ = "episode_contact"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    episode_id: Mapped[str] = mapped_column(ForeignKey("episode.id"), index=True)
    kind: Mapped[str] = mapped_column(CODE)
    mode: Mapped[str] = mapped_column(CODE)
    result: Mapped[str] = mapped_column(CODE)
    sealed_note: Mapped[bytes | None]
    at: Mapped[datetime]
    logged_at: Mapped[datetime]
    logged_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))
    undone_at: Mapped[datetime | None]


class EpisodeStay(Base):
    """A time in a facility or hospital after the discharge."""

    __tablename__ = "episode_stay"
    __table_args__ = (CheckConstraint("ended_on IS NULL OR ended_on >= began_on", "order"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    episode_id: Mapped[str] = mapped_column(ForeignKey("episode.id"), index=True)
    kind: Mapped[str] = mapped_column(CODE)
    sealed_place: Mapped[bytes | None]
    began_on: Mapped[date]
    ended_on: Mapped[date | None]


class EpisodeAssessment(Base):
    """One biopsychosocial assessment, its answers sealed as a whole."""

    __tablename__ = "episode_assessment"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    episode_id: Mapped[str] = mapped_column(ForeignKey("episode.id"), index=True)
    sealed_answers: Mapped[bytes]
    sealed_note: Mapped[bytes | None]
    at: Mapped[datetime]
    recorded_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))


class EpisodeGap(Base):
    """What still stands between the person and being well at home; what it is, and what closes it, is sealed."""

    __tablename__ = "episode_gap"
    __table_args__ = (CheckConstraint("(closed_at IS NULL) = (closed_as IS NULL)", "closed"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    episode_id: Mapped[str] = mapped_column(ForeignKey("episode.id"), index=True)
    source: Mapped[str] = mapped_column(CODE)
    sealed_code: Mapped[bytes]
    sealed_what: Mapped[bytes | None]
    sealed_closes: Mapped[bytes | None]
    opened_at: Mapped[datetime]
    opened_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))
    closed_at: Mapped[datetime | None]
    closed_as: Mapped[str | None] = mapped_column(CODE)
    closed_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))
    sealed_close_note: Mapped[bytes | None]


class GapHandoff(Base):
    """A handoff that was asked for to close a gap. A gap may have several, and one of them may serve several gaps."""

    __tablename__ = "episode_gap_handoff"

    gap_id: Mapped[str] = mapped_column(ForeignKey("episode_gap.id"), primary_key=True)
    referral_id: Mapped[str] = mapped_column(ForeignKey("referral.id"), primary_key=True, index=True)


class EpisodeReopening(Base):
    """That an episode was opened again, never changed: how it had been closed, why it goes on, and who says so."""

    __tablename__ = "episode_reopening"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    episode_id: Mapped[str] = mapped_column(ForeignKey("episode.id"), index=True)
    closed_at: Mapped[datetime]
    closed_as: Mapped[str] = mapped_column(CODE)
    closed_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))
    sealed_close_note: Mapped[bytes | None]
    reason: Mapped[str] = mapped_column(CODE)
    sealed_note: Mapped[bytes | None]
    at: Mapped[datetime]
    reopened_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))


def place(record: Base, column: str) -> Place:
    """Return the one place where a sealed column of a record opens."""
    return Place(record.__tablename__, column, str(vars(record)["id"]))
