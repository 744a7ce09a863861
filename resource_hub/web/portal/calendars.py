"""An opening as a file for calendars (RFC 5545)."""

from dataclasses import dataclass
from datetime import UTC, datetime

_LINE = 73


@dataclass(frozen=True)
class Entry:
    """What goes into a calendar; times have a zone."""

    uid: str
    title: str
    place: str
    note: str
    starts: datetime
    ends: datetime


def written(entry: Entry, now: datetime) -> str:
    """Return a calendar with one entry; lines are folded and texts escaped as the standard asks."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Resource Hub//EN",
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"DTSTAMP:{_utc(now)}",
        f"DTSTART:{_utc(entry.starts)}",
        f"DTEND:{_utc(entry.ends)}",
        *(f"{name}:{_escaped(text)}" for name, text in _texts(entry) if text),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _texts(entry: Entry) -> tuple[tuple[str, str], ...]:
    return ("SUMMARY", entry.title), ("LOCATION", entry.place), ("DESCRIPTION", entry.note)


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> list[str]:
    """Return a line in parts of at most 75 bytes; each but the first begins with a space."""
    parts, part = [], ""
    for sign in line:
        if len((part + sign).encode()) > _LINE:
            parts.append(part)
            part = " "
        part += sign
    return [*parts, part]
