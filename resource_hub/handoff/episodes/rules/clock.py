"""The community clock: when the person was at home, and on which day something is due."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from resource_hub.core.clock import local_date
from resource_hub.core.workdays import business_day_after
from resource_hub.handoff.episodes.values.course import Clockwork, Course, Period, Stay
from resource_hub.handoff.rules.due import END_OF_DAY


def periods(course: Course) -> tuple[Period, ...]:
    """Return the times in the community since the discharge; none before it.

    A discharge to a facility is a stay that begins on the day of the discharge: the clock starts when it ends.
    """
    found: list[Period] = []
    began = course.discharged_on
    for stay in sorted(course.stays, key=lambda one: one.began_on):
        if began is not None and stay.began_on > began:
            found.append(Period(began, stay.began_on))
        began = stay.ended_on
    return (*found, Period(began, None)) if began is not None else tuple(found)


def current(course: Course) -> Period | None:
    """Return the time in the community that is running; None before the discharge and while the person is away."""
    found = periods(course)
    return found[-1] if found and found[-1].ended_on is None else None


def running_stay(course: Course) -> Stay | None:
    """Return the stay that has not ended."""
    return next((stay for stay in course.stays if stay.ended_on is None), None)


def business_days_later(start: date, days: int, clock: Clockwork) -> datetime:
    """Return the end of the day so many business days after a day."""
    return end_of(business_day_after(start, days, clock.is_business_day), clock)


def days_later(start: date, days: int, clock: Clockwork) -> datetime:
    """Return the end of the day so many days after a day, or of the next business day."""
    return end_of(business_day_after(start + timedelta(days=days), 0, clock.is_business_day), clock)


def end_of(day: date, clock: Clockwork) -> datetime:
    """Return when a working day ends on the market's clock, in UTC."""
    return datetime.combine(day, END_OF_DAY, ZoneInfo(clock.zone)).astimezone(UTC)


def is_within(moment: datetime, period: Period, clock: Clockwork) -> bool:
    """Tell whether an instant lies on a day of a time in the community."""
    day = local_date(moment, clock.zone)
    return period.began_on <= day and (period.ended_on is None or day <= period.ended_on)
