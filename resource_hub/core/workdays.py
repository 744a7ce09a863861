"""Business days: Monday to Friday without the public holidays of a state."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays

IsBusinessDay = Callable[[date], bool]

_SATURDAY = 5


def business_days_of(state: str) -> IsBusinessDay:
    """Return the function that tells whether a date is a business day in a state (two letters, US)."""

    def is_business_day(day: date) -> bool:
        return day.weekday() < _SATURDAY and day not in _holidays(state, day.year)

    return is_business_day


def business_day_after(start: date, days: int, is_business_day: IsBusinessDay) -> date:
    """Return the day so many business days after a day; after none, the day itself or the next business day."""
    day, left = start, days
    while left > 0 or not is_business_day(day):
        day += timedelta(days=1)
        left -= is_business_day(day)
    return day


@lru_cache(maxsize=1024)
def _holidays(state: str, year: int) -> frozenset[date]:
    return frozenset(country_holidays("US", subdiv=state, years=year))
