"""What is due when: ends of business days on the market's clock, and one next action for each side."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.core.workdays import business_days_of
from resource_hub.handoff.rules import due
from resource_hub.handoff.values.course import Standing
from resource_hub.handoff.values.words import OPEN, ActorKind, NextAction, Status, Urgency

ZONE = "America/New_York"
maryland = business_days_of("MD")
moments = st.integers(0, 5 * 366 * 24 * 60).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE))


def due_after(status: Status, since: str, urgency: Urgency = Urgency.ROUTINE) -> datetime | None:
    return due.due_at(Standing(status, at(since), urgency), ZONE, maryland)


@pytest.mark.parametrize(
    ("status", "since", "expected"),
    [
        (Status.REQUESTED, "2026-11-16 10:00", "2026-11-18 17:00"),  # Monday to Wednesday
        (Status.REQUESTED, "2026-11-20 23:30", "2026-11-24 17:00"),  # late on Friday
        (Status.REQUESTED, "2026-11-21 10:00", "2026-11-24 17:00"),  # Saturday
        (Status.REQUESTED, "2026-11-25 10:00", "2026-12-01 17:00"),  # over Thanksgiving and the day after it
        (Status.ACCEPTED, "2026-12-24 10:00", "2026-12-29 17:00"),  # over Christmas and a weekend
        (Status.IN_PROGRESS, "2026-11-16 10:00", "2026-11-23 17:00"),
        (Status.IN_PROGRESS, "2026-11-19 10:00", "2026-11-30 17:00"),  # a week later is Thanksgiving
        (Status.ON_HOLD, "2026-11-16 10:00", "2026-11-23 17:00"),
        (Status.COMPLETED, "2026-11-16 10:00", "2026-11-23 17:00"),
        (Status.REJECTED, "2026-11-16 10:00", "2026-11-18 17:00"),
        (Status.FAILED, "2026-11-16 10:00", "2026-11-18 17:00"),
    ],
)
def test_due_times(status: Status, since: str, expected: str) -> None:
    assert due_after(status, since) == at(expected)


def test_the_day_is_the_markets_not_utcs() -> None:
    late_evening = Standing(Status.REQUESTED, datetime(2026, 11, 17, 3, tzinfo=UTC))  # Monday evening in New York

    assert due.due_at(late_evening, ZONE, maryland) == at("2026-11-18 17:00")


def test_an_urgent_answer_is_due_the_next_business_day() -> None:
    assert due_after(Status.REQUESTED, "2026-11-20 10:00", Urgency.URGENT) == at("2026-11-23 17:00")
    assert due_after(Status.ACCEPTED, "2026-11-20 10:00", Urgency.URGENT) == at("2026-11-24 17:00")


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.ENTERED_IN_ERROR])
def test_nothing_is_due_once_it_was_called_off(status: Status) -> None:
    assert due_after(status, "2026-11-16 10:00") is None


@pytest.mark.parametrize("status", [Status.COMPLETED, Status.REJECTED, Status.FAILED])
def test_nothing_is_due_once_it_is_over_and_its_outcome_known(status: Status) -> None:
    assert due.due_at(Standing(status, at("2026-11-16 10:00"), outcome_known=True), ZONE, maryland) is None


@given(moments, st.sampled_from(Status), st.sampled_from(Urgency), st.booleans())
def test_due_is_a_business_day_to_come_and_open_ones_always_have_one(
    since: datetime, status: Status, urgency: Urgency, outcome_known: object
) -> None:
    when = due.due_at(Standing(status, since, urgency, bool(outcome_known)), ZONE, maryland)

    if when is None:
        assert status not in OPEN
    else:
        assert maryland(when.astimezone(ZoneInfo(ZONE)).date())
        assert timedelta(0) < when - since < timedelta(days=14)


@given(moments)
def test_a_place_is_kept_longer_than_an_answer_may_take(now: datetime) -> None:
    answer = due.due_at(Standing(Status.REQUESTED, now), ZONE, maryland)

    assert answer
    assert answer < due.hold_until(now, ZONE, maryland) < answer + timedelta(days=7)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
        (date(2026, 11, 26), False),
        (date(2026, 7, 3), False),
        (date(2026, 11, 27), False),
    ],
)
def test_holidays_are_the_states(day: date, works: object) -> None:
    assert maryland(day) is works


def test_another_state_has_other_holidays() -> None:
    assert business_days_of("CO")(date(2026, 11, 27))


@pytest.mark.parametrize(
    ("status", "referrer", "recipient"),
    [
        (Status.DRAFT, NextAction.SEND, NextAction.NOTHING),
        (Status.REQUESTED, NextAction.GET_ANSWER, NextAction.ANSWER),
        (Status.ACCEPTED, NextAction.CONFIRM_CONTACT, NextAction.CONTACT_PERSON),
        (Status.IN_PROGRESS, NextAction.FOLLOW_UP, NextAction.REPORT_PROGRESS),
        (Status.ON_HOLD, NextAction.ASK_WHAT_IT_WAITS_FOR, NextAction.RESUME),
        (Status.COMPLETED, NextAction.RECORD_OUTCOME, NextAction.RECORD_OUTCOME),
        (Status.REJECTED, NextAction.OFFER_NEXT_BEST, NextAction.NOTHING),
        (Status.FAILED, NextAction.OFFER_NEXT_BEST, NextAction.NOTHING),
        (Status.CANCELLED, NextAction.NOTHING, NextAction.NOTHING),
        (Status.ENTERED_IN_ERROR, NextAction.NOTHING, NextAction.NOTHING),
    ],
)
def test_each_side_has_one_next_action(status: Status, referrer: NextAction, recipient: NextAction) -> None:
    said = [due.next_action(status, kind, settled=False, consent_holds=True) for kind in ActorKind]

    assert said[:2] == [referrer, recipient]


@given(st.sampled_from(Status), st.sampled_from(ActorKind), st.booleans())
def test_a_settled_handoff_asks_nothing_of_anybody(status: Status, kind: ActorKind, holds: object) -> None:
    assert due.next_action(status, kind, settled=True, consent_holds=bool(holds)) is NextAction.NOTHING


@pytest.mark.parametrize("status", sorted(OPEN))
def test_without_consent_the_referrer_renews_it_and_the_organization_waits(status: Status) -> None:
    referrer, recipient, *_others = (
        due.next_action(status, kind, settled=False, consent_holds=False) for kind in ActorKind
    )

    assert (referrer, recipient) == (NextAction.RENEW_CONSENT, NextAction.NOTHING)
