"""When: weekly and monthly rules, and dated exceptions to them, in the market's time zone."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from resource_hub.core.db import Base
from resource_hub.inventory.models.listed import LINE, ZONE, Listed


class Schedule(Listed, Base):
    """A rule in the words of RFC 5545: `freq` WEEKLY or MONTHLY, `byday` like "MO,TH" or "2TU"; times are "HH:MM".

    Times are what the clock there shows; `opens_at_zone` is the zone that the source wrote behind it, "Z" or "-05:00".
    """

    __tablename__ = "schedule"

    service_id: Mapped[str | None] = mapped_column(ForeignKey("service.id"), index=True)
    location_id: Mapped[str | None] = mapped_column(ForeignKey("location.id"), index=True)
    service_at_location_id: Mapped[str | None] = mapped_column(ForeignKey("service_at_location.id"), index=True)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    dtstart: Mapped[date | None]
    timezone: Mapped[float | None]
    until: Mapped[date | None]
    count: Mapped[int | None]
    wkst: Mapped[str | None] = mapped_column(String(2))
    freq: Mapped[str | None] = mapped_column(String(10))
    interval: Mapped[int | None]
    byday: Mapped[str | None] = mapped_column(String(60))
    byweekno: Mapped[str | None] = mapped_column(String(60))
    bymonthday: Mapped[str | None] = mapped_column(String(100))
    byyearday: Mapped[str | None] = mapped_column(String(100))
    description: Mapped[str | None]
    opens_at: Mapped[str | None] = mapped_column(String(8))
    closes_at: Mapped[str | None] = mapped_column(String(8))
    opens_at_zone: Mapped[str | None] = mapped_column(ZONE)
    closes_at_zone: Mapped[str | None] = mapped_column(ZONE)
    schedule_link: Mapped[str | None] = mapped_column(LINE)
    attending_type: Mapped[str | None] = mapped_column(LINE)
    notes: Mapped[str | None]


class ScheduleException(Listed, Base):
    """A dated exception: closed on that day, or open at other times than the rules say."""

    __tablename__ = "schedule_exception"

    service_id: Mapped[str | None] = mapped_column(ForeignKey("service.id"), index=True)
    service_at_location_id: Mapped[str | None] = mapped_column(ForeignKey("service_at_location.id"), index=True)
    on_date: Mapped[date]
    closed: Mapped[bool] = mapped_column(default=True)
    opens_at: Mapped[str | None] = mapped_column(String(5))
    closes_at: Mapped[str | None] = mapped_column(String(5))
    note: Mapped[str | None] = mapped_column(LINE)
