"""Turns a schedule in the words of RFC 5545 into lines of the hours table."""

import re
from datetime import date, datetime, time
from typing import NamedTuple, Protocol

from dateutil.rrule import rrulestr

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_UNITS = {"DAILY": 0, "WEEKLY": 1, "MONTHLY": 2}
_BYDAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
_TIME = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)(:\d\d)?([zZ]|[+-]\d\d:?\d\d)?")
_DAY = 1440
_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()


class Line(NamedTuple):
    """One line of the hours table, without its row."""

    weekday: int
    nth: int
    monthday: int
    unit: int
    interval: int
    anchor: int
    week_start: int
    first: int
    last: int
    opens: int
    closes: int


COLUMNS = Line._fields


class Rule(Protocol):
    """What a schedule says, as the inventory keeps it."""

    @property
    def freq(self) -> str | None: ...
    @property
    def interval(self) -> int | None: ...
    @property
    def byday(self) -> str | None: ...
    @property
    def bymonthday(self) -> str | None: ...
    @property
    def byweekno(self) -> str | None: ...
    @property
    def byyearday(self) -> str | None: ...
    @property
    def wkst(self) -> str | None: ...
    @property
    def dtstart(self) -> date | None: ...
    @property
    def until(self) -> date | None: ...
    @property
    def count(self) -> int | None: ...
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_to(self) -> date | None: ...
    @property
    def opens_at(self) -> str | None: ...
    @property
    def closes_at(self) -> str | None: ...


def lines_of(rule: Rule) -> list[Line | None]:
    """Return the lines of one schedule; a None among them says that part of it cannot be followed.

    A weekday with a number ("2TU") counts within the month whatever the frequency says: feeds write it both ways.
    """
    opens = span(rule.opens_at, rule.closes_at)
    unit = _UNITS.get((rule.freq or "WEEKLY").upper())
    start = rule.dtstart or rule.valid_from
    every = rule.interval or 1
    if opens is None or unit is None or rule.byweekno or rule.byyearday or (every > 1 and start is None):
        return [None]
    days = _days(rule, unit, start)
    first = max((day.toordinal() for day in (rule.dtstart, rule.valid_from) if day), default=_FIRST)
    last = min((day.toordinal() for day in (_until(rule, start), rule.valid_to) if day), default=_LAST)
    anchor = start.toordinal() if start else _FIRST
    begins = _WEEKDAYS.index(rule.wkst) if rule.wkst in _WEEKDAYS else 0
    return [
        Line(weekday, nth, monthday, unit, max(every, 1), anchor, begins, first, last, *opens)
        for weekday, nth, monthday in days
    ] or [None]


def span(opens_at: str | None, closes_at: str | None) -> tuple[int, int] | None:
    """Return minutes past midnight of opening and closing, the latter past 1440 after midnight; None if unreadable."""
    opens, closes = _minutes(opens_at), _minutes(closes_at)
    if opens is None or closes is None or opens >= _DAY:
        return None
    return opens, closes if closes > opens else closes + _DAY


def _days(rule: Rule, unit: int, start: date | None) -> list[tuple[int, int, int]]:
    """Return triples of weekday (-1 any), its number in the month (0 every) and day of the month (0 any)."""
    weekdays = [(_WEEKDAYS.index(day), int(nth or 0)) for nth, day in _BYDAY.findall((rule.byday or "").upper())]
    monthdays = [int(day) for day in re.findall(r"-?\d+", rule.bymonthday or "")]
    if not weekdays and not monthdays and start and unit:
        weekdays, monthdays = ([(start.weekday(), 0)], []) if unit == _UNITS["WEEKLY"] else ([], [start.day])
    if not weekdays and not monthdays and unit:
        return []
    return [(day, nth, monthday) for day, nth in weekdays or [(-1, 0)] for monthday in monthdays or [0]]


def _until(rule: Rule, start: date | None) -> date | None:
    """Return the last day; a rule that counts its days is counted through."""
    if not rule.count or start is None:
        return rule.until
    parts = [f"FREQ={(rule.freq or 'WEEKLY').upper()}", f"INTERVAL={rule.interval or 1}", f"COUNT={rule.count}"]
    parts += [f"BYDAY={rule.byday}"] if rule.byday else []
    parts += [f"BYMONTHDAY={rule.bymonthday}"] if rule.bymonthday else []
    try:
        days = list(rrulestr(";".join(parts), dtstart=datetime.combine(start, time())))
    except ValueError:
        return rule.until
    return days[-1].date() if days else start


def _minutes(text: str | None) -> int | None:
    found = _TIME.fullmatch((text or "").strip())
    return int(found[1]) * 60 + int(found[2]) if found else None
