"""Cells to values: plain text, lists, numbers, dates. What cannot be read is refused with a code, never guessed."""

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from html import unescape

from dateutil.parser import isoparse

_TAGS = (
    "a abbr b blockquote body br center code dd div dl dt em font footer form h1 h2 h3 h4 h5 h6 head header hr html i "
    "iframe img input label li link main meta nav object ol option p pre q s script section select small span strike "
    "strong style sub sup svg table tbody td textarea tfoot th thead title tr u ul video"
)
_TOKEN = re.compile(rf"<!--|-->|<(/?)({'|'.join(_TAGS.split())})\b[^<>]*>", re.IGNORECASE)
_BREAKS = frozenset({"br", "li", "tr", "dd", "dt"})
_PARAGRAPHS = frozenset({"p", "div", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section"})
_HIDDEN = frozenset({"script", "style", "head"})
_ENTITY = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_PASSES = 3

_TIMES = ("%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M%p", "%I %p", "%I%p")

_ZONE = re.compile(r"(Z|[+-]\d\d:?\d\d)$", re.IGNORECASE)
_SIGNS = frozenset("=+-@")
_FORMULA = re.compile(r"=|[+\-@][A-Za-z_.]+[(|!]|[+\-@][^\n]{0,200}\|[^\n]{0,200}!")
_LARGEST_INTEGER = 2**31
_LARGEST_NUMBER = 1e15

_TRUE = frozenset({"true", "t", "yes", "y", "1"})
_FALSE = frozenset({"false", "f", "no", "n", "0"})


class Unreadable(ValueError):
    """A cell does not hold what its column is for; `code` is the code of the problem."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


def clean_text(text: str) -> str:
    """Return plain text: no tags, entities or invisible characters; paragraphs and line breaks stay."""
    if _is_plain(text):
        return text.strip()
    for _ in range(_PASSES):
        plain = _without_tags(text) if "<" in text or "&" in text else text
        if plain == text:
            break
        text = plain
    text = _INVISIBLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def clean_line(text: str) -> str:
    """Return plain text on one line."""
    if _is_plain(text):
        return text.strip()
    return " ".join(clean_text(text).split())


def read_list(text: str) -> list[str]:
    """Read a list as such files write it: YAML lines, a PostgreSQL array, or words between commas or semicolons."""
    text = text.strip()
    if text.startswith("---"):
        items = [line.strip()[2:] for line in text.splitlines() if line.strip().startswith("- ")]
    elif text.startswith("{") and text.endswith("}"):
        items = [found[1] or found[2] for found in re.finditer(r'"([^"]*)"|([^,{}"]+)', text)]
    else:
        items = re.split(r"[,;\n]", text)
    cleaned = (clean_line(item.strip().strip("'\"")) for item in items)
    return list(dict.fromkeys(item for item in cleaned if item))


def read_number(text: str) -> float:
    """Read a number; refuses what is not one, and infinity."""
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not abs(number) <= _LARGEST_NUMBER:
        raise Unreadable("not_a_number", "This is not a number. Left empty.")
    return number


def read_integer(text: str) -> int:
    """Read a whole number."""
    number = read_number(text)
    if number != int(number) or abs(number) >= _LARGEST_INTEGER:
        raise Unreadable("not_a_number", "This is not a whole number. Left empty.")
    return int(number)


def read_yes_no(text: str) -> bool:
    """Read yes or no."""
    word = text.strip().lower()
    if word not in _TRUE | _FALSE:
        raise Unreadable("not_yes_no", "This is neither yes nor no. Left empty.")
    return word in _TRUE


def read_date(text: str) -> date:
    """Read a calendar date: ISO 8601, or month/day/year."""
    return read_instant(text).date()


@lru_cache(maxsize=10_000)
def read_instant(text: str) -> datetime:
    """Read an instant in ISO 8601, or a day as month/day/year; without a zone it is UTC."""
    text = text.strip()
    american = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    try:
        if american:
            month, day, year = (int(part) for part in american.groups())
            return datetime(year, month, day, tzinfo=UTC)
        moment = isoparse(text.replace(" ", "T", 1))
    except (ValueError, OverflowError) as error:
        raise Unreadable("not_a_date", "This is not a date. Write it as 2026-11-20.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@lru_cache(maxsize=10_000)
def read_time(text: str) -> str:
    """Read a time of day as "HH:MM", of 24 hours or with am and pm; a zone behind it is not looked at."""
    words = _ZONE.sub("", text.strip()).strip().lower().replace(".", "")
    for style in _TIMES:
        try:
            return datetime.strptime(words, style).strftime("%H:%M")  # noqa: DTZ007 - a time of day has no zone
        except ValueError:
            continue
    raise Unreadable("not_a_time", "This is not a time of day. Write it as 09:30. Left empty.")


def read_zone(text: str) -> str | None:
    """Return the zone that stands behind a time, "Z" or "-05:00"; None where there is none."""
    found = _ZONE.search(text.strip())
    if not found or ":" not in text:
        return None
    zone = found[1].upper()
    return zone if zone == "Z" or ":" in zone else f"{zone[:3]}:{zone[3:]}"


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet would calculate a text instead of showing it."""
    return text[:1] in _SIGNS and bool(_FORMULA.match(text))


def _is_plain(text: str) -> bool:
    # Most texts are, and looking is much faster than cleaning.
    return text.isascii() and text.isprintable() and not ("<" in text or "&" in text or "  " in text)


def _without_tags(text: str) -> str:
    pieces, position, hidden_in = [], 0, ""
    for token in _TOKEN.finditer(text):
        if not hidden_in:
            pieces.append(text[position : token.start()])
            pieces.append(_replacement(token))
        hidden_in = _hidden_after(token, hidden_in)
        position = token.end()
    if not hidden_in:
        pieces.append(text[position:])
    return _ENTITY.sub(_character, "".join(pieces))


def _replacement(token: re.Match[str]) -> str:
    name = (token[2] or "").lower()
    if not name:
        return "" if token[0] == "<!--" else token[0]
    if name in _PARAGRAPHS:
        return "\n\n"
    return "\n" if name in _BREAKS and not token[1] else ""


def _hidden_after(token: re.Match[str], hidden_in: str) -> str:
    name = (token[2] or token[0]).lower()
    if hidden_in:
        closes = name == "-->" if hidden_in == "<!--" else name == hidden_in and bool(token[1])
        return "" if closes else hidden_in
    opens = name == "<!--" or (name in _HIDDEN and not token[1])
    return name if opens else ""


def _character(entity: re.Match[str]) -> str:
    return unescape(entity[0])
