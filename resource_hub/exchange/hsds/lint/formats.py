"""The formats of the standard: what a text must look like."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import lru_cache
from urllib.parse import urlsplit

_UUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}:[^\s<>\"{}|\\^`]+")
_EMAIL = re.compile(r"[^\s@,;<>\"()]{1,64}@[^\s@,;<>\"().]{1,63}(\.[^\s@,;<>\"().]{1,63})+")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_TIME = re.compile(r"(\d\d:\d\d(?::\d\d)?)(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)?")
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)")
LONGEST = 2_000


def is_uri(text: str) -> bool:
    """Tell whether a text is an absolute web address or other URI; http and https need a host."""
    if not _URI.fullmatch(text):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme.lower() not in {"http", "https"} or bool(parts.hostname)


@lru_cache(maxsize=10_000)
def is_date(text: str) -> bool:
    """Tell whether a text is a day as YYYY-MM-DD."""
    return bool(_DATE.fullmatch(text)) and _reads(date.fromisoformat, text)


@lru_cache(maxsize=10_000)
def is_time(text: str) -> bool:
    """Tell whether a text is a time of day as HH:MM or HH:MM:SS, with or without a zone."""
    found = _TIME.fullmatch(text)
    return bool(found) and _reads(time.fromisoformat, found[1] if found else "")


@lru_cache(maxsize=10_000)
def is_instant(text: str) -> bool:
    """Tell whether a text is a date and time with its zone (RFC 3339)."""
    found = _INSTANT.fullmatch(text)
    return bool(found) and _reads(datetime.fromisoformat, f"{found[1]} {found[2]}" if found else "")


def _reads(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


FORMATS: Mapping[str, tuple[Callable[[str], object], str]] = {
    "uuid": (_UUID.fullmatch, "a UUID, like 3a19ff88-4620-4d17-9830-ac1d859eb5d5"),
    "uri": (is_uri, "a whole web address, like https://example.org/help"),
    "email": (_EMAIL.fullmatch, "an e-mail address, like help@example.org"),
    "date": (is_date, "a day, like 2026-01-31"),
    "time": (is_time, "a time of day of 24 hours, like 09:30 or 09:30-05:00"),
    "date-time": (is_instant, "a date, time and zone, like 2026-01-31T09:30:00Z"),
}
