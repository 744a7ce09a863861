"""A request that nobody answers in four business days gets a next best service; the referrer says yes once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from resource_hub.accounts.models import Notice
from resource_hub.accounts.work import Work
from resource_hub.core.errors import HubError
from resource_hub.handoff import queries, service
from resource_hub.handoff.models import NextBest, Referral
from resource_hub.handoff.rules.due import silent_at
from resource_hub.handoff.service.next_best import find_next_best, offer_next_best, proposal_of, propose
from resource_hub.handoff.values.words import Reason, Status
from resource_hub.people.models import ConsentRecord
from resource_hub.people.values import HowGiven
from tests.conftest import as_actor
from tests.factories import a_listing
from tests.handoff.stories import Story, a_handoff, a_story

# Asked on Friday, 20 November 2026; the 26th and the 27th are holidays in Maryland, so that the fourth business day is
# Monday, the 30th.
SILENT = datetime(2026, 11, 30, 22, tzinfo=UTC)


@pytest.fixture
def story(work: Work) -> Story:
    """A story whose market has a second pantry, and a second service of the pantry that does not answer."""
    story = a_story(work)
    a_listing(work, story.market, name="Own second", organization=story.pantry.organization)
    return story


@pytest.fixture
def referral_id(work: Work, story: Story) -> str:
    return a_handoff(work, story)


def at(work: Work, moment: datetime) -> Work:
    return replace(work, now=moment)


def proposes(work: Work) -> int:
    return sum(propose(work, proposal) for proposal in find_next_best(work))


def test_after_four_business_days_the_next_best_is_proposed_once_and_told(
    work: Work, story: Story, referral_id: str
) -> None:
    just_before, then = at(work, SILENT - timedelta(seconds=1)), at(work, SILENT)

    assert [proposes(one) for one in (work, just_before, then, then, at(work, SILENT + timedelta(days=60)))] == [
        0, 0, 1, 0, 0,
    ]  # fmt: skip

    found = proposal_of(as_actor(then, story.coordinator), referral_id)
    assert found
    assert (found.service, found.organization) == ("Other pantry", "Other pantry people")
    told = work.session.scalars(select(Notice.user_id).where(Notice.kind == "handoff.next_best")).all()
    assert told == [story.coordinator.user_id]


def test_two_workers_propose_one(work: Work, referral_id: str) -> None:
    then = at(work, SILENT)
    first, second = find_next_best(then), find_next_best(then)

    assert [propose(then, one) for one in (*first, *second)] == [True, False]


def test_a_market_without_the_holidays_does_not_wait_for_one_that_has_them(work: Work, story: Story) -> None:
    # The 27th, the day after Thanksgiving, is a holiday in Maryland and a business day in Colorado.
    a_handoff(work, story)
    next_door = a_story(work, "colorado")
    next_door.market.state = "CO"
    later = at(work, work.now + timedelta(hours=1))
    referral_id = a_handoff(later, next_door)
    friday_evening = at(work, SILENT - timedelta(days=3) + timedelta(hours=2))

    assert [one.referral_id for one in find_next_best(friday_evening, limit=1)] == [referral_id]


def test_an_answer_in_between_leaves_nothing_to_propose(work: Work, story: Story, referral_id: str) -> None:
    then = at(work, SILENT)
    (proposal,) = find_next_best(then)

    service.move(as_actor(then, story.partner), referral_id, Status.ACCEPTED)

    assert not propose(then, proposal)
    assert proposes(then) == 0


def test_the_yes_withdraws_the_old_request_and_asks_with_a_consent_of_its_own(
    work: Work, story: Story, referral_id: str
) -> None:
    then = at(work, SILENT)
    proposes(then)
    desk = as_actor(then, story.coordinator)

    referred = offer_next_best(desk, referral_id, HowGiven.VERBAL)

    old, new = queries.get_handoff(desk, referral_id), queries.get_handoff(desk, referred.referral_id)
    assert (old.status, old.history[-1].reason) == (Status.CANCELLED, Reason.NO_ANSWER)
    assert (new.status, new.organization, new.note) == (Status.REQUESTED, "Other pantry people", "Uses a walker")
    assert (new.shared_fields, new.needs) == (old.shared_fields, old.needs)
    consents = [work.session.get_one(ConsentRecord, one.consent_id) for one in (old, new)]
    assert consents[0].organization_id != consents[1].organization_id
    assert consents[1].given_at == SILENT
    with pytest.raises(HubError, match="Nothing is proposed"):
        offer_next_best(desk, referral_id, HowGiven.VERBAL)


def test_where_the_yes_is_refused_nothing_is_written(work: Work, story: Story, referral_id: str) -> None:
    then = at(work, SILENT)
    proposes(then)
    other = work.session.scalars(select(NextBest.service_at_location_id)).one()
    assert other
    a_handoff(then, story, service_at_location_id=other)

    with pytest.raises(HubError) as caught:
        offer_next_best(as_actor(then, story.coordinator), referral_id, HowGiven.VERBAL)

    assert caught.value.code == "already_referred"
    assert work.session.get_one(Referral, referral_id, populate_existing=True).status == Status.REQUESTED


@pytest.mark.parametrize("who", ["partner", "stranger"])
def test_only_the_referrer_says_yes(work: Work, story: Story, referral_id: str, who: str) -> None:
    proposes(at(work, SILENT))
    actor = story.partner if who == "partner" else a_story(work, "elsewhere").coordinator

    with pytest.raises(HubError):
        offer_next_best(as_actor(at(work, SILENT), actor), referral_id, HowGiven.VERBAL)


def test_where_nothing_else_fits_that_is_said(work: Work) -> None:
    story = a_story(work, "alone")
    referral_id = a_handoff(work, story, service_at_location_id=story.pantry.service_at_location.id)
    then = at(work, SILENT)
    proposes(then)
    offered = proposal_of(then, referral_id)
    assert offered
    assert offered.service_at_location_id
    offer_next_best(as_actor(then, story.coordinator), referral_id, HowGiven.VERBAL)

    later = at(work, SILENT + timedelta(days=10))
    proposes(later)

    (second,) = [one for one in work.session.scalars(select(NextBest)) if one.referral_id != referral_id]
    assert second.service_at_location_id is None


@pytest.mark.parametrize(
    ("since", "end"),
    [
        # The clock goes forward on 8 March 2026 and back on 1 November: 17:00 stays 17:00 on the wall.
        (datetime(2026, 3, 5, 15, tzinfo=UTC), datetime(2026, 3, 11, 21, tzinfo=UTC)),
        (datetime(2026, 10, 29, 15, tzinfo=UTC), datetime(2026, 11, 4, 22, tzinfo=UTC)),
        # At 23:30 on Thursday by the wall it is Friday in UTC.
        (datetime(2026, 10, 30, 3, 30, tzinfo=UTC), datetime(2026, 11, 4, 22, tzinfo=UTC)),
    ],
)
def test_days_are_the_markets_also_when_the_clock_is_moved(since: datetime, end: datetime) -> None:
    assert silent_at(since, "America/New_York", lambda day: day.weekday() < 5) == end
