"""The words that hours are written in: days, numbers of days in a month, times, and the signs between them."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a word of the hours is."""

    DAY = "day"
    DAYS = "days"
    NUMBER = "number"
    MONTH = "month"
    TIME = "time"
    ALL_DAY = "all_day"
    CLOSED = "closed"
    DASH = "dash"
    COMMA = "comma"
    END = "end"
    FILLER = "filler"
    MONTHLY = "monthly"
    SPACE = "space"


class Clock(StrEnum):
    """How a time says which half of the day it is in: am, pm, noon and midnight by name, or by counting to 24."""

    AM = "am"
    PM = "pm"
    NAMED = "named"
    DAY = "24"


@dataclass(frozen=True)
class Token:
    """One word. `value` is the weekday from 0, the number in the month (-1 the last), or minutes past midnight."""

    kind: Kind
    value: int = 0
    days: tuple[int, ...] = ()
    clock: Clock | None = None


_DAY_NAMES = (
    r"mondays?|mon|m",
    r"tuesdays?|tues|tue|tu",
    r"wednesdays?|weds|wed|w",
    r"thursdays?|thurs|thur|thu|th",
    r"fridays?|fri|f",
    r"saturdays?|sat|sa",
    r"sundays?|sun|su",
)
_NUMBERS = {"1st": 1, "first": 1, "2nd": 2, "second": 2, "3rd": 3, "third": 3, "4th": 4, "fourth": 4, "last": -1}
_SEVERAL = {
    r"daily|every\s?day|(?:seven|7)\s+days\s+(?:a|per)\s+week": (0, 1, 2, 3, 4, 5, 6),
    r"weekdays": (0, 1, 2, 3, 4),
    r"weekends": (5, 6),
    r"mwf": (0, 2, 4),
}
_TIME = (
    r"(?P<hour>\d{1,2})(?::(?P<minute>[0-5]\d)(?P<second>:00)?)?"
    r"(?:\s*(?P<half>[ap])(?:\.?\s?m\b\.?|\b(?!\.?[a-z])))?(?![\d:])"
)
_PATTERN = re.compile(
    "|".join(
        (
            r"(?P<all_day>24\s*/\s*7|24\s*(?:hours?|hrs?)(?:\s+(?:a|per)\s+day)?(?:,?\s+(?:seven|7)\s+days\s+a\s+week)?)(?![a-z])",
            rf"(?P<number>{'|'.join(_NUMBERS)})(?![a-z])",
            rf"(?P<days>{'|'.join(_SEVERAL)})(?![a-z])",
            r"(?P<noon>(?:12\s+)?noon)\b",
            r"(?P<midnight>(?:12\s+)?midnight)\b",
            r"(?P<month>(?:of\s+)?(?:the|each|every)\s+month|of\s+month)\b",
            r"(?P<closed>closed)\b",
            r"(?P<space> )",
            r"(?P<filler>open|hours|every|each|weekly|on|from|january\s*(?:-|–|to|through)\s*december|year[\s-]round|:)(?![a-z])",
            rf"(?P<monthly>monthly)(?=[\s;,:]+(?:{'|'.join(_NUMBERS)})\b)",
            r"(?P<dash>-|–|—|(?:to|through|thru|until)\b)",
            r"(?P<comma>,|&|\+|and\b|/)",
            r"(?P<end>;|\.|\n|\\n|\|)",
            *(rf"(?P<day{number}>{names})(?=closed|[^a-z]|$)\.?" for number, names in enumerate(_DAY_NAMES)),
            rf"(?P<time>{_TIME})",
        )
    )
)
# Words that change nothing.
_SILENT = frozenset({Kind.FILLER, Kind.MONTHLY, Kind.SPACE})
_NOON, _MIDNIGHT, _LAST_HOUR, _HALF = 12 * 60, 24 * 60, 24, 12


def tokens(text: str) -> tuple[Token, ...] | None:
    """Return the words of a text that can be hours; None where any word cannot."""
    plain = re.sub(r"<[^<>]*>|[^\S\n]+", " ", text.lower())
    found: list[Token] = []
    at = 0
    while at < len(plain):
        word = _PATTERN.match(plain, at)
        token = _token(word) if word else None
        if word is None or token is None:
            return None
        if token.kind not in _SILENT:
            found.append(token)
        at = word.end()
    return _of_one_clock(found)


def _token(word: re.Match[str]) -> Token | None:
    kind = word.lastgroup or ""
    named = {name: text for name, text in word.groupdict().items() if text}
    for name in ("noon", "midnight"):
        if name in named:
            return Token(Kind.TIME, _NOON if name == "noon" else _MIDNIGHT, clock=Clock.NAMED)
    if "time" in named:
        return _time(named)
    day = next((int(name[3:]) for name in named if name.startswith("day") and name[3:].isdigit()), None)
    if day is not None:
        return Token(Kind.DAY, day)
    if "number" in named:
        return Token(Kind.NUMBER, _NUMBERS[named["number"]])
    if "days" in named:
        return Token(Kind.DAYS, days=next(days for says, days in _SEVERAL.items() if re.fullmatch(says, word[0])))
    return Token(Kind(kind))


def _time(named: dict[str, str]) -> Token | None:
    hour, minute, half = int(named["hour"]), int(named.get("minute", "0")), named.get("half")
    if (half and not 1 <= hour <= _HALF) or hour > _LAST_HOUR:
        return None
    clock = {"a": Clock.AM, "p": Clock.PM}.get(half or "")
    # A time that counts to 24 says so by its hour, a leading zero, or its seconds.
    if clock is None and (hour > _HALF or hour == 0 or "second" in named):
        clock = Clock.DAY
    return Token(Kind.TIME, hour * 60 + minute, clock=clock)


def _of_one_clock(found: list[Token]) -> tuple[Token, ...]:
    """Read every time by the 24 hours where one is and none says am or pm."""
    clocks = {token.clock for token in found if token.kind is Kind.TIME}
    if Clock.DAY not in clocks or clocks & {Clock.AM, Clock.PM}:
        return tuple(found)
    return tuple(
        Token(token.kind, token.value, clock=Clock.DAY) if token.kind is Kind.TIME else token for token in found
    )
