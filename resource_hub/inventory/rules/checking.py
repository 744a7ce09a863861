"""Reports of errors and calls to check listings: which fact they are about, by when, and when to call again."""

from collections.abc import Mapping
from datetime import date, timedelta

from resource_hub.core.workdays import IsBusinessDay, business_day_after
from resource_hub.inventory.values import CallOutcome, FactKind, ReportKind, Resolution

LONGEST_NOTE = 500
# What is said again and again is counted; so many texts of it are kept.
MOST_NOTES = 5
# A listing that was just checked is not called again for so long, whatever else is not known of it.
REST_DAYS = 30
LONGEST_WAIT = 16

FACT_OF: Mapping[ReportKind, FactKind] = {
    ReportKind.CLOSED: FactKind.LISTING,
    ReportKind.PHONE: FactKind.PHONE,
    ReportKind.HOURS: FactKind.HOURS,
    ReportKind.ADDRESS: FactKind.ADDRESS,
    ReportKind.ELIGIBILITY: FactKind.ELIGIBILITY,
    ReportKind.OTHER: FactKind.LISTING,
    ReportKind.CHANGED: FactKind.LISTING,
}
# What anybody may say; that something changed is said by the organization, through its link.
OFFERED = tuple(kind for kind in ReportKind if kind is not ReportKind.CHANGED)
# Somebody stands before a closed door: that is found out on the next business day.
_DUE_BUSINESS_DAYS: Mapping[ReportKind, int] = {
    ReportKind.CLOSED: 1,
    ReportKind.PHONE: 2,
    ReportKind.HOURS: 2,
    ReportKind.ADDRESS: 2,
    ReportKind.ELIGIBILITY: 5,
    ReportKind.OTHER: 5,
    ReportKind.CHANGED: 2,
}
_NOT_ONE_FACT = frozenset({ReportKind.OTHER, ReportKind.CHANGED})


def due_on(kind: ReportKind, today: date, is_business_day: IsBusinessDay) -> date:
    """Return by when somebody has to find out about a report."""
    return business_day_after(today, _DUE_BUSINESS_DAYS[kind], is_business_day)


def next_call(outcome: CallOutcome, unanswered: int, today: date, is_business_day: IsBusinessDay) -> date | None:
    """Return from when a listing may be called again: after so many calls in a row that nobody answered, with this one.

    The wait doubles from one business day to sixteen. A listing that closed is not called again.
    """
    if outcome is CallOutcome.CLOSED:
        return None
    if outcome is CallOutcome.NO_ANSWER:
        return business_day_after(today, min(2 ** (unanswered - 1), LONGEST_WAIT), is_business_day)
    return today + timedelta(days=REST_DAYS)


def settled(
    kind: ReportKind, outcome: CallOutcome, changed: frozenset[FactKind], asked: frozenset[FactKind]
) -> Resolution | None:
    """Return what a call says about an open report; None where it says nothing."""
    fact = FACT_OF[kind]
    if outcome is CallOutcome.NO_ANSWER or (outcome is not CallOutcome.CLOSED and fact not in changed | asked):
        return None
    if outcome is CallOutcome.CLOSED or fact in changed or (changed and kind in _NOT_ONE_FACT):
        return Resolution.FIXED
    return Resolution.WAS_RIGHT
