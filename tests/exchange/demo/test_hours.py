from datetime import date

import pytest

from resource_hub.exchange.demo.hours import federal_holidays, season


@pytest.mark.parametrize(
    ("today", "first", "last", "expected"),
    [
        # Now: the season that runs.
        (date(2026, 7, 1), "06-15", "08-20", (date(2026, 6, 15), date(2026, 8, 20))),
        # Over: the next one.
        (date(2026, 8, 21), "06-15", "08-20", (date(2027, 6, 15), date(2027, 8, 20))),
        (date(2026, 8, 20), "06-15", "08-20", (date(2026, 6, 15), date(2026, 8, 20))),
        # Winter spans the turn of the year, asked before, in and after it.
        (date(2026, 10, 1), "11-01", "04-15", (date(2026, 11, 1), date(2027, 4, 15))),
        (date(2026, 12, 24), "11-01", "04-15", (date(2026, 11, 1), date(2027, 4, 15))),
        (date(2027, 2, 1), "11-01", "04-15", (date(2026, 11, 1), date(2027, 4, 15))),
        (date(2027, 4, 16), "11-01", "04-15", (date(2027, 11, 1), date(2028, 4, 15))),
    ],
)
def test_the_season_is_the_one_that_is_now_or_next(
    today: date, first: str, last: str, expected: tuple[date, date]
) -> None:
    assert season(today, first, last) == expected


def test_holidays_are_those_of_the_twelve_months_ahead() -> None:
    days = dict(federal_holidays(date(2026, 11, 20)))
    assert days[date(2026, 11, 26)] == "Thanksgiving Day"
    assert date(2026, 11, 11) not in days
    assert date(2027, 11, 11) in days
