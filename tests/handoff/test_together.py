"""Several services asked at once: all of them or none."""

import pytest
from sqlalchemy import func, select

from resource_hub.accounts.models import Notice
from resource_hub.accounts.work import Work
from resource_hub.core.errors import HubError
from resource_hub.handoff import service
from resource_hub.handoff.models import InformationGiven, Referral
from resource_hub.people.models import ConsentRecord
from tests.conftest import as_actor
from tests.factories import Listing, a_listing
from tests.handoff.stories import Story, a_story, says_places


@pytest.fixture
def story(work: Work) -> Story:
    return a_story(work)


@pytest.fixture
def kitchen(work: Work, story: Story) -> Listing:
    kitchen = a_listing(work, story.market, name="Kitchen")
    says_places(work, kitchen, 1)
    return kitchen


def test_a_whole_basket_is_asked_for_in_one_act(work: Work, story: Story, kitchen: Listing) -> None:
    second = story.asks(service_at_location_id=kitchen.service_at_location.id)

    sent = service.refer_together(as_actor(work, story.coordinator), [story.asks(), second])

    rows = [work.session.get_one(Referral, one.referral_id) for one in sent]
    assert [row.service_at_location_id for row in rows] == [
        story.pantry.service_at_location.id,
        kitchen.service_at_location.id,
    ]
    assert len({row.consent_id for row in rows}) == 2


@pytest.mark.parametrize("wrong", [0, 1])
def test_one_line_that_cannot_be_lets_nothing_through_and_is_named(
    work: Work, story: Story, kitchen: Listing, wrong: int
) -> None:
    lines = [story.asks(), story.asks(service_at_location_id=kitchen.service_at_location.id)]
    says_places(work, (story.pantry, kitchen)[wrong], 0)

    with pytest.raises(HubError) as refusal:
        service.refer_together(as_actor(work, story.coordinator), lines)

    assert refusal.value.code == "no_capacity"
    assert [fault.field for fault in refusal.value.faults] == [f"lines.{wrong}"]
    for table in (Referral, ConsentRecord, Notice):
        assert work.session.scalar(select(func.count()).select_from(table)) == 0, table


def test_the_same_service_twice_is_refused(work: Work, story: Story) -> None:
    with pytest.raises(HubError) as refusal:
        service.refer_together(as_actor(work, story.coordinator), [story.asks(), story.asks()])
    assert refusal.value.code == "already_referred"


def test_information_is_no_handoff(work: Work, story: Story) -> None:
    place = story.pantry.service_at_location.id

    service.inform(as_actor(work, story.coordinator), story.person_id, place, ["food-insecurity"])

    assert work.session.scalar(select(func.count()).select_from(InformationGiven)) == 1
    for table in (Referral, ConsentRecord, Notice):
        assert work.session.scalar(select(func.count()).select_from(table)) == 0, table
