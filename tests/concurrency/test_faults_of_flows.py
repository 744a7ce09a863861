"""Whichever statement of any act on a handoff fails: nothing at all of the act is written."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from resource_hub.accounts.values import SYSTEM
from resource_hub.accounts.work import Work
from resource_hub.core.db import Database
from resource_hub.handoff import service
from resource_hub.handoff.models import FollowCode, InformationGiven, Outcome
from resource_hub.handoff.rules.reports import Helped
from resource_hub.handoff.values.words import NeedMet, Reason, Status
from resource_hub.inventory.models import EligibilityRule
from resource_hub.matching.models import Acceptance, TrackRecord
from tests.concurrency import test_faults
from tests.concurrency.conftest import OpenWork
from tests.concurrency.test_faults import check_that_nothing_is_left
from tests.factories import Listing, a_listing
from tests.handoff.stories import Story, a_handoff, a_story, says_places

MORE = (FollowCode, InformationGiven, Outcome, EligibilityRule, Acceptance, TrackRecord)
Act = Callable[[Work, Story, Listing, str], object]


def _withdraw(work: Work, story: Story, _kitchen: Listing, referral_id: str) -> None:
    code = service.code_for_paper(work, referral_id)
    service.withdraw(work, service.find_by_code(work, code, "here"))


def _say_helped(work: Work, story: Story, _kitchen: Listing, referral_id: str) -> None:
    code = service.code_for_paper(work, referral_id)
    service.say_helped(work, service.find_by_code(work, code, "here"), Helped.YES)


FLOWS: dict[str, tuple[Act, bool]] = {
    "basket": (
        lambda work, story, kitchen, _id: service.refer_together(
            work, [story.asks(service_at_location_id=kitchen.service_at_location.id)]
        ),
        False,
    ),
    "turned down by a fact": (
        lambda work, _story, _kitchen, referral_id: service.move(
            work, referral_id, Status.REJECTED, Reason.NOT_ELIGIBLE, on_behalf=True, fact="veteran"
        ),
        False,
    ),
    "withdrawn": (_withdraw, False),
    "outcome": (
        lambda work, _story, _kitchen, referral_id: service.record_outcome(work, referral_id, need_met=NeedMet.YES),
        True,
    ),
    "the person's answer": (_say_helped, True),
    "appointment": (
        lambda work, _story, _kitchen, referral_id: service.set_appointment(
            work, referral_id, work.now + timedelta(days=3)
        ),
        False,
    ),
    "information": (
        lambda work, story, _kitchen, _id: service.inform(
            work, story.person_id, story.pantry.service_at_location.id, ["food-insecurity"]
        ),
        False,
    ),
}


@pytest.mark.parametrize("name", FLOWS)
def test_an_act_is_written_whole_or_not_at_all(
    real_database: Database, open_work: OpenWork, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    act, is_accepted = FLOWS[name]
    monkeypatch.setattr(test_faults, "TABLES", test_faults.TABLES + MORE)
    with open_work(SYSTEM) as work:
        story = a_story(work)
        kitchen = a_listing(work, story.market, name="Kitchen")
        says_places(work, kitchen, 2)
        referral_id = a_handoff(work, story)
    if is_accepted:
        with open_work(story.partner) as work:
            service.move(work, referral_id, Status.ACCEPTED)
    before = test_faults.written(real_database)

    def once() -> None:
        with open_work(story.coordinator) as work:
            act(work, story, kitchen, referral_id)

    assert check_that_nothing_is_left(real_database, once) > 2
    assert test_faults.written(real_database) != before
