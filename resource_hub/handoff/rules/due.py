"""What is due next about a handoff, and by when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from resource_hub.core.workdays import IsBusinessDay, business_day_after
from resource_hub.handoff.values.course import Standing
from resource_hub.handoff.values.words import OPEN, ActorKind, NextAction, Status, Urgency


@dataclass(frozen=True)
class DueRule:
    """In how many days something is due, counted in business days or in all days."""

    days: int
    business: bool


# Due is the end of a working day, on the market's clock.
END_OF_DAY = time(17)
HOLD_BUSINESS_DAYS = 3
SILENT_BUSINESS_DAYS = 4

_ANSWER = DueRule(2, business=True)
_URGENT_ANSWER = DueRule(1, business=True)
_WEEK = DueRule(7, business=False)

DUE: Mapping[Status, DueRule] = {
    Status.DRAFT: DueRule(2, business=True),
    Status.REQUESTED: _ANSWER,
    Status.ACCEPTED: DueRule(2, business=True),
    Status.IN_PROGRESS: _WEEK,
    Status.ON_HOLD: _WEEK,
    Status.COMPLETED: _WEEK,
    # The person still has no help: somebody looks for the next best service.
    Status.REJECTED: DueRule(2, business=True),
    Status.FAILED: DueRule(2, business=True),
}

_NEXT: Mapping[Status, tuple[NextAction, NextAction]] = {
    Status.DRAFT: (NextAction.SEND, NextAction.NOTHING),
    Status.REQUESTED: (NextAction.GET_ANSWER, NextAction.ANSWER),
    Status.ACCEPTED: (NextAction.CONFIRM_CONTACT, NextAction.CONTACT_PERSON),
    Status.IN_PROGRESS: (NextAction.FOLLOW_UP, NextAction.REPORT_PROGRESS),
    Status.ON_HOLD: (NextAction.ASK_WHAT_IT_WAITS_FOR, NextAction.RESUME),
    Status.COMPLETED: (NextAction.RECORD_OUTCOME, NextAction.RECORD_OUTCOME),
    Status.REJECTED: (NextAction.OFFER_NEXT_BEST, NextAction.NOTHING),
    Status.FAILED: (NextAction.OFFER_NEXT_BEST, NextAction.NOTHING),
}


def due_at(standing: Standing, zone: str, is_business_day: IsBusinessDay) -> datetime | None:
    """Return when the next thing is due: the end of that day in the zone (IANA name); None when nothing is.

    Days count from the day after `standing.since`. A due day that is no business day moves to the next one.
    """
    rule = _rule(standing)
    if rule is None:
        return None
    return _end_of(_day_after(_local_date(standing.since, zone), rule, is_business_day), zone)


def hold_until(now: datetime, zone: str, is_business_day: IsBusinessDay) -> datetime:
    """Return until when a place is kept for a request: a business day longer than an answer may take."""
    rule = DueRule(HOLD_BUSINESS_DAYS, business=True)
    return _end_of(_day_after(_local_date(now, zone), rule, is_business_day), zone)


def silent_at(since: datetime, zone: str, is_business_day: IsBusinessDay) -> datetime:
    """Return when a request that was sent at an instant has gone without an answer for too long."""
    rule = DueRule(SILENT_BUSINESS_DAYS, business=True)
    return _end_of(_day_after(_local_date(since, zone), rule, is_business_day), zone)


def next_action(status: Status, actor: ActorKind, *, settled: bool, consent_holds: bool) -> NextAction:
    """Return the one thing that a side does next; nothing once a handoff is settled."""
    if settled or status not in _NEXT:
        return NextAction.NOTHING
    if status in OPEN and not consent_holds:
        return NextAction.NOTHING if actor is ActorKind.RECIPIENT else NextAction.RENEW_CONSENT
    for_referrer, for_recipient = _NEXT[status]
    return for_recipient if actor is ActorKind.RECIPIENT else for_referrer


def _rule(standing: Standing) -> DueRule | None:
    if standing.status not in OPEN and standing.outcome_known:
        return None
    if standing.status == Status.REQUESTED and standing.urgency == Urgency.URGENT:
        return _URGENT_ANSWER
    return DUE.get(standing.status)


def _day_after(start: date, rule: DueRule, is_business_day: IsBusinessDay) -> date:
    if rule.business:
        return business_day_after(start, rule.days, is_business_day)
    return business_day_after(start + timedelta(days=rule.days), 0, is_business_day)


def _local_date(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()


def _end_of(day: date, zone: str) -> datetime:
    return datetime.combine(day, END_OF_DAY, ZoneInfo(zone)).astimezone(UTC)
