"""An appointment as a calendar file (iCalendar, RFC 5545). It says nothing about whom or what it is for."""

from datetime import UTC, datetime, timedelta

LASTS = timedelta(hours=1)
_STAMP = "%Y%m%dT%H%M%SZ"


def calendar_file(uid: str, at: datetime, now: datetime, title: str) -> str:
    """Return one appointment of an hour; `title` is one line that names nobody. Lines end as RFC 5545, 3.1 asks."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Resource Hub//EN",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{now.astimezone(UTC):{_STAMP}}",
        f"DTSTART:{at.astimezone(UTC):{_STAMP}}",
        f"DTEND:{(at + LASTS).astimezone(UTC):{_STAMP}}",
        f"SUMMARY:{_escaped(title)}",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
    return "\r\n".join(lines)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", " ")
