"""What matching remembers of a market: acceptance by need, prices of scarce places, searches that found nothing."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from resource_hub.core.db import Base

ID = String(36)


class Acceptance(Base):
    """How often a service_at_location answered a request for a need, and how often with yes; older ones count less.

    Both are sums of weights that halve with age, as they stood at `as_of`.
    """

    __tablename__ = "acceptance"
    __table_args__ = (CheckConstraint("accepted >= 0 AND accepted <= answered", "accepted"),)

    service_at_location_id: Mapped[str] = mapped_column(ForeignKey("service_at_location.id"), primary_key=True)
    need: Mapped[str] = mapped_column(String(60), primary_key=True)
    market_id: Mapped[str] = mapped_column(ForeignKey("market.id"), index=True)
    answered: Mapped[float]
    accepted: Mapped[float]
    as_of: Mapped[datetime]


class TrackRecord(Base):
    """What came of requests to a service_at_location for a need: sums of weights that halve with age, as of `as_of`.

    `answer_hours` over `answers` is how long an answer takes. Of each outcome: how often known, and how often yes.
    """

    __tablename__ = "track_record"
    __table_args__ = (
        CheckConstraint("contacted <= contacted_known AND received <= received_known AND met <= met_known", "shares"),
    )

    service_at_location_id: Mapped[str] = mapped_column(ForeignKey("service_at_location.id"), primary_key=True)
    need: Mapped[str] = mapped_column(String(60), primary_key=True)
    market_id: Mapped[str] = mapped_column(ForeignKey("market.id"), index=True)
    answers: Mapped[float]
    answer_hours: Mapped[float]
    contacted_known: Mapped[float]
    contacted: Mapped[float]
    received_known: Mapped[float]
    received: Mapped[float]
    met_known: Mapped[float]
    met: Mapped[float]
    as_of: Mapped[datetime]


class PlacePrice(Base):
    """What using a place of a service_at_location costs others, in chance of help. `set_price` overrides `price`."""

    __tablename__ = "place_price"
    __table_args__ = (CheckConstraint("price >= 0 AND (set_price IS NULL OR set_price >= 0)", "price"),)

    service_at_location_id: Mapped[str] = mapped_column(ForeignKey("service_at_location.id"), primary_key=True)
    market_id: Mapped[str] = mapped_column(ForeignKey("market.id"), index=True)
    price: Mapped[float]
    computed_at: Mapped[datetime]
    set_price: Mapped[float | None]
    set_by: Mapped[str | None] = mapped_column(ForeignKey("app_user.id"))
    set_at: Mapped[datetime | None]


class ZeroResult(Base):
    """How often a search in plain words found nothing for a need on a day (the market's date). No words are kept."""

    __tablename__ = "zero_result"

    market_id: Mapped[str] = mapped_column(ForeignKey("market.id"), primary_key=True)
    need: Mapped[str] = mapped_column(String(60), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    searches: Mapped[int]
