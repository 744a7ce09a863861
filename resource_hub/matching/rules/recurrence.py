"""Which days an opening rule falls on: weekly, every n weeks, the n-th weekday or day of a month."""

from dataclasses import dataclass

import numpy as np

from resource_hub.matching.values.columns import Bools, Hours, Ints

_EPOCH = 719_163
_WEEK = 7
_WEEKS, _MONTHS = 1, 2


@dataclass(frozen=True)
class _Calendar:
    """What a rule asks of a day; `first_of` and `last_of` count the weekday within its month from both ends."""

    day: Ints
    weekday: Ints
    month: Ints
    of_month: Ints
    length: Ints

    @property
    def first_of(self) -> Ints:
        return (self.of_month - 1) // _WEEK + 1

    @property
    def last_of(self) -> Ints:
        return -((self.length - self.of_month) // _WEEK + 1)


def falls_on(hours: Hours, rules: Ints, days: Ints) -> Bools:
    """Return for each of the rules (lines of `hours`) and each day whether the rule opens on it."""
    calendar = _calendar(days)
    nth, monthday, weekday = (column[rules, None] for column in (hours.nth, hours.monthday, hours.weekday))
    right_weekday = (weekday == -1) | (weekday == calendar.weekday)
    right_nth = (nth == 0) | (nth == calendar.first_of) | (nth == calendar.last_of)
    right_day = (
        (monthday == 0) | (monthday == calendar.of_month) | (monthday == calendar.of_month - calendar.length - 1)
    )
    in_time = (hours.first[rules, None] <= days) & (days <= hours.last[rules, None])
    falls: Bools = right_weekday & right_nth & right_day & in_time & _right_interval(hours, rules, calendar)
    return falls


def _right_interval(hours: Hours, rules: Ints, calendar: _Calendar) -> Bools:
    every = hours.interval[rules, None]
    if (every == 1).all():
        return np.ones((len(rules), len(calendar.day)), dtype=np.bool_)
    anchor, unit, begins = (column[rules, None] for column in (hours.anchor, hours.unit, hours.week_start))
    weeks = (calendar.day - 1 - begins) // _WEEK - (anchor - 1 - begins) // _WEEK
    months = calendar.month - _month(anchor)
    passed = np.where(unit == _WEEKS, weeks, np.where(unit == _MONTHS, months, calendar.day - anchor))
    right: Bools = passed % every == 0
    return right


def _calendar(days: Ints) -> _Calendar:
    dates = (days - _EPOCH).astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    first = months.astype("datetime64[D]")
    after = (months + 1).astype("datetime64[D]")
    return _Calendar(
        day=days,
        weekday=(days - 1) % _WEEK,
        month=months.astype(np.int64),
        of_month=(dates - first).astype(np.int64) + 1,
        length=(after - first).astype(np.int64),
    )


def _month(days: Ints) -> Ints:
    return (days - _EPOCH).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
