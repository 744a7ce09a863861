"""How old a person is on a day, from a date of birth or from the year alone."""

import re
from datetime import date

from resource_hub.people.values import AgeRange

_SAID_IN_YEARS = 3
_BIRTH = re.compile(r"(\d{4})(?:-(\d{2})-(\d{2}))?", re.ASCII)


def age_on(today: date, birth: str) -> AgeRange | None:
    """Return the whole years somebody may be on a day; None where the birth is unknown.

    A year alone leaves two ages, the birthday being yet to come or gone, except on the last day of the year.
    Somebody born on 29 February turns a year older on 1 March of a common year.
    """
    found = _BIRTH.fullmatch(birth)
    if not found:
        return None
    year, month, day = found.groups()
    if month is None:
        return AgeRange(_years(today, int(year), (12, 31)), today.year - int(year))
    years = _years(today, int(year), (int(month), int(day)))
    return AgeRange(years, years)


def as_fact(age: AgeRange) -> float:
    """Return an age as the one number that matching reads: 76, or 75.5 for "75 or 76, nobody knows".

    A rule that treats 75 and 76 alike is decided; one with its limit between them is unknown.
    """
    return (age.lowest + age.highest) / 2


def age_fact(today: date, birth: str) -> float | None:
    """Return the age on a day as matching reads it; below three years by a full date of birth, in months.

    An age in months is the middle of the month, in years. None where the birth is unknown.
    """
    age = age_on(today, birth)
    if age is None or age.highest >= _SAID_IN_YEARS or len(birth) == len("1950"):
        return None if age is None else as_fact(age)
    return (whole_months_between(date.fromisoformat(birth), today) + 0.5) / 12


def whole_months_between(start: date, end: date) -> int:
    """Return how many months are full between two days; 0 where the end comes first."""
    return max(0, (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day))


def whole_years_between(start: date, end: date) -> int:
    """Return how many years are full between two days; 0 where the end comes first."""
    return max(0, _years(end, start.year, (start.month, start.day)))


def _years(today: date, year: int, birthday: tuple[int, int]) -> int:
    return max(0, today.year - year - ((today.month, today.day) < birthday))
