"""Asking a service to help: everything is written together, or it is refused and nothing is."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from resource_hub.accounts.models import AuditRow, Notice
from resource_hub.accounts.values import Role
from resource_hub.accounts.work import Work
from resource_hub.capacity import queries as rooms
from resource_hub.capacity import service as capacity
from resource_hub.capacity.models import Hold
from resource_hub.capacity.values import CapacityStatus, Held, NoCapacity, Statement, Waitlisted
from resource_hub.core.encryption import Place
from resource_hub.core.errors import HubError, Invalid, NotAllowed, NotFound
from resource_hub.handoff import service
from resource_hub.handoff.models import HandoffStatus, Referral
from resource_hub.handoff.values.words import Reason, Status, Urgency
from resource_hub.people.models import ConsentRecord
from tests.conftest import as_actor
from tests.factories import a_listing, a_user
from tests.handoff.stories import NAME, TERMS, a_handoff, a_person, a_story, says_places


def counts(work: Work) -> list[int]:
    tables = (Referral, HandoffStatus, ConsentRecord, Hold, Notice, AuditRow)
    return [work.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def free(work: Work, service_at_location_id: str) -> int | None:
    room = rooms.find_room(work.session, service_at_location_id)
    return room.free if room else None


def test_a_request_writes_consent_place_history_notice_and_audit_row(work: Work) -> None:
    story = a_story(work)
    before = counts(work)

    referred = service.refer(as_actor(work, story.coordinator), story.asks())

    assert isinstance(referred.hold, Held)
    assert referred.hold.counted
    assert [now - then for now, then in zip(counts(work), before, strict=True)] == [1, 1, 1, 1, 1, 2]
    assert free(work, story.pantry.service_at_location.id) == 9
    referral = work.session.get_one(Referral, referred.referral_id)
    assert (referral.status, referral.positions, referral.requested_by) == ("requested", 1, story.coordinator.user_id)
    assert referral.organization_id == story.pantry.organization.id
    last = work.session.scalars(select(AuditRow).order_by(AuditRow.position.desc())).first()
    assert last
    assert (last.action, last.subject_id, last.chain) == ("handoff.requested", referral.id, story.market.id)


def test_an_answer_is_due_at_the_end_of_the_second_business_day_and_the_place_is_kept_one_longer(work: Work) -> None:
    referral_id = a_handoff(work, a_story(work))

    referral = work.session.get_one(Referral, referral_id)
    hold = work.session.scalars(select(Hold)).one()

    assert referral.due_at == datetime(2026, 11, 24, 22, tzinfo=UTC)
    assert hold.expires_at == datetime(2026, 11, 25, 22, tzinfo=UTC)


def test_an_urgent_request_is_due_a_business_day_sooner(work: Work) -> None:
    referral_id = a_handoff(work, a_story(work), urgency=Urgency.URGENT)

    assert work.session.get_one(Referral, referral_id).due_at == datetime(2026, 11, 23, 22, tzinfo=UTC)


def test_the_notice_goes_to_the_organization_and_says_neither_who_nor_what(work: Work) -> None:
    story = a_story(work)
    referral_id = a_handoff(work, story)

    notice = work.session.scalars(select(Notice)).one()

    assert (notice.organization_id, notice.user_id) == (story.pantry.organization.id, None)
    assert notice.dedup_key == f"handoff.requested:{referral_id}"


def test_the_note_is_sealed(work: Work) -> None:
    referral = work.session.get_one(Referral, a_handoff(work, a_story(work)))

    assert referral.sealed_note
    assert b"walker" not in referral.sealed_note
    assert work.vault.open(referral.sealed_note, Place("referral", "sealed_note", referral.id)) == "Uses a walker"


def test_a_waiting_list_is_said_and_is_no_refusal(work: Work) -> None:
    story = a_story(work, places=None)
    place = story.pantry.service_at_location.id
    capacity.state_capacity(work, place, Statement(CapacityStatus.WAITLIST, waiting_days=21))

    referred = service.refer(as_actor(work, story.coordinator), story.asks())

    assert isinstance(referred.hold, Waitlisted)
    assert referred.hold.waiting_days == 21


def test_a_full_service_is_asked_only_on_purpose(work: Work) -> None:
    story = a_story(work, places=0)

    with pytest.raises(HubError) as refusal:
        a_handoff(work, story)
    assert refusal.value.code == "no_capacity"

    referred = service.refer(as_actor(work, story.coordinator), story.asks(despite_no_capacity=True))
    assert referred.hold == NoCapacity()


def test_a_person_who_did_not_say_yes_is_not_handed_off(work: Work) -> None:
    story = a_story(work)
    a_person(work, story.coordinator, name="Noise", wants=("stress", "food-insecurity"))

    for needs in (("transportation-insecurity",), ("food-insecurity", "stress")):
        with pytest.raises(HubError) as refusal:
            a_handoff(work, story, needs=needs)
        assert refusal.value.code == "no_wish"


def test_the_same_open_handoff_is_not_asked_for_twice(work: Work) -> None:
    story = a_story(work)
    a_handoff(work, story)
    other = a_person(work, story.coordinator, name="Somebody else")

    a_handoff(work, story, person_id=other)
    with pytest.raises(HubError) as refusal:
        a_handoff(work, story)

    assert refusal.value.code == "already_referred"


def test_the_same_person_may_be_referred_to_two_places(work: Work) -> None:
    story = a_story(work)
    beside = a_listing(work, story.market, name="Beside", organization=story.pantry.organization)

    first = a_handoff(work, story)

    assert a_handoff(work, story, service_at_location_id=beside.service_at_location.id) != first


def test_after_a_rejection_the_person_can_be_referred_again(work: Work) -> None:
    story = a_story(work)
    first = a_handoff(work, story)
    service.move(as_actor(work, story.partner), first, Status.REJECTED, Reason.NOT_ELIGIBLE)

    assert a_handoff(work, story) != first


def test_the_next_best_handoff_takes_the_rejected_one_off_the_list(work: Work) -> None:
    story = a_story(work)
    first = a_handoff(work, story)
    service.move(as_actor(work, story.partner), first, Status.REJECTED, Reason.NOT_ELIGIBLE)
    assert work.session.get_one(Referral, first).due_at
    noise = a_person(work, story.coordinator, name="Noise")
    a_handoff(work, story, person_id=noise)
    assert work.session.get_one(Referral, first).due_at

    a_handoff(work, story)

    assert work.session.get_one(Referral, first).due_at is None


def test_a_handoff_for_another_need_leaves_the_rejected_one_on_the_list(work: Work) -> None:
    story = a_story(work)
    both = a_person(work, story.coordinator, name="Both", wants=("food-insecurity", "stress"))
    first = a_handoff(work, story, person_id=both)
    service.move(as_actor(work, story.partner), first, Status.REJECTED, Reason.NOT_ELIGIBLE)

    a_handoff(work, story, person_id=both, needs=("stress",))

    assert work.session.get_one(Referral, first).due_at


def test_a_refusal_leaves_nothing_behind_even_if_the_caller_commits(work: Work) -> None:
    story = a_story(work)
    before = counts(work)

    for changes in (
        {"consent": replace(TERMS, days=0)},
        {"needs": ("stress",)},
        {"needs": ()},
        {"needs": ("gold",)},
        {"note": "x" * 2001},
    ):
        with pytest.raises(HubError):
            a_handoff(work, story, **changes)

    assert counts(work) == before
    assert free(work, story.pantry.service_at_location.id) == 10


def test_what_is_wrong_with_a_request_is_named(work: Work) -> None:
    with pytest.raises(Invalid) as refusal:
        a_handoff(work, a_story(work), needs=())

    assert [fault.field for fault in refusal.value.faults] == ["needs"]


@pytest.mark.parametrize("status", ["inactive", "defunct", "temporarily closed"])
def test_a_service_that_is_not_active_is_not_there(work: Work, status: str) -> None:
    story = a_story(work)
    story.pantry.service.status = status
    work.session.flush()

    with pytest.raises(NotFound):
        a_handoff(work, story)


def test_another_market_is_out_of_scope_on_both_sides(work: Work) -> None:
    here, there = a_story(work), a_story(work, "there")

    with pytest.raises(NotFound):
        a_handoff(work, here, person_id=there.person_id)
    with pytest.raises(NotFound):
        a_handoff(work, here, service_at_location_id=there.pantry.service_at_location.id)


@pytest.mark.parametrize("role", [Role.STEWARD, Role.ADMIN, Role.PROGRAMME_LEAD])
def test_other_roles_do_not_refer(work: Work, role: Role) -> None:
    story = a_story(work)

    with pytest.raises(NotAllowed):
        service.refer(as_actor(work, a_user(work, role, story.market)), story.asks())


def test_no_place_of_a_neighbour_is_taken(work: Work) -> None:
    story = a_story(work)
    beside = a_listing(work, story.market, name="Beside")
    says_places(work, beside, 4)

    a_handoff(work, story)

    assert free(work, beside.service_at_location.id) == 4


def test_the_person_stands_in_no_column_as_it_is(work: Work) -> None:
    a_handoff(work, a_story(work))

    for table in (Referral, HandoffStatus, ConsentRecord, Hold, Notice, AuditRow):
        assert NAME not in str(work.session.execute(select(table.__table__)).all())
