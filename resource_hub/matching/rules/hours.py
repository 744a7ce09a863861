"""Open at a time, and when next: rules and dated exceptions of many rows at once, in the market's zone."""

from dataclasses import dataclass, fields

import numpy as np

from resource_hub.matching.rules.recurrence import falls_on
from resource_hub.matching.rules.wall_clock import instants
from resource_hub.matching.values.columns import Bools, Exceptions, Floats, Hours, Ints

# Two weeks hold the next opening of nearly every row; a year and a month that of the rest.
_HORIZONS = (15, 400)


@dataclass(frozen=True)
class Openings:
    """For each row: open at the time asked, until when, and the next opening after it, in minutes since the epoch.

    NaN: closing is not known; no opening found. `known` marks rows that are known to be open or closed at that time,
    `complete` those whose rules can all be followed.
    """

    open: Bools
    closes: Floats
    next_open: Floats
    known: Bools
    complete: Bools

    def take(self, chosen: Ints) -> "Openings":
        """Return the openings of the chosen rows or profiles."""
        return Openings(*(getattr(self, part.name)[chosen] for part in fields(self)))


@dataclass(frozen=True)
class _Spans:
    row: Ints
    start: Ints
    end: Ints


def openings(hours: Hours, zone: str, at: float, today: int, keep: Bools) -> Openings:
    """Return the openings of the rows to keep. `today` is the ordinal of the local date of `at`."""
    near = _within(hours, zone, at, today, keep, _HORIZONS[0])
    later = keep & np.isnan(near.next_open) & _has_rules(hours)
    if not later.any():
        return near
    far = _within(hours, zone, at, today, later, _HORIZONS[1])
    return Openings(near.open, near.closes, np.where(later, far.next_open, near.next_open), near.known, near.complete)


def _within(hours: Hours, zone: str, at: float, today: int, keep: Bools, horizon: int) -> Openings:
    days = np.arange(today - 1, today + horizon, dtype=np.int64)
    overridden = _overridden(hours.exceptions, days, len(keep))
    spans = _joined(_by_rule(hours, zone, days, keep, overridden), _by_exception(hours.exceptions, zone, days, keep))
    now = (spans.start <= at) & (at < spans.end)
    closes = np.full(len(keep), -np.inf)
    np.maximum.at(closes, spans.row[now], spans.end[now].astype(np.float64))
    next_open = np.full(len(keep), np.inf)
    coming = spans.start > at
    np.minimum.at(next_open, spans.row[coming], spans.start[coming].astype(np.float64))
    is_open = np.isfinite(closes)
    complete = hours.stated & ~hours.uncertain
    known = is_open | complete | overridden[:, 1]
    return Openings(is_open, _finite(closes), _finite(next_open), known, complete)


def _by_rule(hours: Hours, zone: str, days: Ints, keep: Bools, overridden: Bools) -> _Spans:
    rules = np.flatnonzero(keep[hours.row])
    falls = falls_on(hours, rules, days) & ~overridden[hours.row[rules]]
    line, day = np.nonzero(falls)
    which = rules[line]
    start = instants(zone, days[day], hours.opens[which])
    return _Spans(hours.row[which], start, instants(zone, days[day], hours.closes[which]))


def _by_exception(exceptions: Exceptions, zone: str, days: Ints, keep: Bools) -> _Spans:
    in_window = (exceptions.day >= days[0]) & (exceptions.day <= days[-1])
    which = np.flatnonzero(keep[exceptions.row] & in_window & (exceptions.opens >= 0))
    start = instants(zone, exceptions.day[which], exceptions.opens[which])
    return _Spans(exceptions.row[which], start, instants(zone, exceptions.day[which], exceptions.closes[which]))


def _overridden(exceptions: Exceptions, days: Ints, rows: int) -> Bools:
    """Return rows by days: whether an exception takes the place of the rules."""
    result = np.zeros((rows, len(days)), dtype=np.bool_)
    inside = (exceptions.day >= days[0]) & (exceptions.day <= days[-1])
    result[exceptions.row[inside], exceptions.day[inside] - days[0]] = True
    return result


def _joined(first: _Spans, second: _Spans) -> _Spans:
    return _Spans(
        np.concatenate([first.row, second.row]),
        np.concatenate([first.start, second.start]),
        np.concatenate([first.end, second.end]),
    )


def _has_rules(hours: Hours) -> Bools:
    result = np.zeros(len(hours.stated), dtype=np.bool_)
    result[hours.row] = True
    return result


def _finite(values: Floats) -> Floats:
    return np.where(np.isfinite(values), values, np.nan)
