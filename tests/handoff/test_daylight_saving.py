"""Due times around the days on which clocks are moved, in every zone of a market: kept on the wall, never too early."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resource_hub.core.workdays import IsBusinessDay, business_days_of
from resource_hub.handoff.episodes.rules import clock as episodes
from resource_hub.handoff.episodes.rules import steps
from resource_hub.handoff.episodes.values.course import Clockwork, Course, StepStanding
from resource_hub.handoff.episodes.values.words import EpisodeStep
from resource_hub.handoff.rules import due
from resource_hub.handoff.values.course import Standing
from resource_hub.handoff.values.words import Status, Urgency

# Zones with and without daylight saving, on both sides of the date line, each with a state whose holidays hold there.
PLACES = {
    "America/New_York": "MD",
    "America/Chicago": "IL",
    "America/Denver": "CO",
    "America/Phoenix": "AZ",
    "America/Los_Angeles": "CA",
    "America/Anchorage": "AK",
    "Pacific/Honolulu": "HI",
    "America/Puerto_Rico": "PR",
    "Pacific/Guam": "GU",
}
END = time(17)
WEEK = timedelta(days=7)
Due = Callable[[datetime, str, IsBusinessDay], datetime]

places = st.sampled_from(sorted(PLACES.items()))
around = st.timedeltas(timedelta(days=-12), timedelta(days=3))


def moved_on(year: int, month: int, sunday: int) -> datetime:
    """Return when the clocks are moved on the mainland: on that Sunday of a month, near enough at 08:00 UTC."""
    first = date(year, month, 1)
    day = first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (sunday - 1))
    return datetime.combine(day, time(8), UTC)


changes = st.builds(
    lambda year, which: moved_on(year, *which), st.integers(2025, 2032), st.sampled_from([(3, 2), (11, 1)])
)
moments = st.builds(lambda change, away: change + away, changes, around)


def of(status: Status, urgency: Urgency = Urgency.ROUTINE) -> Due:
    """Return how a standing's due time is found; the statuses here always have one."""

    def when(since: datetime, zone: str, is_business_day: IsBusinessDay) -> datetime:
        found = due.due_at(Standing(status, since, urgency), zone, is_business_day)
        assert found
        return found

    return when


def local_day(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()


def assert_on_the_wall(moment: datetime, zone: str) -> None:
    assert moment.utcoffset() == timedelta(0)
    assert moment.astimezone(ZoneInfo(zone)).time() == END


def business_days_between(start: date, end: date, is_business_day: IsBusinessDay) -> int:
    """Count business days after a day, up to another."""
    return sum(is_business_day(start + timedelta(days=number)) for number in range(1, (end - start).days + 1))


def test_the_changes_are_those_of_the_year() -> None:
    assert moved_on(2026, 3, 2).date() == date(2026, 3, 8)
    assert moved_on(2026, 11, 1).date() == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("when", "days"),
    [
        (of(Status.REQUESTED), 2),
        (of(Status.REQUESTED, Urgency.URGENT), 1),
        (of(Status.ACCEPTED), 2),
        (of(Status.REJECTED), 2),
        (due.hold_until, 3),
        (due.silent_at, 4),
    ],
    ids=["answer", "urgent", "contact", "next best", "hold", "silent"],
)
@settings(max_examples=40)
@given(places, moments)
def test_business_days_end_at_five_on_the_wall_and_none_is_left_out(
    when: Due, days: int, place: tuple[str, str], since: datetime
) -> None:
    zone, works = place[0], business_days_of(place[1])

    found = when(since, zone, works)

    assert_on_the_wall(found, zone)
    day = local_day(found, zone)
    assert works(day)
    assert business_days_between(local_day(since, zone), day, works) == days


