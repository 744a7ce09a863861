"""Help that starts before it is needed loses nothing; what starts later loses by the days between."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resource_hub.matching import phrases
from resource_hub.matching.policy import current
from tests.matching.build import AT, ENGLISH, ZONE, Row, Weekly, factor, query, ranked
from tests.matching.test_hours import moments, opens_next, schedules, slow

MONDAYS = Row(schedules=(Weekly(byday="MO"),))
MONDAY = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
EARLY = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
ahead = st.timedeltas(timedelta(), timedelta(days=40))


def worth(days: float) -> float:
    policy = current().timeliness
    return policy.limit + (1 - policy.limit) * 2 ** (-max(days, 0) / policy.half_life_days)


def test_what_opens_before_help_is_needed_loses_nothing() -> None:
    assert factor(MONDAYS, "timeliness", query(needed_by=MONDAY)) == 1
    assert factor(MONDAYS, "timeliness", query(needed_by=MONDAY + timedelta(days=9))) == 1
    assert factor(MONDAYS, "timeliness", query(needed_by=EARLY)) == pytest.approx(worth(2))
    assert factor(MONDAYS, "timeliness", query()) == pytest.approx(worth((MONDAY - AT) / timedelta(days=1)))


def test_a_wait_counts_only_beyond_the_day_when_help_is_needed() -> None:
    waits = Row(status="waitlist", waiting_days=10)

    assert factor(waits, "timeliness", query(needed_by=AT + timedelta(days=10))) == 1
    assert factor(waits, "timeliness", query(needed_by=AT + timedelta(days=4))) == pytest.approx(worth(6))
    assert factor(waits, "timeliness", query()) == pytest.approx(worth(10))


def test_needed_in_the_past_is_needed_now() -> None:
    assert factor(MONDAYS, "timeliness", query(needed_by=AT - timedelta(days=3))) == factor(MONDAYS, "timeliness")


def test_hours_that_nobody_knows_gain_nothing_by_waiting() -> None:
    unknown = current().timeliness.unknown

    assert factor(Row(schedules=()), "timeliness", query(needed_by=AT + timedelta(days=30))) == unknown
    assert factor(Row(schedules=(Weekly(valid_to=date(2026, 1, 1)),)), "timeliness", query(needed_by=MONDAY)) == 0.1


@settings(max_examples=60, deadline=None)
@given(schedules, moments, ahead, st.none() | st.integers(0, 30))
def test_lateness_is_measured_on_the_clock_on_the_wall(
    rules: tuple[Weekly, ...], at: datetime, ahead: timedelta, wait: int | None
) -> None:
    row = Row(schedules=rules, waiting_days=wait, checked=at.astimezone(ZoneInfo(ZONE)).date())
    is_open, watched = slow(row, at)
    starts = at if is_open else watched or opens_next(row, at)
    found = factor(row, "timeliness", query(at=at, needed_by=at + ahead))

    if starts is None:
        assert found == current().timeliness.limit
    else:
        begins = max(starts - at, timedelta(days=wait or 0))
        assert found == pytest.approx(worth((begins - ahead) / timedelta(days=1)))


@given(schedules, moments, ahead, ahead)
@settings(max_examples=40, deadline=None)
def test_needing_it_later_is_never_worth_less(
    rules: tuple[Weekly, ...], at: datetime, soon: timedelta, more: timedelta
) -> None:
    row = Row(schedules=rules, checked=at.astimezone(ZoneInfo(ZONE)).date())
    urgent, patient = (factor(row, "timeliness", query(at=at, needed_by=at + when)) for when in (soon, soon + more))

    assert urgent <= patient


@pytest.mark.parametrize(
    ("needed_by", "words"),
    [
        (MONDAY, "Closed now, opens on Monday at 9 am; in time for when help is needed."),
        (EARLY, "Closed now, opens on Monday at 9 am; not sure to be in time for when help is needed."),
        (None, "Closed now, opens on Monday at 9 am."),
    ],
)
def test_the_sentence_says_whether_it_is_in_time(needed_by: datetime | None, words: str) -> None:
    evening = AT.replace(hour=23)
    [match] = ranked([MONDAYS], query(at=evening, needed_by=needed_by))

    assert phrases.sentence(match.factors[-1], ENGLISH) == words
