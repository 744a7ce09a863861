"""An instant is one; its wall clock and its date depend on the zone."""

from datetime import UTC, date, datetime

import pytest

from resource_hub.core.clock import local, local_date, utc_now
from resource_hub.core.workdays import business_days_of

LATE = datetime(2026, 11, 21, 4, 30, tzinfo=UTC)


def test_now_is_in_utc() -> None:
    assert utc_now().tzinfo is UTC


def test_the_same_instant_is_another_date_further_west() -> None:
    assert local_date(LATE, "UTC") == date(2026, 11, 21)
    assert local_date(LATE, "America/New_York") == date(2026, 11, 20)
    assert local(LATE, "America/New_York") == LATE
    assert local(LATE, "America/New_York").hour == 23


@pytest.mark.parametrize(
    ("state", "day", "works"),
    [
        ("MD", date(2026, 11, 20), True),
        ("MD", date(2026, 11, 21), False),
        ("MD", date(2026, 11, 22), False),
        ("MD", date(2026, 11, 26), False),
        ("MD", date(2027, 1, 1), False),
        ("MA", date(2026, 4, 20), False),
        ("MD", date(2026, 4, 20), True),
    ],
)
def test_business_days_leave_out_weekends_and_the_holidays_of_the_state(state: str, day: date, works: object) -> None:
    assert business_days_of(state)(day) is works