@pytest.mark.parametrize("status", [Status.IN_PROGRESS, Status.ON_HOLD, Status.COMPLETED])
@settings(max_examples=40)
@given(place=places, since=moments)
def test_a_week_is_seven_days_of_the_wall_and_ends_on_a_business_day(
    status: Status, place: tuple[str, str], since: datetime
) -> None:
    zone, works = place[0], business_days_of(place[1])

    found = of(status)(since, zone, works)

    assert_on_the_wall(found, zone)
    promised = local_day(since, zone) + WEEK
    assert local_day(found, zone) >= promised
    assert business_days_between(promised - timedelta(days=1), local_day(found, zone), works) == 1


@given(places, moments, st.timedeltas(timedelta(0), timedelta(days=4)), st.sampled_from(sorted(due.DUE)))
def test_what_began_later_is_never_due_earlier(
    place: tuple[str, str], since: datetime, later: timedelta, status: Status
) -> None:
    zone, works = place[0], business_days_of(place[1])

    for when in (of(status), due.hold_until, due.silent_at):
        assert when(since, zone, works) <= when(since + later, zone, works)


@given(places, moments)
def test_a_reminder_comes_before_the_place_is_given_back_and_that_before_the_next_best(
    place: tuple[str, str], since: datetime
) -> None:
    zone, works = place[0], business_days_of(place[1])

    assert since < of(Status.REQUESTED)(since, zone, works) < due.hold_until(since, zone, works)
    assert due.hold_until(since, zone, works) < due.silent_at(since, zone, works)


def standing(discharged_on: date, clock: Clockwork, step: EpisodeStep) -> StepStanding:
    """Return where a step of an episode stands that was opened on the day of the discharge."""
    morning = datetime.combine(discharged_on, time(9), ZoneInfo(clock.zone)).astimezone(UTC)
    course = Course(morning, discharged_on, discharged_on)
    return {one.step: one for one in steps.standings(course, clock, morning)}[step]


# Discharges so far back that the two days or the thirty reach over the change.
@given(places, changes, st.integers(0, 34), st.sampled_from([EpisodeStep.TWO_DAY_CALL, EpisodeStep.ASSESSMENT]))
def test_the_call_after_the_discharge_has_two_business_days(
    place: tuple[str, str], change: datetime, back: int, step: EpisodeStep
) -> None:
    clock = Clockwork(place[0], business_days_of(place[1]))
    home = change.date() - timedelta(days=back)

    found = standing(home, clock, step).due_at

    assert found
    assert_on_the_wall(found, clock.zone)
    assert business_days_between(home, local_day(found, clock.zone), clock.is_business_day) == steps.CALL_BUSINESS_DAYS


@given(places, changes, st.integers(0, 34), st.sampled_from([EpisodeStep.THIRTY_DAY_CALL, EpisodeStep.RESCREEN]))
def test_the_thirty_days_are_days_of_the_wall(
    place: tuple[str, str], change: datetime, back: int, step: EpisodeStep
) -> None:
    clock = Clockwork(place[0], business_days_of(place[1]))
    home = change.date() - timedelta(days=back)

    found, later = standing(home, clock, step).due_at, standing(home + timedelta(days=1), clock, step).due_at

    assert found
    assert later
    assert_on_the_wall(found, clock.zone)
    promised = home + timedelta(days=steps.LAST_CALL_DAYS)
    assert business_days_between(promised - timedelta(days=1), local_day(found, clock.zone), clock.is_business_day) == 1
    assert local_day(found, clock.zone) >= promised
    assert found <= later


@given(places, changes, st.integers(-2, 2), st.timedeltas(timedelta(0), timedelta(minutes=1439)))
def test_an_instant_belongs_to_the_day_that_the_wall_showed(
    place: tuple[str, str], change: datetime, away: int, into: timedelta
) -> None:
    clock, day = Clockwork(place[0], business_days_of(place[1])), change.date() + timedelta(days=away)
    period = episodes.periods(Course(change, day, day))[0]
    shown = datetime.combine(day, time(), ZoneInfo(clock.zone)) + into

    assert episodes.is_within(shown.astimezone(UTC), period, clock)
    before = datetime.combine(day, time(), ZoneInfo(clock.zone)).astimezone(UTC) - timedelta(minutes=1)
    assert not episodes.is_within(before, period, clock)
