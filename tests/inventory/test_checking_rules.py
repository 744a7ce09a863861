"""By when a report is due, when to call again, and what a call says about a report."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.core.workdays import business_day_after, business_days_of
from resource_hub.inventory.rules.checking import FACT_OF, LONGEST_WAIT, OFFERED, due_on, next_call, settled
from resource_hub.inventory.rules.links import Standing, standing
from resource_hub.inventory.values import CallOutcome, FactKind, ReportKind, Resolution
from tests.conftest import NOW

MARYLAND = business_days_of("MD")
FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)
BEFORE_THANKSGIVING = date(2026, 11, 25)
NOTHING: frozenset[FactKind] = frozenset()


def test_a_closed_door_is_found_out_on_the_next_business_day() -> None:
    assert due_on(ReportKind.CLOSED, FRIDAY, MARYLAND) == MONDAY
    # Thanksgiving and the day after it are holidays in Maryland.
    assert due_on(ReportKind.CLOSED, BEFORE_THANKSGIVING, MARYLAND) == date(2026, 11, 30)


@given(st.sampled_from(ReportKind), st.dates(date(2024, 1, 1), date(2030, 1, 1)))
def test_every_report_is_due_on_a_business_day_to_come(kind: ReportKind, today: date) -> None:
    due = due_on(kind, today, MARYLAND)

    assert due > today
    assert MARYLAND(due)


def test_after_no_business_days_it_is_the_day_itself_or_the_next_one() -> None:
    assert business_day_after(FRIDAY, 0, MARYLAND) == FRIDAY
    assert business_day_after(date(2026, 11, 21), 0, MARYLAND) == MONDAY


def test_who_does_not_answer_is_called_again_after_twice_as_long() -> None:
    waits = [next_call(CallOutcome.NO_ANSWER, count, MONDAY, lambda _day: True) for count in range(1, 8)]

    assert [(day - MONDAY).days for day in waits if day] == [1, 2, 4, 8, 16, 16, 16]
    assert max((day - MONDAY).days for day in waits if day) == LONGEST_WAIT


def test_what_was_checked_rests_and_what_closed_is_not_called_again() -> None:
    assert next_call(CallOutcome.RIGHT, 1, MONDAY, MARYLAND) == MONDAY + timedelta(days=30)
    assert next_call(CallOutcome.CLOSED, 1, MONDAY, MARYLAND) is None


@pytest.mark.parametrize(
    ("kind", "outcome", "changed", "asked", "said"),
    [
        (ReportKind.HOURS, CallOutcome.RIGHT, NOTHING, {FactKind.HOURS}, Resolution.WAS_RIGHT),
        (ReportKind.HOURS, CallOutcome.RIGHT, NOTHING, {FactKind.PHONE}, None),
        (ReportKind.HOURS, CallOutcome.CHANGED, {FactKind.HOURS}, NOTHING, Resolution.FIXED),
        (ReportKind.HOURS, CallOutcome.CHANGED, {FactKind.PHONE}, {FactKind.HOURS}, Resolution.WAS_RIGHT),
        (ReportKind.HOURS, CallOutcome.NO_ANSWER, NOTHING, {FactKind.HOURS}, None),
        (ReportKind.ADDRESS, CallOutcome.CLOSED, NOTHING, NOTHING, Resolution.FIXED),
        (ReportKind.CLOSED, CallOutcome.CHANGED, {FactKind.PHONE}, {FactKind.LISTING}, Resolution.WAS_RIGHT),
        (ReportKind.CHANGED, CallOutcome.CHANGED, {FactKind.PHONE}, {FactKind.LISTING}, Resolution.FIXED),
    ],
)
def test_a_call_settles_what_it_asked_about(
    kind: ReportKind, outcome: CallOutcome, changed: set[FactKind], asked: set[FactKind], said: Resolution | None
) -> None:
    assert settled(kind, outcome, frozenset(changed), frozenset(asked)) is said


def test_every_kind_is_about_a_fact_and_only_the_organization_says_that_something_changed() -> None:
    assert set(FACT_OF) == set(ReportKind)
    assert set(ReportKind) - set(OFFERED) == {ReportKind.CHANGED}


def test_a_link_stands_until_it_runs_out_or_is_taken_back() -> None:
    later, earlier = NOW + timedelta(seconds=1), NOW - timedelta(seconds=1)

    assert standing(later, None, NOW) is Standing.OPEN
    assert standing(NOW, None, NOW) is Standing.OVER
    assert standing(later, earlier, NOW) is Standing.REVOKED
