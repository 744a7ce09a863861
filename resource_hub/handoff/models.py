"""Referrals, their immutable status rows, and outcomes."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from resource_hub.core.db import Base

ID = String(36)
_IS_OPEN = "status IN ('draft', 'requested', 'accepted', 'in-progress', 'on-hold')"
_OPEN = text(f"{_IS_OPEN} AND NOT restricted")
_OPEN_RESTRICTED = text(f"{_IS_OPEN} AND restricted")


class Referral(Base):
    """The record that asks a service to help a person. `status` repeats the newest row of its history.

    `due_at` is when the next thing is due; None when nothing is. `raised_due_at` is the due time that the worker has
    already told the referrer about. `sending_organization_id` is the organization that sent it; None is the care team
    of the market. A `restricted` handoff follows the stricter rules: it stands in nobody else's list or figure.
    `override_reason` is why it went to another service than the list advised (a code).
    """

    __tablename__ = "referral"
    __table_args__ = (
        Index(
            "uq_referral_open",
            "person_id",
            "service_at_location_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        # A colleague may not learn of a restricted handoff by being refused, so each sender has their own.
        Index(
            "uq_referral_open_restricted",
            "person_id",
            "service_at_location_id",
            "requested_by",
            unique=True,
            sqlite_where=_OPEN_RESTRICTED,
            postgresql_where=_OPEN_RESTRICTED,
        ),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    market_id: Mapped[str] = mapped_column(ForeignKey("market.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    sending_organization_id: Mapped[str | None] = mapped_column(ID, index=True)
    service_at_location_id: Mapped[str] = mapped_column(ForeignKey("service_at_location.id"))
    consent_id: Mapped[str] = mapped_column(ForeignKey("consent.id"))
    needs: Mapped[list[str]]
    urgency: Mapped[str] = mapped_column(String(20))
    sealed_note: Mapped[bytes | None]
    policy: Mapped[str | None] = mapped_column(String(30))
    requested_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"), index=True)
    requested_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(20), index=True)
    restricted: Mapped[bool] = mapped_column(default=False, server_default=false())
    appointment_at: Mapped[datetime | None]
    positions: Mapped[int]
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    raised_due_at: Mapped[datetime | None]
    override_reason: Mapped[str | None] = mapped_column(String(40))


class ReferralRanking(Base):
    """Where the chosen service stood in the list it was chosen from, never changed.

    `propensity` is the chance that the lot put it there or higher among its equals; `seed` draws the same list again.
    `above` counts what stood higher without a lot; None where that was not kept yet.
    """

    __tablename__ = "referral_ranking"

    referral_id: Mapped[str] = mapped_column(ForeignKey("referral.id"), primary_key=True)
    policy: Mapped[str] = mapped_column(String(30))
    seed: Mapped[int] = mapped_column(BigInteger)
    position: Mapped[int]
    listed: Mapped[int]
    score: Mapped[float]
    price: Mapped[float]
    propensity: Mapped[float]
    above: Mapped[int | None]


class HandoffStatus(Base):
    """One step of a handoff, never changed: which status, who set it, when, and why (a coded reason).

    `fact` is the one that "not eligible" is about, where it is known.
    """

    __tablename__ = "handoff_status"
    __table_args__ = (UniqueConstraint("referral_id", "position"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    referral_id: Mapped[str] = mapped_column(ForeignKey("referral.id"))
    position: Mapped[int]
    status: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(String(40))
    fact: Mapped[str | None] = mapped_column(String(40))
    sealed_comment: Mapped[bytes | None]
    at: Mapped[datetime]
    set_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))
    set_as: Mapped[str] = mapped_column(String(30))


class Outcome(Base):
    """What came of a referral, in four fields; unknown stays unknown. A later report is a new row."""

    __tablename__ = "outcome"
    __table_args__ = (
        CheckConstraint("contacted IN ('yes', 'no', 'unknown')", "contacted"),
        CheckConstraint("received IN ('yes', 'no', 'unknown')", "received"),
        CheckConstraint("need_met IN ('yes', 'partly', 'no', 'unknown')", "need_met"),
        CheckConstraint("experience IN ('good', 'mixed', 'bad', 'unknown')", "experience"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    referral_id: Mapped[str] = mapped_column(ForeignKey("referral.id"), index=True)
    contacted: Mapped[str] = mapped_column(String(10))
    received: Mapped[str] = mapped_column(String(10))
    need_met: Mapped[str] = mapped_column(String(10))
    experience: Mapped[str] = mapped_column(String(10))
    reported_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))
    reported_as: Mapped[str] = mapped_column(String(30))
    at: Mapped[datetime]


class HandoffLink(Base):
    """A link by which an organization without an account answers a handoff; of its token a keyed hash is kept."""

    __tablename__ = "handoff_link"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    referral_id: Mapped[str] = mapped_column(ForeignKey("referral.id"), index=True)
    token_index: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    created_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class ContactAttempt(Base):
    """A try to reach the person, never changed: by which kind of route, and with which result. It holds no number."""

    __tablename__ = "contact_attempt"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    referral_id: Mapped[str] = mapped_column(ForeignKey("referral.id"), index=True)
    route: Mapped[str] = mapped_column(String(20))
    result: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]
    made_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))
    made_as: Mapped[str] = mapped_column(String(30))


class HandoffMessage(Base):
    """A question or an answer between the two sides of a handoff, never changed."""

    __tablename__ = "handoff_message"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    referral_id: Mapped[str] = mapped_column(ForeignKey("referral.id"), index=True)
    sealed_text: Mapped[bytes]
    at: Mapped[datetime]
    written_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))
    written_as: Mapped[str] = mapped_column(String(30))


class NextBest(Base):
    """What the worker proposes for a handoff that nobody answers; no place where nothing else fits."""

    __tablename__ = "next_best"

    referral_id: Mapped[str] = mapped_column(ForeignKey("referral.id"), primary_key=True)
    service_at_location_id: Mapped[str | None] = mapped_column(ForeignKey("service_at_location.id"))
    proposed_at: Mapped[datetime]


class UnmetNeed(Base):
    """Somebody looked for help with a need and nothing suitable exists, never changed. It names no person.

    `area` is the first three digits of the ZIP Code, or empty where none was known.
    """

    __tablename__ = "unmet_need"
    __table_args__ = (Index("ix_unmet_need_market", "market_id", "recorded_at"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    market_id: Mapped[str] = mapped_column(ForeignKey("market.id"))
    need: Mapped[str] = mapped_column(String(60))
    area: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(40))
    recorded_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))
    recorded_at: Mapped[datetime]


class FollowCode(Base):
    """The code with which a person follows their own handoff: found by its keyed index, sealed for their paper."""

    __tablename__ = "follow_code"

    referral_id: Mapped[str] = mapped_column(ForeignKey("referral.id"), primary_key=True)
    code_index: Mapped[str] = mapped_column(String(64), unique=True)
    sealed_code: Mapped[bytes]
    created_at: Mapped[datetime]


class FollowTry(Base):
    """How many wrong codes, or requests of one's own, came from one place since a time.

    `source` is a keyed index by what was tried, never the address; `failed` counts the tries.
    """

    __tablename__ = "follow_try"

    source: Mapped[str] = mapped_column(String(64), primary_key=True)
    since: Mapped[datetime]
    failed: Mapped[int]


class InformationGiven(Base):
    """A person was told about a service and nobody was asked for anything: no handoff, and counted apart from them."""

    __tablename__ = "information_given"
    __table_args__ = (Index("ix_information_given_market", "market_id", "given_at"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    market_id: Mapped[str] = mapped_column(ForeignKey("market.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    service_at_location_id: Mapped[str] = mapped_column(ForeignKey("service_at_location.id"))
    needs: Mapped[list[str]]
    given_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))
    given_at: Mapped[datetime]


class ServiceNote(Base):
    """What somebody who hands off keeps in mind about a service; `shared` lets those of the same market read it too."""

    __tablename__ = "service_note"
    __table_args__ = (UniqueConstraint("service_at_location_id", "written_by"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    service_at_location_id: Mapped[str] = mapped_column(ForeignKey("service_at_location.id"))
    market_id: Mapped[str] = mapped_column(ForeignKey("market.id"), index=True)
    written_by: Mapped[str] = mapped_column(ForeignKey("app_user.id"), index=True)
    sealed_text: Mapped[bytes]
    shared: Mapped[bool]
    changed_at: Mapped[datetime]


class PutOff(Base):
    """A handoff that somebody does not want to see among their work until a time, unless it moves before."""

    __tablename__ = "put_off"

    referral_id: Mapped[str] = mapped_column(ForeignKey("referral.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("app_user.id"), primary_key=True)
    position: Mapped[int]
    until: Mapped[datetime]
    put_off_at: Mapped[datetime]
