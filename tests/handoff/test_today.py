"""The referrer's list: late and urgent first, each row with the one reason why it is there."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from resource_hub.accounts.models import Notice
from resource_hub.accounts.work import Work
from resource_hub.handoff import queries, service
from resource_hub.handoff.models import Referral
from resource_hub.handoff.queries.reasons import must_be_called
from resource_hub.handoff.rules.attempts import AttemptResult, AttemptRoute
from resource_hub.handoff.rules.today import Known, Why, why
from resource_hub.handoff.service.next_best import find_next_best, propose
from resource_hub.handoff.values.words import OPEN, Reason, Status, Urgency
from resource_hub.people import consent
from tests.conftest import NOW, as_actor
from tests.handoff.stories import Story, a_handoff, a_person, a_story


@pytest.fixture
def story(work: Work) -> Story:
    return a_story(work)


def reason(work: Work, story: Story, *, after: timedelta = timedelta(0)) -> str:
    (row,) = queries.worklist(as_actor(replace(work, now=work.now + after), story.coordinator))
    return row.why


def test_late_comes_before_urgent_and_urgent_before_what_is_due_earlier(work: Work, story: Story) -> None:
    def asked(name: str, urgency: Urgency, due_in: timedelta) -> str:
        person = a_person(work, story.coordinator, name=name)
        referral_id = a_handoff(work, story, person_id=person, urgency=urgency)
        work.session.execute(update(Referral).where(Referral.id == referral_id).values(due_at=work.now + due_in))
        return referral_id

    hour = timedelta(hours=1)
    expected = [
        asked("late, urgent", Urgency.URGENT, -hour),
        asked("later, routine", Urgency.ROUTINE, -9 * hour),
        asked("urgent", Urgency.URGENT, 9 * hour),
        asked("soon", Urgency.SOON, 5 * hour),
        asked("first due", Urgency.ROUTINE, hour),
        asked("last due", Urgency.ROUTINE, 2 * hour),
    ]

    rows = queries.worklist(as_actor(work, story.coordinator))

    assert [row.referral_id for row in rows] == expected
    assert [row.referral_id for row in queries.worklist(as_actor(work, story.coordinator), limit=3)] == expected[:3]


def test_a_request_goes_from_new_to_unanswered_to_the_next_best(work: Work, story: Story) -> None:
    a_handoff(work, story)
    assert reason(work, story) == Why.NEXT
    assert reason(work, story, after=timedelta(days=5)) == Why.NO_ANSWER

    later = replace(work, now=work.now + timedelta(days=11))
    assert [propose(later, one) for one in find_next_best(later)] == [True]

    assert reason(work, story, after=timedelta(days=11)) == Why.OFFER_NEXT


def test_who_cannot_be_written_to_is_called(work: Work, story: Story) -> None:
    referral_id = a_handoff(work, story)
    work.session.execute(update(Notice).where(Notice.handoff_id == referral_id).values(last_error="no_address"))

    assert (reason(work, story), must_be_called(work, referral_id)) == (Why.CALL_THEM, True)


def test_after_a_yes_silence_is_told_until_something_is_heard(work: Work, story: Story) -> None:
    referral_id = a_handoff(work, story)
    partner = as_actor(work, story.partner)
    service.move(partner, referral_id, Status.ACCEPTED)
    week = timedelta(days=7)
    assert reason(work, story, after=week - timedelta(seconds=1)) == Why.LATE
    assert reason(work, story, after=week) == Why.SILENT

    service.log_attempt(
        replace(partner, now=work.now + timedelta(days=3)), referral_id, AttemptRoute.PHONE, AttemptResult.NO_ANSWER
    )
    assert reason(work, story, after=week) == Why.LATE


def test_a_question_waits_until_it_is_answered(work: Work, story: Story) -> None:
    referral_id = a_handoff(work, story)
    service.write_message(as_actor(work, story.partner), referral_id, "A question?")
    assert reason(work, story) == Why.QUESTION

    later = replace(as_actor(work, story.coordinator), now=work.now + timedelta(minutes=1))
    service.write_message(later, referral_id, "An answer.")
    assert reason(work, story) == Why.NEXT


def test_a_no_and_an_ended_consent_say_so(work: Work, story: Story) -> None:
    referral_id = a_handoff(work, story)
    desk = as_actor(work, story.coordinator)
    other = a_story(work, "other")
    refused = a_handoff(work, other)
    service.move(as_actor(work, other.partner), refused, Status.REJECTED, Reason.OUT_OF_AREA)

    consent.revoke(desk, work.session.get_one(Referral, referral_id).consent_id)

    assert (reason(work, story), reason(work, other)) == (Why.CONSENT_ENDED, Why.TURNED_DOWN)


@given(
    st.builds(
        Known, st.sampled_from(Status), st.booleans(), st.booleans(), st.none() | st.just(NOW), st.booleans(),
        st.booleans(), st.booleans(), st.booleans(),
    )
)  # fmt: skip
def test_every_handoff_has_a_reason_and_an_ended_consent_is_always_the_first(known: Known) -> None:
    found = why(known, NOW + timedelta(days=9))

    assert (found is Why.CONSENT_ENDED) == (known.status in OPEN and not known.consent_holds)
    if known.status not in OPEN:
        assert found not in {Why.QUESTION, Why.OUT_OF_REACH, Why.OFFER_NEXT, Why.CALL_THEM, Why.SILENT}


def test_the_organization_is_reminded_once_however_late_the_worker_comes(work: Work, story: Story) -> None:
    referral_id = a_handoff(work, story)
    weeks_later = replace(work, now=work.now + timedelta(days=30))

    for _ in range(3):
        service.raise_overdue(weeks_later)

    query = select(Notice.organization_id, Notice.handoff_id).where(Notice.kind == "handoff.reminder")
    assert work.session.execute(query).all() == [(story.pantry.organization.id, referral_id)]


def test_who_may_see_nothing_any_more_is_not_reminded(work: Work, story: Story) -> None:
    referral_id = a_handoff(work, story)
    consent.revoke(as_actor(work, story.coordinator), work.session.get_one(Referral, referral_id).consent_id)

    service.raise_overdue(replace(work, now=work.now + timedelta(days=30)))

    assert work.session.scalars(select(Notice).where(Notice.kind == "handoff.reminder")).all() == []
