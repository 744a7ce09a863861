"""What each side sees: the worklist, the inbox and one handoff; and what it no longer sees once consent has ended."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from resource_hub.accounts.models import AuditRow
from resource_hub.accounts.values import Role
from resource_hub.accounts.work import Work
from resource_hub.core.errors import NotAllowed, NotFound
from resource_hub.handoff import queries, service
from resource_hub.handoff.models import Referral
from resource_hub.handoff.values.words import ActorKind, Experience, NeedMet, NextAction, Reason, Status, Urgency, YesNo
from resource_hub.people import consent
from tests.conftest import as_actor
from tests.factories import a_user
from tests.handoff.stories import NAME, TERMS, Story, a_handoff, a_person, a_story


@pytest.fixture
def story(work: Work) -> Story:
    a_handoff(work, a_story(work, "there"))
    return a_story(work)


@pytest.fixture
def referral_id(work: Work, story: Story) -> str:
    return a_handoff(work, story)


def accepted(work: Work, story: Story, referral_id: str) -> Work:
    partner = as_actor(work, story.partner)
    service.move(partner, referral_id, Status.ACCEPTED)
    return partner


def revoke(work: Work, story: Story, referral_id: str) -> None:
    consent_id = work.session.get_one(Referral, referral_id).consent_id
    consent.revoke(as_actor(work, story.coordinator), consent_id)


class TestWorklist:
    def test_it_names_the_person_the_service_and_the_next_action(
        self, work: Work, story: Story, referral_id: str
    ) -> None:
        (row,) = queries.worklist(as_actor(work, story.coordinator))

        assert (row.referral_id, row.person_id, row.person_name) == (referral_id, story.person_id, NAME)
        assert (row.service, row.organization) == ("Food pantry", "Food pantry people")
        assert (row.status, row.next_action, row.overdue) == (Status.REQUESTED, NextAction.GET_ANSWER, False)
        assert row.due_at == datetime(2026, 11, 24, 22, tzinfo=UTC)

    def test_the_longest_overdue_comes_first(self, work: Work, story: Story, referral_id: str) -> None:
        urgent = a_handoff(
            work, story, person_id=a_person(work, story.coordinator, name="Urgent"), urgency=Urgency.URGENT
        )
        later = replace(as_actor(work, story.coordinator), now=datetime(2026, 11, 23, 22, tzinfo=UTC))

        rows = queries.worklist(later)

        assert [(row.referral_id, row.overdue) for row in rows] == [(urgent, True), (referral_id, False)]

    def test_a_colleague_of_the_market_sees_it_too(self, work: Work, story: Story, referral_id: str) -> None:
        colleague = a_user(work, Role.SOCIAL_WORKER, story.market)

        assert [row.referral_id for row in queries.worklist(as_actor(work, colleague))] == [referral_id]

    def test_a_completed_handoff_stays_until_its_outcome_is_known(
        self, work: Work, story: Story, referral_id: str
    ) -> None:
        partner = accepted(work, story, referral_id)
        service.move(partner, referral_id, Status.COMPLETED)
        referrer = as_actor(work, story.coordinator)
        assert [row.next_action for row in queries.worklist(referrer)] == [NextAction.RECORD_OUTCOME]

        service.record_outcome(referrer, referral_id, received=YesNo.YES, need_met=NeedMet.PARTLY)

        assert queries.worklist(referrer) == []

    def test_a_rejected_handoff_asks_for_the_next_best(self, work: Work, story: Story, referral_id: str) -> None:
        service.move(as_actor(work, story.partner), referral_id, Status.REJECTED, Reason.OUT_OF_AREA)

        (row,) = queries.worklist(as_actor(work, story.coordinator))

        assert (row.status, row.next_action) == (Status.REJECTED, NextAction.OFFER_NEXT_BEST)

    def test_a_cancelled_handoff_is_off_the_list(self, work: Work, story: Story, referral_id: str) -> None:
        service.move(as_actor(work, story.coordinator), referral_id, Status.CANCELLED, Reason.DUPLICATE)

        assert queries.worklist(as_actor(work, story.coordinator)) == []

    def test_an_ended_consent_is_what_comes_next(self, work: Work, story: Story, referral_id: str) -> None:
        revoke(work, story, referral_id)

        (row,) = queries.worklist(as_actor(work, story.coordinator))

        assert row.next_action is NextAction.RENEW_CONSENT

    def test_it_is_as_long_as_it_is_asked_to_be(self, work: Work, story: Story, referral_id: str) -> None:
        a_handoff(work, story, person_id=a_person(work, story.coordinator, name="Another"))

        assert len(queries.worklist(as_actor(work, story.coordinator), limit=1)) == 1

    @pytest.mark.parametrize("role", [Role.PARTNER, Role.STEWARD, Role.ADMIN, Role.PROGRAMME_LEAD])
    def test_nobody_else_has_it(self, work: Work, story: Story, role: Role) -> None:
        organization = story.pantry.organization if role is Role.PARTNER else None
        actor = a_user(work, role, story.market, organization=organization)

        with pytest.raises(NotAllowed):
            queries.worklist(as_actor(work, actor))


class TestInbox:
    def test_it_shows_what_the_consent_covers(self, work: Work, story: Story, referral_id: str) -> None:
        (row,) = queries.inbox(as_actor(work, story.partner))

        assert (row.referral_id, row.person_name, row.needs) == (referral_id, NAME, ("food-insecurity",))
        assert (row.next_action, row.consent_holds) == (NextAction.ANSWER, True)

    def test_it_shows_nothing_else(self, work: Work, story: Story) -> None:
        a_handoff(work, story, consent=replace(TERMS, fields=frozenset({"contact_routes"})))

        (row,) = queries.inbox(as_actor(work, story.partner))

        assert (row.person_name, row.needs) == (None, None)

    def test_a_revoked_consent_hides_the_person_at_once_and_leaves_the_line(
        self, work: Work, story: Story, referral_id: str
    ) -> None:
        revoke(work, story, referral_id)

        (row,) = queries.inbox(as_actor(work, story.partner))

        assert (row.status, row.person_name, row.needs, row.consent_holds) == (Status.REQUESTED, None, None, False)
        assert row.next_action is NextAction.NOTHING

    def test_an_expired_consent_does_the_same(self, work: Work, story: Story, referral_id: str) -> None:
        last_moment = replace(as_actor(work, story.partner), now=work.now + timedelta(days=90, seconds=-1))
        over = replace(last_moment, now=work.now + timedelta(days=90))

        assert [row.person_name for row in queries.inbox(last_moment)] == [NAME]
        assert [row.person_name for row in queries.inbox(over)] == [None]

    def test_a_turned_down_request_leaves_the_inbox(self, work: Work, story: Story, referral_id: str) -> None:
        service.move(as_actor(work, story.partner), referral_id, Status.REJECTED, Reason.OUT_OF_AREA)

        assert queries.inbox(as_actor(work, story.partner)) == []

    def test_another_organization_has_its_own(self, work: Work, story: Story, referral_id: str) -> None:
        other = a_story(work, "other")

        assert queries.inbox(as_actor(work, other.partner)) == []

    def test_a_market_without_a_care_team_has_an_empty_one(self, work: Work, story: Story, referral_id: str) -> None:
        assert queries.inbox(as_actor(work, story.coordinator)) == []

    @pytest.mark.parametrize("role", [Role.STEWARD, Role.ADMIN])
    def test_nobody_else_has_it(self, work: Work, story: Story, role: Role) -> None:
        with pytest.raises(NotAllowed):
            queries.inbox(as_actor(work, a_user(work, role, story.market)))


class TestOneHandoff:
    def test_the_referrer_sees_everything(self, work: Work, story: Story, referral_id: str) -> None:
        partner = accepted(work, story, referral_id)
        service.move(partner, referral_id, Status.ON_HOLD, Reason.OTHER, "Waits for a form")
        service.record_outcome(partner, referral_id, contacted=YesNo.YES)

        view = service.open_handoff(as_actor(work, story.coordinator), referral_id)

        assert (view.viewer, view.person_id, view.note) == (ActorKind.REFERRER, story.person_id, "Uses a walker")
        assert [(step.status, step.who, step.set_as, step.reason, step.comment) for step in view.history] == [
            (Status.REQUESTED, "A coordinator", "referrer", None, ""),
            (Status.ACCEPTED, "A partner", "recipient", None, ""),
            (Status.ON_HOLD, "A partner", "recipient", Reason.OTHER, "Waits for a form"),
        ]
        assert [step.at for step in view.history] == [work.now] * 3
        (outcome,) = view.outcomes
        assert (outcome.contacted, outcome.received, outcome.experience) == (
            YesNo.YES,
            YesNo.UNKNOWN,
            Experience.UNKNOWN,
        )
        assert (outcome.reported_as, outcome.who) == ("recipient", "A partner")
        assert {step.target for step in view.steps} == {Status.CANCELLED, Status.ENTERED_IN_ERROR}
        assert {step.target for step in view.on_behalf_steps} == {
            Status.IN_PROGRESS,
            Status.COMPLETED,
            Status.FAILED,
            Status.CANCELLED,
        }
        assert (view.position, view.hold_state) == (3, "used")

    def test_the_organization_sees_the_packet_and_that_is_written_down(
        self, work: Work, story: Story, referral_id: str
    ) -> None:
        view = service.open_handoff(as_actor(work, story.partner), referral_id)

        assert view.packet
        assert view.packet.name == NAME
        assert [route.value for route in view.packet.routes]
        assert (view.packet.birth, view.packet.postal_code) == (None, None)
        assert (view.person_id, view.needs, view.note) == (None, ("food-insecurity",), "Uses a walker")
        assert {step.target for step in view.steps} == {Status.ACCEPTED, Status.REJECTED}
        assert view.on_behalf_steps == ()
        disclosed = [row for row in work.session.query(AuditRow) if row.action == "person.disclosed"]
        assert [row.actor_id for row in disclosed] == [story.partner.user_id]

    def test_the_organization_sees_neither_needs_nor_note_that_are_not_shared(self, work: Work, story: Story) -> None:
        referral_id = a_handoff(work, story, consent=replace(TERMS, fields=frozenset({"name"})))

        view = service.open_handoff(as_actor(work, story.partner), referral_id)

        assert (view.needs, view.note) == ((), "")
        assert view.packet
        assert view.packet.routes == ()

    def test_once_revoked_only_the_status_line_stays(self, work: Work, story: Story, referral_id: str) -> None:
        partner = accepted(work, story, referral_id)
        service.move(partner, referral_id, Status.ON_HOLD, Reason.OTHER, "Waits for a form")
        service.record_outcome(partner, referral_id, contacted=YesNo.YES)
        revoke(work, story, referral_id)

        view = service.open_handoff(partner, referral_id)

        assert (view.packet, view.needs, view.note, view.outcomes, view.steps) == (None, (), "", (), ())
        assert [(step.status, step.reason, step.comment) for step in view.history] == [
            (Status.REQUESTED, None, ""),
            (Status.ACCEPTED, None, ""),
            (Status.ON_HOLD, None, ""),
        ]
        assert not view.consent_holds

    def test_nothing_of_the_person_shows_when_it_is_printed_for_a_log(
        self, work: Work, story: Story, referral_id: str
    ) -> None:
        view = service.open_handoff(as_actor(work, story.coordinator), referral_id)
        rows = queries.worklist(as_actor(work, story.coordinator)), queries.inbox(as_actor(work, story.partner))

        for secret in (NAME, "walker", "food-insecurity"):
            assert secret not in repr((view, rows, story.asks()))

    def test_another_market_finds_nothing(self, work: Work, story: Story, referral_id: str) -> None:
        other = a_story(work, "other")

        for actor in (other.coordinator, other.partner):
            with pytest.raises(NotFound):
                queries.get_handoff(as_actor(work, actor), referral_id)
