"""Closed is not helped: four fields, reported by both sides, never overwritten."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from resource_hub.accounts.models import Notice
from resource_hub.accounts.work import Work
from resource_hub.core.errors import HubError, NotFound
from resource_hub.handoff import queries, service
from resource_hub.handoff.models import Outcome, Referral
from resource_hub.handoff.values.words import Experience, NeedMet, Reason, Status, YesNo
from tests.conftest import as_actor
from tests.handoff.stories import Story, a_handoff, a_person, a_story


@pytest.fixture
def story(work: Work) -> Story:
    return a_story(work)


@pytest.fixture
def referral_id(work: Work, story: Story) -> str:
    """An accepted handoff, beside one of somebody else whose outcome was reported."""
    noise = a_handoff(work, story, person_id=a_person(work, story.coordinator, name="Noise"))
    service.move(as_actor(work, story.coordinator), noise, Status.ACCEPTED, on_behalf=True)
    service.record_outcome(work, noise, YesNo.YES)
    work.session.execute(delete(Notice))
    referral_id = a_handoff(work, story)
    service.move(as_actor(work, story.partner), referral_id, Status.ACCEPTED)
    return referral_id


def test_both_sides_report_and_neither_overwrites_the_other(work: Work, story: Story, referral_id: str) -> None:
    later = replace(as_actor(work, story.coordinator), now=work.now + timedelta(days=1))
    service.record_outcome(as_actor(work, story.partner), referral_id, YesNo.YES, YesNo.YES)
    service.record_outcome(later, referral_id, YesNo.YES, YesNo.NO, NeedMet.NO, Experience.BAD)

    reports = queries.get_handoff(later, referral_id).outcomes

    assert [(report.reported_as, report.received, report.need_met) for report in reports] == [
        ("recipient", YesNo.YES, NeedMet.UNKNOWN),
        ("referrer", YesNo.NO, NeedMet.NO),
    ]


def test_the_other_side_is_told(work: Work, story: Story, referral_id: str) -> None:
    service.record_outcome(as_actor(work, story.partner), referral_id, YesNo.YES)
    service.record_outcome(as_actor(work, story.coordinator), referral_id, YesNo.YES)

    told = work.session.scalars(select(Notice).where(Notice.kind == "handoff.outcome")).all()

    assert {(notice.user_id, notice.organization_id) for notice in told} == {
        (story.coordinator.user_id, None),
        (None, story.pantry.organization.id),
    }


def test_an_outcome_that_is_known_before_the_end_is_not_asked_for_again(
    work: Work, story: Story, referral_id: str
) -> None:
    partner = as_actor(work, story.partner)
    service.record_outcome(partner, referral_id, YesNo.YES, YesNo.YES, NeedMet.YES)
    assert work.session.get_one(Referral, referral_id).due_at

    service.move(partner, referral_id, Status.COMPLETED)

    assert work.session.get_one(Referral, referral_id).due_at is None


def test_an_outcome_settles_a_rejected_handoff_and_no_other(work: Work, story: Story, referral_id: str) -> None:
    partner, referrer = as_actor(work, story.partner), as_actor(work, story.coordinator)
    service.move(partner, referral_id, Status.FAILED, Reason.COULD_NOT_CONTACT)
    before = {row.referral_id for row in queries.worklist(referrer)}

    service.record_outcome(referrer, referral_id, YesNo.NO)

    assert before - {row.referral_id for row in queries.worklist(referrer)} == {referral_id}


@pytest.mark.parametrize("target", [None, Status.ENTERED_IN_ERROR])
def test_before_an_answer_there_is_no_outcome(work: Work, target: Status | None) -> None:
    story = a_story(work)
    referrer, referral_id = as_actor(work, story.coordinator), a_handoff(work, story)
    if target:
        service.move(referrer, referral_id, target)

    with pytest.raises(HubError) as refusal:
        service.record_outcome(referrer, referral_id, YesNo.YES)

    assert refusal.value.code == "outcome_too_early"


def test_others_find_nothing(work: Work, referral_id: str) -> None:
    other = a_story(work, "other")

    for actor in (other.coordinator, other.partner):
        with pytest.raises(NotFound):
            service.record_outcome(as_actor(work, actor), referral_id, YesNo.YES)


def test_a_report_is_never_changed(work: Work, story: Story, referral_id: str) -> None:
    service.record_outcome(as_actor(work, story.partner), referral_id, YesNo.YES)

    with pytest.raises(DBAPIError, match="never changed"):
        work.session.execute(update(Outcome).values(contacted="no"))
