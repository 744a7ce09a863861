"""Instruments, filled-in questionnaires (sealed), social risks found, and needs the person wants help with."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from resource_hub.core.db import Base

ID = String(36)


class InstrumentRecord(Base):
    """One version of an instrument as data; answers point to the version that they were given on."""

    __tablename__ = "instrument"
    __table_args__ = (UniqueConstraint("name", "version"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    version: Mapped[str] = mapped_column(String(30))
    title: Mapped[str] = mapped_column(String(200))
    definition: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class InstrumentTerms(Base):
    """That somebody accepted the owner's terms of a brought instrument: by name, or the command (None)."""

    __tablename__ = "instrument_terms"

    instrument_id: Mapped[str] = mapped_column(ForeignKey("instrument.id"), primary_key=True)
    accepted_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))
    accepted_at: Mapped[datetime]


class ScreeningRecord(Base):
    """One filled-in questionnaire of a person."""

    __tablename__ = "screening"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    instrument_id: Mapped[str] = mapped_column(ForeignKey("instrument.id"))
    sealed_answers: Mapped[bytes]
    screened_at: Mapped[datetime]
    recorded_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))
    mode: Mapped[str | None] = mapped_column(String(10))


class ScreeningDraft(Base):
    """A screening under way; `position` grows with each save, so that two screens do not overwrite each other."""

    __tablename__ = "screening_draft"
    __table_args__ = (UniqueConstraint("person_id", "instrument_id"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    instrument_id: Mapped[str] = mapped_column(ForeignKey("instrument.id"))
    sealed_answers: Mapped[bytes]
    position: Mapped[int]
    started_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    started_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))


class ScreeningVisit(Base):
    """A person answering alone: begun once, by a code that works for minutes, and over at the end or after silence.

    `instrument` is empty where only the menu of needs is asked. `code_index` is the keyed index of the code.
    """

    __tablename__ = "screening_visit"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    instrument: Mapped[str] = mapped_column(String(60))
    code_index: Mapped[str] = mapped_column(String(64), unique=True)
    made_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    begun_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class SocialRiskRecord(Base):
    """What a screening found in one domain: positive, not-indicated or incomplete."""

    __tablename__ = "social_risk"

    screening_id: Mapped[str] = mapped_column(ForeignKey("screening.id"), primary_key=True)
    domain: Mapped[str] = mapped_column(String(60), primary_key=True)
    result: Mapped[str] = mapped_column(String(20))


class NeedRecord(Base):
    """A need of a person: whether they want help is stored apart from the risk. `wants_help` is yes, no or later."""

    __tablename__ = "need"
    __table_args__ = (UniqueConstraint("person_id", "code"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    code: Mapped[str] = mapped_column(String(60))
    wants_help: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(20), default="open")
    rank: Mapped[int] = mapped_column(default=0)
    screening_id: Mapped[str | None] = mapped_column(ForeignKey("screening.id"))
    changed_at: Mapped[datetime]
