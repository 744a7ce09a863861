"""Opening hours read from free text: all of it is understood, to the last word, or nothing is.

Times without am and pm are read only where a single reading lies within the day (5:00 to 23:00).
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from resource_hub.inventory.rules.hours_words import Kind, Token, tokens
from resource_hub.inventory.rules.times_text import Span, span_of

WEEKLY, MONTHLY = "WEEKLY", "MONTHLY"
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_EVERY = 0
_LONGEST = 2000

ALL_DAY = Span(0, 0)

# A day of the week and its number in the month, 0 for every week.
_Day = tuple[int, int]
_WEEK: list[_Day] = [(day, _EVERY) for day in range(len(DAYS))]


@dataclass(frozen=True)
class Opening:
    """One rule in the words of RFC 5545, as a schedule keeps it; a time at midnight is "00:00"."""

    freq: str
    byday: str
    opens_at: str
    closes_at: str


class _NotUnderstood(Exception):
    """The text holds something that is not hours."""


def read_hours(text: str) -> tuple[Opening, ...]:
    """Return the rules that a text states; none where any of it is not understood, or where it contradicts itself."""
    found = tokens(text) if len(text) <= _LONGEST else None
    if not found:
        return ()
    for days_first in (True, False):
        try:
            spans, closed = _Reading(found, days_first=days_first).read()
            return _openings(_without(spans, closed))
        except _NotUnderstood:
            continue
    return ()


class _Reading:
    """Goes through the words of one text: days and then their times, or times and then their days."""

    def __init__(self, found: Sequence[Token], *, days_first: bool) -> None:
        self._tokens = found
        self._at = 0
        self._days_first = days_first

    def read(self) -> tuple[dict[_Day, list[Span]], set[_Day]]:
        """Return the times of each day, and the days that are said to be closed."""
        open_at: dict[_Day, list[Span]] = defaultdict(list)
        closed: set[_Day] = set()
        self._skip(Kind.COMMA, Kind.END)
        while self._at < len(self._tokens):
            days, spans = self._statement()
            if spans is None:
                closed |= set(days)
            for day in days if spans else ():
                open_at[day] = list(dict.fromkeys([*open_at[day], *(spans or ())]))
            self._skip(Kind.COMMA, Kind.END)
        return open_at, closed

    def _statement(self) -> tuple[list[_Day], list[Span] | None]:
        if self._take(Kind.CLOSED):
            return self._days(), None
        if self._days_first:
            days = self._days()
            self._skip(Kind.COMMA, Kind.END)
            return (days, None) if self._take(Kind.CLOSED) else (days, self._spans())
        spans = self._spans()
        self._skip(Kind.COMMA)
        # Round the clock is every day, where no day is said.
        return (self._days() if self._at < len(self._tokens) or spans != [ALL_DAY] else _WEEK), spans

    def _days(self) -> list[_Day]:
        days: list[_Day] = []
        kinds = set()
        while True:
            start = self._at
            if days:
                self._skip(Kind.COMMA)
            numbers = self._numbers()
            group = self._group()
            if group is None:
                self._at = start
                break
            if numbers and (len(group) > 1 or self._token(Kind.DASH)):
                raise _NotUnderstood
            kinds.add(bool(numbers))
            days += [(day, number) for day in group for number in numbers or [_EVERY]]
        self._take(Kind.MONTH)
        # "1st Tuesday and Friday" may mean the first Friday, or every one.
        if not days or len(kinds) > 1:
            raise _NotUnderstood
        return days

    def _numbers(self) -> list[int]:
        numbers: list[int] = []
        while found := self._take(Kind.NUMBER):
            numbers.append(found.value)
            self._skip(Kind.COMMA)
        return numbers

    def _group(self) -> list[int] | None:
        if found := self._take(Kind.DAYS):
            return list(found.days)
        first = self._take(Kind.DAY)
        if first is None:
            return None
        if not self._take(Kind.DASH):
            return [first.value]
        last = self._take(Kind.DAY)
        if last is None or last.value == first.value:
            raise _NotUnderstood
        return [(first.value + step) % 7 for step in range((last.value - first.value) % 7 + 1)]

    def _spans(self) -> list[Span]:
        spans: list[Span] = []
        while True:
            start = self._at
            if spans:
                self._skip(Kind.COMMA)
            span = self._span()
            if span is None:
                self._at = start
                break
            spans.append(span)
        if not spans:
            raise _NotUnderstood
        return spans

    def _span(self) -> Span | None:
        if self._take(Kind.ALL_DAY):
            return ALL_DAY
        first = self._take(Kind.TIME)
        if first is None:
            return None
        dashed = self._take(Kind.DASH)
        last = self._take(Kind.TIME)
        # Two times beside each other are a span only where both say am or pm.
        if last is None or not (dashed or (first.clock and last.clock)):
            raise _NotUnderstood
        span = span_of(first, last)
        if span is None:
            raise _NotUnderstood
        return span

    def _token(self, *kinds: Kind) -> Token | None:
        found = self._tokens[self._at] if self._at < len(self._tokens) else None
        return found if found and found.kind in kinds else None

    def _take(self, *kinds: Kind) -> Token | None:
        found = self._token(*kinds)
        self._at += found is not None
        return found

    def _skip(self, *kinds: Kind) -> None:
        while self._take(*kinds):
            pass


def _without(open_at: dict[_Day, list[Span]], closed: set[_Day]) -> dict[_Day, list[Span]]:
    monthly = {weekday for weekday, number in open_at if number != _EVERY}
    if any(number != _EVERY or weekday in monthly for weekday, number in closed):
        raise _NotUnderstood
    kept = {day: spans for day, spans in open_at.items() if day not in closed}
    for (weekday, number), spans in kept.items():
        others = kept.get((weekday, _EVERY), []) if number != _EVERY else []
        ordered = sorted([*spans, *others])
        if any(later.opens < span.ends for span, later in itertools.pairwise(ordered)):
            raise _NotUnderstood
    return kept


def _openings(open_at: dict[_Day, list[Span]]) -> tuple[Opening, ...]:
    days: dict[tuple[str, Span], list[_Day]] = defaultdict(list)
    for (weekday, number), spans in sorted(open_at.items()):
        for span in spans:
            days[WEEKLY if number == _EVERY else MONTHLY, span].append((weekday, number))
    return tuple(
        Opening(freq, ",".join(_written(chosen)), span.opens_at, span.closes_at)
        for (freq, span), chosen in sorted(days.items(), key=lambda item: (item[1], item[0]))
    )


def _written(days: Sequence[_Day]) -> Iterator[str]:
    for weekday, number in days:
        yield f"{number or ''}{DAYS[weekday]}"
