"""Business days: Monday to Friday without the public holidays of a state."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from holidays import country_holidays

IsBusinessDay = Callable[[date], bool]

_SATURDAY = 5


def business_days_of(state: str) -> IsBusinessDay:
    """Return the function that tells whether a date is a business day in a state (two letters, US)."""

    def is_business_day(day: date) -> bool:
        return day.weekday() < _SATURDAY and day not in _holidays(state, day.year)

    return is_business_day


@lru_cache(maxsize=1024)
def _holidays(state: str, year: int) -> frozenset[date]:
    return frozenset(country_holidays("US", subdiv=state, years=year))
