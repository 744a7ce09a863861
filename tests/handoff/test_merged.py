"""Handoffs and capacity when the organization or service that they are about is merged into another."""

from dataclasses import replace

from sqlalchemy import select

from resource_hub.accounts import queries as accounts
from resource_hub.accounts.models import Notice, User
from resource_hub.accounts.work import Work
from resource_hub.capacity.queries import find_place, own_places, rooms
from resource_hub.exchange.notices.receivers import receiver_of
from resource_hub.handoff.queries import get_handoff, inbox
from resource_hub.handoff.queries.counted import count_open, counted_on
from resource_hub.handoff.service import opening
from resource_hub.handoff.service.referring import refer
from resource_hub.inventory.service.merging import merge, undo
from resource_hub.inventory.values import MergeRequest, RecordKind
from tests.conftest import as_actor
from tests.factories import a_listing
from tests.handoff.stories import NAME, a_story
from tests.handoff.two_ways import NAME as NAME_SENT
from tests.handoff.two_ways import two_ways


def test_the_handoffs_of_a_merged_organization_stay_open_and_its_partner_answers_them(work: Work) -> None:
    story = a_story(work)
    referred = refer(as_actor(work, story.coordinator), story.asks())
    other = a_listing(work, story.market, name="Harbor Table")
    kept, gone = other.organization, story.pantry.organization
    merge(
        work, MergeRequest(RecordKind.ORGANIZATION, kept.id, gone.id, frozenset(), (kept.changed_at, gone.changed_at))
    )

    partner = as_actor(work, replace(story.partner, organization_id=kept.id))
    assert [row.referral_id for row in inbox(partner)] == [referred.referral_id]
    packet = opening.open_handoff(partner, referred.referral_id).packet
    assert packet is not None
    assert packet.name == NAME
    assert len(own_places(work.session, kept.id)) == 2
    assert find_place(work.session, partner.actor, story.pantry.service_at_location.id) is not None
    assert get_handoff(as_actor(work, story.coordinator), referred.referral_id).organization == gone.name


def test_a_place_that_somebody_counts_on_stays_when_its_service_is_merged(work: Work) -> None:
    story = a_story(work)
    refer(as_actor(work, story.coordinator), story.asks())
    place = story.pantry.service_at_location
    other = a_listing(work, story.market, name="Pantry again", organization=story.pantry.organization)
    other.service_at_location.location_id = place.location_id
    work.session.flush()
    counted = counted_on(work.session, [place.id, other.service_at_location.id])
    assert counted == {place.id}
    assert count_open(work.session, [place.id]) == 1
    before = rooms(work.session, [place.id])
    changed = (other.service.changed_at, story.pantry.service.changed_at)
    request = MergeRequest(RecordKind.SERVICE, other.service.id, story.pantry.service.id, frozenset(), changed)
    done = merge(work, request, counted)
    assert not place.merged_into
    assert place.service_id == other.service.id
    assert rooms(work.session, [place.id]) == before
    undo(work, done.id)
    assert place.service_id == story.pantry.service.id


def test_a_merged_care_team_goes_on_answering_and_is_told(work: Work) -> None:
    ways = two_ways(work)
    referral_id = ways.sends(work, ways.team)
    other = a_listing(work, ways.story.market, name="Care team again")
    kept, gone = other.organization, ways.team.organization
    changed = (kept.changed_at, gone.changed_at)
    done = merge(work, MergeRequest(RecordKind.ORGANIZATION, kept.id, gone.id, frozenset(), changed))
    member = work.session.get_one(User, ways.coordinator.user_id)
    coordinator = as_actor(work, accounts.as_actor(member))

    assert coordinator.actor.care_team_ids == {kept.id}
    assert [row.referral_id for row in inbox(coordinator)] == [referral_id]
    packet = opening.open_handoff(coordinator, referral_id).packet
    assert packet is not None
    assert packet.name == NAME_SENT
    notice = work.session.scalars(select(Notice).where(Notice.organization_id == gone.id)).one()
    assert member.email in receiver_of(work.session, notice).addresses
    assert ways.sends(work, other)

    undo(work, done.id)
    assert accounts.as_actor(work.session.get_one(User, member.id)).care_team_ids == {gone.id}


def test_a_notice_about_a_merged_organization_goes_to_who_speaks_for_it_now(work: Work) -> None:
    story = a_story(work)
    refer(as_actor(work, story.coordinator), story.asks())
    other = a_listing(work, story.market, name="Harbor Table")
    kept, gone = other.organization, story.pantry.organization
    merge(
        work, MergeRequest(RecordKind.ORGANIZATION, kept.id, gone.id, frozenset(), (kept.changed_at, gone.changed_at))
    )
    notice = work.session.scalars(select(Notice).where(Notice.organization_id == gone.id)).one()
    partner = work.session.get_one(User, story.partner.user_id)

    receiver = receiver_of(work.session, notice)

    assert (receiver.addresses, receiver.page) == ((partner.email,), "/partner/")
