"""A "not eligible" says by which fact, and the stewards learn what the listing does not say."""

import pytest
from sqlalchemy import select

from resource_hub.accounts.work import Work
from resource_hub.handoff import queries, service
from resource_hub.handoff.values.words import Reason, Status
from resource_hub.inventory.models import EligibilityRule, ErrorReport
from tests.conftest import as_actor
from tests.handoff.stories import Story, a_handoff, a_story


@pytest.fixture
def story(work: Work) -> Story:
    return a_story(work)


def turned_down(work: Work, story: Story, fact: str | None) -> str:
    referral_id = a_handoff(work, story)
    service.move(as_actor(work, story.partner), referral_id, Status.REJECTED, Reason.NOT_ELIGIBLE, fact=fact)
    return referral_id


def rules(work: Work, story: Story) -> list[tuple[str, str, object, str, str]]:
    query = select(EligibilityRule).where(EligibilityRule.service_id == story.pantry.service.id)
    return [(row.fact, row.operator, row.value, row.status, row.source) for row in work.session.scalars(query)]


def test_the_fact_stands_in_the_history_and_is_suggested_as_a_rule_once(work: Work, story: Story) -> None:
    referral_id = turned_down(work, story, "veteran")
    turned_down(work, story, "veteran")

    assert queries.get_handoff(as_actor(work, story.coordinator), referral_id).history[-1].fact == "veteran"
    assert rules(work, story) == [("veteran", "is", True, "suggested", "handoff")]


def test_of_a_number_nothing_is_guessed_and_the_stewards_are_asked_to_find_out(work: Work, story: Story) -> None:
    turned_down(work, story, "age")
    turned_down(work, story, "age")

    assert rules(work, story) == []
    (report,) = work.session.scalars(select(ErrorReport).where(ErrorReport.service_id == story.pantry.service.id))
    assert (report.kind, report.times) == ("eligibility", 2)


def test_a_no_without_a_fact_suggests_nothing(work: Work, story: Story) -> None:
    turned_down(work, story, None)

    assert rules(work, story) == []
    assert work.session.scalars(select(ErrorReport)).all() == []
