"""Time: stored in UTC, asked and shown in a zone."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the present instant in UTC."""
    return datetime.now(UTC)


def local(moment: datetime, zone: str) -> datetime:
    """Return the instant as the wall clock of a zone shows it (IANA name)."""
    return moment.astimezone(ZoneInfo(zone))


def local_date(moment: datetime, zone: str) -> date:
    """Return the calendar date of an instant in a zone (IANA name)."""
    return local(moment, zone).date()
