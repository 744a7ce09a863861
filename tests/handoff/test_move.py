"""Moving a handoff: history, place, capacity, notice and audit row follow; others are refused."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from resource_hub.accounts.models import AuditRow, Notice
from resource_hub.accounts.values import SYSTEM, Role
from resource_hub.accounts.work import Work
from resource_hub.capacity import queries as rooms
from resource_hub.capacity.models import CapacityStatement, Hold
from resource_hub.capacity.values import CapacityStatus, RoomNow
from resource_hub.core.errors import Conflict, HubError, Invalid, NotAllowed, NotFound
from resource_hub.core.ids import new_id
from resource_hub.handoff import service
from resource_hub.handoff.models import HandoffStatus, Referral
from resource_hub.handoff.values.words import Reason, Status
from resource_hub.people import consent
from tests.conftest import as_actor
from tests.factories import a_user, an_organization
from tests.handoff.stories import Story, a_handoff, a_person, a_story, says_places


@pytest.fixture
def story(work: Work) -> Story:
    return a_story(work)


@pytest.fixture
def referral_id(work: Work, story: Story) -> str:
    """A request; beside it the same for somebody else, and in another market."""
    a_handoff(work, story, person_id=a_person(work, story.coordinator, name="Noise"))
    a_handoff(work, a_story(work, "there"))
    return a_handoff(work, story)


def referral(work: Work, referral_id: str) -> Referral:
    return work.session.get_one(Referral, referral_id)


def room(work: Work, story: Story) -> RoomNow | None:
    return rooms.find_room(work.session, story.pantry.service_at_location.id)


def free(work: Work, story: Story) -> int | None:
    found = room(work, story)
    return found.free if found else None


def hold_state(work: Work, referral_id: str) -> str | None:
    return work.session.scalar(select(Hold.state).where(Hold.referral_id == referral_id))


def test_acceptance_turns_the_hold_into_a_use_and_tells_the_referrer(
    work: Work, story: Story, referral_id: str
) -> None:
    service.move(as_actor(work, story.partner), referral_id, Status.ACCEPTED)

    assert (referral(work, referral_id).status, referral(work, referral_id).positions) == ("accepted", 2)
    assert referral(work, referral_id).due_at == datetime(2026, 11, 24, 22, tzinfo=UTC)
    assert hold_state(work, referral_id) == "used"
    assert free(work, story) == 8
    notice = work.session.scalars(select(Notice).where(Notice.kind == "handoff.moved")).one()
    assert (notice.user_id, notice.organization_id) == (story.coordinator.user_id, None)
    last = work.session.scalars(
        select(AuditRow).where(AuditRow.chain == story.market.id).order_by(AuditRow.position.desc())
    ).first()
    assert last
    assert (last.action, last.subject_id, last.actor_id) == ("handoff.moved", referral_id, story.partner.user_id)
    assert last.detail == {"to": "accepted", "as": "recipient"}


def test_a_rejection_gives_the_place_back(work: Work, story: Story, referral_id: str) -> None:
    service.move(as_actor(work, story.partner), referral_id, Status.REJECTED, Reason.NOT_ELIGIBLE)

    assert hold_state(work, referral_id) == "released"
    assert room(work, story) == RoomNow(CapacityStatus.CAPACITY, 9, 10, None)


def test_a_rejection_for_lack_of_room_is_a_statement_of_capacity(work: Work, story: Story, referral_id: str) -> None:
    service.move(as_actor(work, story.partner), referral_id, Status.REJECTED, Reason.AT_CAPACITY)

    assert room(work, story) == RoomNow(CapacityStatus.NO_CAPACITY, 0, 10, None)
    statement = work.session.scalars(select(CapacityStatement).where(CapacityStatement.source == "handoff")).one()
    assert (statement.status, statement.stated_by) == ("no-capacity", story.partner.user_id)


def test_the_referrer_takes_a_request_back_and_tells_the_organization(
    work: Work, story: Story, referral_id: str
) -> None:
    service.move(as_actor(work, story.coordinator), referral_id, Status.CANCELLED, Reason.DECLINED_BY_PERSON)

    assert free(work, story) == 9
    assert referral(work, referral_id).due_at is None
    notice = work.session.scalars(select(Notice).where(Notice.kind == "handoff.moved")).one()
    assert notice.organization_id == story.pantry.organization.id


def test_a_used_place_comes_back_when_help_fails_and_stays_used_when_it_is_complete(
    work: Work, story: Story, referral_id: str
) -> None:
    partner = as_actor(work, story.partner)
    service.move(partner, referral_id, Status.ACCEPTED)
    service.move(partner, referral_id, Status.COMPLETED)
    assert free(work, story) == 8

    second = a_handoff(work, story)
    service.move(partner, second, Status.ACCEPTED)
    service.move(partner, second, Status.FAILED, Reason.COULD_NOT_CONTACT)

    assert (hold_state(work, referral_id), hold_state(work, second)) == ("used", "released")
    assert free(work, story) == 8


@pytest.mark.parametrize("first", [None, Status.ACCEPTED])
def test_what_was_written_by_mistake_keeps_no_place(
    work: Work, story: Story, referral_id: str, first: Status | None
) -> None:
    if first:
        service.move(as_actor(work, story.partner), referral_id, first)

    service.move(as_actor(work, story.coordinator), referral_id, Status.ENTERED_IN_ERROR)

    assert hold_state(work, referral_id) == "released"
    assert free(work, story) == 9


def test_the_referrer_writes_down_what_the_organization_said_on_the_phone(
    work: Work, story: Story, referral_id: str
) -> None:
    service.move(as_actor(work, story.coordinator), referral_id, Status.ACCEPTED, on_behalf=True)

    newest = work.session.scalars(
        select(HandoffStatus).where(HandoffStatus.referral_id == referral_id).order_by(HandoffStatus.position.desc())
    ).first()
    assert newest
    assert (newest.status, newest.set_as, newest.set_by) == (
        "accepted",
        "recipient-by-referrer",
        story.coordinator.user_id,
    )
    notice = work.session.scalars(select(Notice).where(Notice.kind == "handoff.moved")).one()
    assert notice.organization_id == story.pantry.organization.id


def test_nobody_acts_on_behalf_of_the_referrer(work: Work, story: Story, referral_id: str) -> None:
    with pytest.raises(HubError) as refusal:
        service.move(as_actor(work, story.partner), referral_id, Status.CANCELLED, Reason.DUPLICATE, on_behalf=True)

    assert refusal.value.code == "other_side_decides"


@pytest.mark.parametrize(
    ("target", "reason", "code"),
    [
        (Status.REQUESTED, None, "already_there"),
        (Status.COMPLETED, None, "no_such_step"),
        (Status.CANCELLED, Reason.DUPLICATE, "other_side_decides"),
        (Status.REJECTED, None, "reason_missing"),
        (Status.REJECTED, Reason.OTHER, "comment_missing"),
        (Status.ACCEPTED, Reason.OTHER, "reason_not_expected"),
    ],
)
def test_what_the_table_refuses_changes_nothing(
    work: Work, story: Story, referral_id: str, target: Status, reason: Reason | None, code: str
) -> None:
    with pytest.raises(HubError) as refusal:
        service.move(as_actor(work, story.partner), referral_id, target, reason)

    assert refusal.value.code == code
    assert (referral(work, referral_id).status, referral(work, referral_id).positions) == ("requested", 1)
    assert hold_state(work, referral_id) == "held"


def test_a_move_from_an_older_page_is_a_conflict(work: Work, story: Story, referral_id: str) -> None:
    partner = as_actor(work, story.partner)
    service.move(partner, referral_id, Status.ACCEPTED, expected_position=1)

    with pytest.raises(Conflict) as refusal:
        service.move(partner, referral_id, Status.IN_PROGRESS, expected_position=1)

    assert refusal.value.code == "changed_meanwhile"
    service.move(partner, referral_id, Status.IN_PROGRESS, expected_position=2)


def test_another_organization_and_another_market_find_nothing(work: Work, story: Story, referral_id: str) -> None:
    other = a_user(work, Role.PARTNER, story.market, organization=an_organization(work, story.market))
    elsewhere = a_story(work, "elsewhere").coordinator

    for actor in (other, elsewhere):
        with pytest.raises(NotFound):
            service.move(as_actor(work, actor), referral_id, Status.ACCEPTED)


@pytest.mark.parametrize("role", [Role.STEWARD, Role.ADMIN, Role.PROGRAMME_LEAD])
def test_other_roles_have_no_part_in_handoffs(work: Work, story: Story, referral_id: str, role: Role) -> None:
    with pytest.raises((NotFound, NotAllowed)):
        service.move(as_actor(work, a_user(work, role, story.market)), referral_id, Status.ENTERED_IN_ERROR)


def test_the_system_moves_nothing(work: Work, referral_id: str) -> None:
    with pytest.raises(HubError) as refusal:
        service.move(as_actor(work, SYSTEM), referral_id, Status.ACCEPTED)

    assert refusal.value.code == "other_side_decides"


def test_once_the_consent_has_ended_the_organization_finds_nothing(work: Work, story: Story, referral_id: str) -> None:
    later = replace(as_actor(work, story.partner), now=work.now + timedelta(days=90))
    with pytest.raises(NotFound):
        service.move(later, referral_id, Status.ACCEPTED)

    consent.revoke(as_actor(work, story.coordinator), referral(work, referral_id).consent_id)

    with pytest.raises(NotFound):
        service.move(as_actor(work, story.partner), referral_id, Status.ACCEPTED)
    service.move(as_actor(work, story.coordinator), referral_id, Status.CANCELLED, Reason.DECLINED_BY_PERSON)


def test_a_comment_is_sealed_and_not_too_long(work: Work, story: Story, referral_id: str) -> None:
    partner = as_actor(work, story.partner)
    with pytest.raises(Invalid):
        service.move(partner, referral_id, Status.REJECTED, Reason.OTHER, "x" * 2001)

    service.move(partner, referral_id, Status.REJECTED, Reason.OTHER, "Maria moved away")

    sealed = work.session.scalar(select(HandoffStatus.sealed_comment).where(HandoffStatus.reason == "other"))
    assert sealed
    assert b"Maria" not in sealed


def test_a_history_row_is_never_changed(work: Work, referral_id: str) -> None:
    with pytest.raises(DBAPIError, match="never changed"):
        work.session.execute(update(HandoffStatus).values(status="accepted"))


class TestDraft:
    """A draft takes its place only when it is sent."""

    @pytest.fixture
    def draft_id(self, work: Work, story: Story) -> str:
        sent = referral(work, a_handoff(work, story))
        draft = Referral(
            id=new_id(), market_id=story.market.id, person_id=a_person(work, story.coordinator),
            organization_id=sent.organization_id, service_at_location_id=sent.service_at_location_id,
            consent_id=sent.consent_id, needs=["food-insecurity"], urgency="routine",
            requested_by=story.coordinator.user_id, requested_at=work.now, status="draft", positions=0,
        )  # fmt: skip
        work.session.add(draft)
        work.session.flush()
        return draft.id

    def test_sending_takes_a_place(self, work: Work, story: Story, draft_id: str) -> None:
        service.move(as_actor(work, story.coordinator), draft_id, Status.REQUESTED)

        assert hold_state(work, draft_id) == "held"
        assert free(work, story) == 8

    def test_a_full_service_is_not_asked(self, work: Work, story: Story, draft_id: str) -> None:
        says_places(work, story.pantry, 0)

        with pytest.raises(HubError) as refusal:
            service.move(as_actor(work, story.coordinator), draft_id, Status.REQUESTED)

        assert refusal.value.code == "no_capacity"
        assert referral(work, draft_id).status == "draft"

    def test_the_organization_does_not_see_it(self, work: Work, story: Story, draft_id: str) -> None:
        with pytest.raises(NotFound):
            service.move(as_actor(work, story.partner), draft_id, Status.ACCEPTED)
