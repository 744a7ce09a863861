"""The ranking learns from what organizations answer."""

import pytest
from sqlalchemy import select

from resource_hub.accounts.work import Work
from resource_hub.core.errors import HubError
from resource_hub.handoff import service
from resource_hub.handoff.values.words import Reason, Status
from resource_hub.matching.models import Acceptance
from tests.conftest import as_actor
from tests.handoff.stories import Story, a_handoff, a_story


@pytest.fixture
def story(work: Work) -> Story:
    return a_story(work)


@pytest.fixture
def referral_id(work: Work, story: Story) -> str:
    """A request; beside it one in another market."""
    a_handoff(work, a_story(work, "there"))
    return a_handoff(work, story)


def sums(work: Work, story: Story) -> tuple[float, float] | None:
    row = work.session.get(Acceptance, (story.pantry.service_at_location.id, "food-insecurity"))
    return (row.answered, row.accepted) if row else None


def test_a_yes_is_learnt_for_the_needs_that_were_asked_for(work: Work, story: Story, referral_id: str) -> None:
    service.move(as_actor(work, story.partner), referral_id, Status.ACCEPTED)

    assert sums(work, story) == (1, 1)
    assert len(work.session.scalars(select(Acceptance)).all()) == 1


def test_a_no_of_the_service_is_learnt_also_where_the_referrer_writes_it_down(
    work: Work, story: Story, referral_id: str
) -> None:
    service.move(as_actor(work, story.coordinator), referral_id, Status.REJECTED, Reason.NOT_ELIGIBLE, on_behalf=True)

    assert sums(work, story) == (1, 0)


def test_what_lies_with_the_person_is_not(work: Work, story: Story, referral_id: str) -> None:
    service.move(as_actor(work, story.partner), referral_id, Status.REJECTED, Reason.COULD_NOT_CONTACT)

    assert sums(work, story) is None


def test_a_later_step_is_no_answer(work: Work, story: Story, referral_id: str) -> None:
    partner = as_actor(work, story.partner)
    service.move(partner, referral_id, Status.ACCEPTED)
    service.move(partner, referral_id, Status.FAILED, Reason.COULD_NOT_CONTACT)

    assert sums(work, story) == (1, 1)


def test_a_step_that_is_refused_teaches_nothing(work: Work, story: Story, referral_id: str) -> None:
    with pytest.raises(HubError):
        service.move(as_actor(work, story.coordinator), referral_id, Status.ACCEPTED)

    assert sums(work, story) is None
