"""Two times of a day as people write them: from when to when, where it can be told."""

from typing import NamedTuple

from resource_hub.inventory.rules.hours_words import Clock, Token

HOUR, DAY = 60, 1440
NOON = 12
_HALVES = frozenset({Clock.AM, Clock.PM, Clock.NAMED})
# Between these hours places are open: a reading outside of them is none, unless it says am or pm.
_FIRST, _LAST = 5 * HOUR, 23 * HOUR


class Span(NamedTuple):
    """From when to when, in minutes past midnight; one that closes at or before it opens ends on the next day."""

    opens: int
    closes: int

    @property
    def ends(self) -> int:
        """When it closes, past 1440 where that is after midnight."""
        return self.closes if self.closes > self.opens else self.closes + DAY

    @property
    def opens_at(self) -> str:
        """When it opens, as "HH:MM"."""
        return _written(self.opens)

    @property
    def closes_at(self) -> str:
        """When it closes, as "HH:MM"."""
        return _written(self.closes)


def span_of(first: Token, last: Token) -> Span | None:
    """Return the one span that two times can mean; None where there are several, or none."""
    found = {
        Span(opens, closes)
        for opens in _readings(first)
        for closes in (closing or DAY for closing in _readings(last))
        if _plausible(Span(opens, closes), said={first.clock, last.clock} <= _HALVES)
    }
    if len(found) > 1 and last.clock is Clock.PM and first.clock is None:
        # "1-2:45pm" is in the afternoon; "8-9pm" may begin in the morning.
        found = {span for span in found if span.opens >= NOON * HOUR and first.value % (NOON * HOUR) < 6 * HOUR}
    return found.pop() if len(found) == 1 else None


def _readings(time: Token) -> list[int]:
    hour, minute = divmod(time.value, HOUR)
    if time.clock in {Clock.DAY, Clock.NAMED}:
        return [time.value % DAY]
    morning = hour % NOON * HOUR + minute
    if time.clock is None:
        return [morning, morning + NOON * HOUR]
    return [morning + (NOON * HOUR if time.clock is Clock.PM else 0)]


def _plausible(span: Span, *, said: bool) -> bool:
    if said:
        return span.closes > span.opens or _overnight(span)
    # "9:00-23:59" is what a form fills in where no end was given; "4:00-6:00" by 24 hours is often 4 pm.
    return _FIRST <= span.opens < span.closes <= _LAST


def _overnight(span: Span) -> bool:
    # What opens in the evening may close on the next morning; what "opens at 5 pm and closes at 1 pm" is a slip.
    return span.opens >= 16 * HOUR and span.closes <= NOON * HOUR


def _written(minutes: int) -> str:
    return f"{minutes % DAY // HOUR:02d}:{minutes % HOUR:02d}"
