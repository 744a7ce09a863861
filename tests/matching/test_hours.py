"""Open at a time and when next, against a clock that is watched every ten minutes."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import accumulate
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from dateutil.rrule import rrulestr
from hypothesis import example, given, settings
from hypothesis import strategies as st

from resource_hub.matching.rules.hours import Openings, openings
from resource_hub.matching.rules.opening_rules import lines_of, span
from resource_hub.matching.rules.recurrence import falls_on
from resource_hub.matching.values import OpenState
from tests.matching.build import TODAY, ZONE, Row, Weekly, columns, factor, query, ranked

NEW_YORK = ZoneInfo(ZONE)
SPRING, AUTUMN = date(2026, 3, 8), date(2026, 11, 1)
DAYS = 20
STEP = 10


def asked(rows: Sequence[Row], at: datetime, zone: str = ZONE) -> Openings:
    table = columns(rows, zone)
    today = at.astimezone(ZoneInfo(zone)).toordinal()
    return openings(table.hours, zone, at.timestamp() / 60, today, np.ones(len(rows), dtype=np.bool_))


def local(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), NEW_YORK)


def opens_next(row: Row, at: datetime) -> datetime | None:
    minutes = asked([row], at).next_open[0]
    return None if np.isnan(minutes) else datetime.fromtimestamp(minutes * 60, UTC)


@lru_cache(maxsize=64)
def watched(first: date) -> list[datetime]:
    """What the clock on the wall in New York has shown at most, every ten minutes, for some days."""
    start = datetime.combine(first, time(), NEW_YORK).astimezone(UTC)
    minutes = (start + timedelta(minutes=minute) for minute in range(0, DAYS * 1440, STEP))
    return list(accumulate((minute.astimezone(NEW_YORK).replace(tzinfo=None) for minute in minutes), max))


def slow(row: Row, at: datetime) -> tuple[bool, datetime | None]:
    """Watch the clock: open while it shows a time between opening and closing of a day the rules name."""
    first = at.astimezone(NEW_YORK).date() - timedelta(days=1)
    clock, start = watched(first), datetime.combine(first, time(), NEW_YORK).astimezone(UTC)

    def moment(day: date, minute: int) -> datetime:
        wall = datetime.combine(day, time()) + timedelta(minutes=minute)
        return start + timedelta(minutes=STEP * bisect_left(clock, wall))

    spans = [
        (moment(day, opens), moment(day, closes))
        for day in (first + timedelta(days=number) for number in range(DAYS - 3))
        for opens, closes in _of_day(row, day, first)
    ]
    coming = [begin for begin, _ in spans if begin > at]
    return any(begin <= at < end for begin, end in spans), min(coming, default=None)


def _of_day(row: Row, day: date, first: date) -> list[tuple[int, int]]:
    said = [(opens, closes) for on, opens, closes in row.exceptions if on == day]
    times = said or [(rule.opens_at, rule.closes_at) for rule in row.schedules if day in days_of(rule, first, DAYS)]
    return [found for opens, closes in times if opens and (found := span(opens, closes))]


@lru_cache(maxsize=1024)
def days_of(rule: Weekly, first: date, count: int) -> frozenset[date]:
    """The days that a rule falls on, as a library for the standard finds them."""
    parts = [f"FREQ={rule.freq}", f"INTERVAL={rule.interval or 1}"]
    parts += [f"BYDAY={rule.byday}"] if rule.byday else []
    parts += [f"BYMONTHDAY={rule.bymonthday}"] if rule.bymonthday else []
    parts += [f"WKST={rule.wkst}"] if rule.wkst else []
    parts += [f"UNTIL={rule.until:%Y%m%d}"] if rule.until else []
    start = datetime.combine(rule.dtstart or rule.valid_from or date(2025, 12, 1), time())
    begin = datetime.combine(first, time())
    found = rrulestr(";".join(parts), dtstart=start).between(begin, begin + timedelta(days=count - 1), inc=True)
    return frozenset(
        day.date()
        for day in found
        if (not rule.valid_from or rule.valid_from <= day.date()) and (not rule.valid_to or day.date() <= rule.valid_to)
    )


clock_times = st.sampled_from(
    ["00:00", "00:30", "01:30", "02:00", "02:30", "03:00", "09:00", "17:00", "22:00", "23:50"]
)
some_days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
weekdays = st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), min_size=1, max_size=3, unique=True)
weekly = st.builds(
    Weekly,
    byday=weekdays.map(",".join),
    opens_at=clock_times,
    closes_at=clock_times,
    interval=st.sampled_from([None, 1, 2, 3]),
    dtstart=some_days,
    wkst=st.sampled_from([None, "MO", "SU"]),
    valid_to=st.none() | some_days,
    until=st.none() | some_days,
)
monthly_by_weekday = st.builds(
    Weekly,
    freq=st.just("MONTHLY"),
    byday=st.sampled_from(["1MO", "2TU,4TU", "-1FR", "3SA", "SU", "5WE"]),
    opens_at=clock_times,
    closes_at=clock_times,
    dtstart=some_days,
    interval=st.sampled_from([None, 2]),
)
monthly_by_day = st.builds(
    Weekly,
    freq=st.just("MONTHLY"),
    byday=st.sampled_from([None, "FR"]),
    bymonthday=st.sampled_from(["1", "13", "15,31", "-1"]),
    opens_at=clock_times,
    closes_at=clock_times,
    dtstart=some_days,
)
schedules = st.lists(st.one_of(weekly, monthly_by_weekday, monthly_by_day), min_size=1, max_size=4).map(tuple)
near_the_change = st.builds(
    lambda day, hours: day + timedelta(days=hours),
    st.sampled_from([SPRING, AUTUMN, date(2026, 2, 28), date(2026, 12, 31), date(2026, 7, 4)]),
    st.integers(-2, 2),
)
moments = st.builds(
    lambda day, minute: datetime.combine(day, time(), NEW_YORK).astimezone(UTC) + timedelta(minutes=minute),
    near_the_change,
    st.integers(0, 1560),
)


@settings(max_examples=60, deadline=None)
@given(schedules, moments, st.none() | clock_times, clock_times)
@example((Weekly(byday="SA", opens_at="22:00", closes_at="02:30"),), local(SPRING, "03:10"), None, "09:00")
@example((Weekly(byday="SU", opens_at="02:30", closes_at="09:00"),), local(SPRING, "03:00"), None, "09:00")
@example((Weekly(byday="SU", opens_at="01:30", closes_at="02:00"),), local(AUTUMN, "01:45"), None, "09:00")
def test_open_and_next_agree_with_the_clock_on_the_wall(
    rules: tuple[Weekly, ...], at: datetime, opens: str | None, closes: str
) -> None:
    exception = (at.astimezone(NEW_YORK).date() + timedelta(days=1), opens, closes)
    for row in (Row(schedules=rules), Row(schedules=rules, exceptions=(exception,))):
        is_open, next_open = slow(row, at)
        found = asked([row], at)

        assert bool(found.open[0]) is is_open
        if next_open:
            assert opens_next(row, at) == next_open


@pytest.mark.parametrize(
    ("clock", "state"),
    [("08:59", OpenState.CLOSED), ("09:00", OpenState.OPEN), ("16:59", OpenState.OPEN), ("17:00", OpenState.CLOSED)],
)
def test_a_weekday_from_nine_to_five(clock: str, state: OpenState) -> None:
    assert ranked([Row()], query(at=local(TODAY, clock)))[0].opening.state is state


def test_nine_in_the_morning_is_nine_on_the_wall_in_winter_and_in_summer() -> None:
    assert opens_next(Row(), local(date(2026, 3, 6), "18:00")) == local(date(2026, 3, 9), "09:00")
    assert opens_next(Row(), local(date(2026, 10, 30), "18:00")) == local(date(2026, 11, 2), "09:00")


def test_a_day_of_closing_wins_over_the_rule_and_so_do_other_hours() -> None:
    thanksgiving = date(2026, 11, 26)
    shut = Row(exceptions=((thanksgiving, None, None),))
    short = Row(exceptions=((thanksgiving, "10:00", "12:00"),))

    assert not asked([shut], local(thanksgiving, "11:00")).open[0]
    assert asked([short], local(thanksgiving, "11:00")).open[0]
    assert not asked([short], local(thanksgiving, "13:00")).open[0]
    assert opens_next(shut, local(thanksgiving, "08:00")) == local(date(2026, 11, 27), "09:00")


def test_a_day_of_closing_alone_says_nothing_of_other_days() -> None:
    row = Row(schedules=(), exceptions=((TODAY, None, None),))
    [match] = ranked([row])

    assert match.opening.state is OpenState.CLOSED
    assert factor(row, "timeliness") == 0.7
    assert {reason.code for reason in match.factors[-1].reasons} == {"hours_unknown"}


def test_open_until_after_midnight() -> None:
    night = Row(schedules=(Weekly(byday="FR", opens_at="20:00", closes_at="02:00"),))
    saturday = TODAY + timedelta(days=1)

    assert asked([night], local(saturday, "01:59")).open[0]
    assert not asked([night], local(saturday, "02:00")).open[0]


def test_around_the_clock_is_always_open() -> None:
    always = Row(schedules=(Weekly(byday="MO,TU,WE,TH,FR,SA,SU", opens_at="00:00", closes_at="24:00"),))

    assert all(asked([always], local(AUTUMN, f"{hour:02}:30")).open[0] for hour in range(24))


def test_the_next_opening_is_found_months_ahead() -> None:
    summer = Row(schedules=(Weekly(byday="SA", valid_from=date(2027, 6, 1)),))
    over = Row(schedules=(Weekly(byday="SA", valid_to=date(2026, 9, 1)),))

    assert opens_next(summer, local(TODAY, "12:00")) == local(date(2027, 6, 5), "09:00")
    assert opens_next(over, local(TODAY, "12:00")) is None
    assert factor(over, "timeliness") == pytest.approx(0.1)


def test_a_second_tuesday_and_a_count_of_days() -> None:
    second = Row(schedules=(Weekly(freq="MONTHLY", byday="2TU"),))
    twice = Row(schedules=(Weekly(byday="MO", dtstart=date(2026, 11, 23), count=2),))

    assert opens_next(second, local(TODAY, "12:00")) == local(date(2026, 12, 8), "09:00")
    assert opens_next(twice, local(date(2026, 11, 29), "12:00")) == local(date(2026, 11, 30), "09:00")
    assert opens_next(twice, local(date(2026, 11, 30), "12:00")) is None


@pytest.mark.parametrize(
    "rule",
    [
        Weekly(opens_at=None),
        Weekly(closes_at="late"),
        Weekly(freq="YEARLY"),
        Weekly(byweekno="12"),
        Weekly(byday=None),
        Weekly(interval=2),
    ],
)
def test_a_rule_that_cannot_be_followed_is_unknown_never_closed(rule: Weekly) -> None:
    assert lines_of(rule) == [None]
    assert ranked([Row(schedules=(rule,))])[0].opening.state is OpenState.UNKNOWN


def test_old_hours_are_never_shown_as_open_and_never_worth_more_than_fresh_ones() -> None:
    for age in (0, 100, 180, 181, 400, None):
        checked = None if age is None else TODAY - timedelta(days=age)
        [match] = ranked([Row(checked=checked)])
        believed = age is not None and age <= 180

        assert (match.opening.state is OpenState.OPEN) is believed
        assert (match.opening.closes is not None) is believed
        assert factor(Row(checked=checked), "timeliness") == (1.0 if believed else 0.7)


@given(st.integers(0, 800), st.integers(0, 400), moments)
@settings(deadline=None, max_examples=25)
def test_fresher_hours_are_never_worth_less(age: int, more: int, at: datetime) -> None:
    today = at.astimezone(NEW_YORK).date()
    rare = (Weekly(freq="MONTHLY", byday="3SA"),)
    fresh = Row(checked=today - timedelta(days=age), schedules=rare)
    stale = Row(checked=today - timedelta(days=age + more), schedules=rare)

    assert factor(fresh, "timeliness", query(at=at)) >= factor(stale, "timeliness", query(at=at))


def test_a_time_of_waiting_counts_like_being_closed() -> None:
    assert factor(Row(waiting_days=5), "timeliness") == pytest.approx(0.1 + 0.9 / 2)
    assert factor(Row(waiting_days=3), "timeliness") > factor(Row(waiting_days=9), "timeliness")


YEARLY = [
    Weekly(byday="MO,WE"),
    Weekly(byday="SU", interval=2, dtstart=date(2026, 1, 7)),
    Weekly(byday="SU,MO", interval=2, dtstart=date(2026, 1, 7), wkst="SU"),
    Weekly(byday=None, interval=3, dtstart=date(2026, 1, 7)),
    Weekly(freq="DAILY", byday=None, interval=10, dtstart=date(2026, 1, 7)),
    Weekly(freq="MONTHLY", byday="1MO,3MO"),
    Weekly(freq="MONTHLY", byday="-1FR"),
    Weekly(freq="MONTHLY", byday="-2SA,5WE"),
    Weekly(freq="MONTHLY", byday="2TU", interval=3, dtstart=date(2026, 2, 1)),
    Weekly(freq="MONTHLY", byday=None, bymonthday="1,15,-1"),
    Weekly(freq="MONTHLY", byday="FR", bymonthday="13"),
    Weekly(freq="MONTHLY", byday=None, dtstart=date(2026, 1, 31)),
    Weekly(byday="TH", until=date(2026, 6, 11)),
    Weekly(byday="TH", valid_from=date(2026, 3, 5), valid_to=date(2026, 6, 11)),
]


@pytest.mark.parametrize(
    "rule", YEARLY, ids=lambda rule: f"{rule.freq} {rule.byday or rule.bymonthday} {rule.interval}"
)
def test_a_year_of_days_is_that_of_the_standard(rule: Weekly) -> None:
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    ordinals = np.array([day.toordinal() for day in days], dtype=np.int64)
    hours = columns([Row(schedules=(rule,))]).hours

    table = falls_on(hours, np.arange(len(hours.row)), ordinals)
    found = [bool(column.any()) for column in table.T]

    assert {day for day, falls in zip(days, found, strict=True) if falls} == days_of(rule, days[0], len(days))
    assert any(found)
