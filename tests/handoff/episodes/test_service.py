"""What a social worker does with an episode, and what it refuses."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from resource_hub.accounts import audit
from resource_hub.accounts.models import AuditRow, Notice
from resource_hub.accounts.values import Role
from resource_hub.accounts.work import Work
from resource_hub.core.errors import HubError, NotAllowed, NotFound
from resource_hub.handoff.episodes import queries, service
from resource_hub.handoff.episodes.errors import AlreadyOpen, BadEpisode, CallMissing, EpisodeClosed, GapsOpen, TooLate
from resource_hub.handoff.episodes.models import Episode, EpisodeAssessment, EpisodeContact, EpisodeGap, EpisodeStay
from resource_hub.handoff.episodes.values.asked import NewEpisode, NewGap
from resource_hub.handoff.episodes.values.words import (
    CloseReason,
    Concern,
    ContactKind,
    ContactResult,
    Destination,
    DoctorState,
    EpisodeStep,
    GapEnd,
    GapSource,
    StayKind,
)
from tests.conftest import as_actor
from tests.factories import a_user
from tests.handoff.episodes.stories import Bridge, a_bridge, an_episode

FRIDAY, SATURDAY, MONDAY, TUESDAY = (date(2026, 11, day) for day in (20, 21, 23, 24))


@pytest.fixture
def bridge(work: Work) -> Bridge:
    """Opened on Friday 20 November; leaves on Monday."""
    an_episode(work, "elsewhere")
    bridge = a_bridge(work)
    bridge.opens(FRIDAY, MONDAY)
    return bridge


def test_needs_with_a_yes_are_gaps_from_the_beginning(bridge: Bridge) -> None:
    view = bridge.view(FRIDAY)

    assert [(gap.source, gap.code) for gap in view.gaps] == [(GapSource.NEED, "food-insecurity")]
    assert view.next_step
    assert view.next_step.step is EpisodeStep.RECORD_REVIEW


def test_one_person_has_one_open_episode(bridge: Bridge) -> None:
    with pytest.raises(AlreadyOpen):
        bridge.opens(FRIDAY, TUESDAY)

    service.close_episode(bridge.on(FRIDAY), bridge.episode_id, CloseReason.DECLINED)
    bridge.opens(FRIDAY, TUESDAY)


@pytest.mark.parametrize("days", [-121, 121])
def test_a_discharge_far_away_is_a_slip(work: Work, days: int) -> None:
    bridge = a_bridge(work)

    with pytest.raises(BadEpisode) as refusal:
        bridge.opens(FRIDAY, FRIDAY + timedelta(days=days))
    assert [fault.field for fault in refusal.value.faults] == ["planned_on"]


def test_nobody_else_finds_it(work: Work, bridge: Bridge) -> None:
    stranger = an_episode(work, "far")
    with pytest.raises(NotFound):
        queries.get_episode(stranger.on(FRIDAY), bridge.episode_id)
    with pytest.raises(NotFound):
        service.close_episode(stranger.on(FRIDAY), bridge.episode_id, CloseReason.DECLINED)
    with pytest.raises(NotAllowed):
        queries.get_episode(as_actor(work, a_user(work, Role.STEWARD, bridge.market)), bridge.episode_id)
    assert [row.episode_id for row in queries.open_episodes(bridge.on(FRIDAY))] == [bridge.episode_id]
    assert [row.episode_id for row in queries.due_episodes(bridge.on(FRIDAY))] == [bridge.episode_id]


class TestContacts:
    def test_a_contact_is_shown_with_who_and_its_note(self, bridge: Bridge) -> None:
        bridge.logs(FRIDAY, ContactKind.RECORD_REVIEW, ContactResult.DONE, note="Lives alone")

        (shown,) = bridge.view(FRIDAY).contacts
        assert (shown.kind, shown.note, shown.who, shown.undoable) == (
            ContactKind.RECORD_REVIEW, "Lives alone", "A social_worker", True,
        )  # fmt: skip
        upcoming = bridge.view(FRIDAY).next_step
        assert upcoming
        assert upcoming.step is not EpisodeStep.RECORD_REVIEW

    def test_the_last_one_can_be_taken_back_for_some_minutes_by_whoever_logged_it(
        self, work: Work, bridge: Bridge
    ) -> None:
        bridge.logs(FRIDAY, ContactKind.RECORD_REVIEW, ContactResult.DONE)
        other = a_user(work, Role.COORDINATOR, bridge.market)
        mine = bridge.on(FRIDAY)

        with pytest.raises(TooLate):
            service.undo_contact(as_actor(mine, other), bridge.episode_id)
        service.undo_contact(mine, bridge.episode_id)

        view = bridge.view(FRIDAY)
        assert view.contacts == ()
        assert view.next_step
        assert view.next_step.step is EpisodeStep.RECORD_REVIEW
        with pytest.raises(TooLate):
            service.undo_contact(mine, bridge.episode_id)

    def test_after_an_hour_it_stays(self, bridge: Bridge) -> None:
        bridge.logs(FRIDAY, ContactKind.RECORD_REVIEW, ContactResult.DONE)

        with pytest.raises(TooLate):
            service.undo_contact(bridge.on(FRIDAY, 11), bridge.episode_id)
        assert not bridge.view(FRIDAY, 11).contacts[0].undoable

    @pytest.mark.parametrize("kind", [ContactKind.TWO_DAY_CALL, ContactKind.THIRTY_DAY_CALL])
    def test_a_call_to_somebody_who_is_not_home_is_none(self, bridge: Bridge, kind: ContactKind) -> None:
        with pytest.raises(BadEpisode):
            bridge.logs(FRIDAY, kind)
        bridge.leaves(MONDAY, Destination.FACILITY)
        with pytest.raises(BadEpisode):
            bridge.logs(TUESDAY, kind)

    def test_the_last_call_has_its_time(self, bridge: Bridge) -> None:
        bridge.leaves(MONDAY)
        with pytest.raises(BadEpisode):
            bridge.logs(MONDAY + timedelta(days=26), ContactKind.THIRTY_DAY_CALL)
        bridge.logs(MONDAY + timedelta(days=27), ContactKind.THIRTY_DAY_CALL)

    def test_what_comes_before_the_discharge_cannot_come_after(self, bridge: Bridge) -> None:
        bridge.leaves(MONDAY)
        with pytest.raises(BadEpisode):
            bridge.logs(TUESDAY, ContactKind.BEDSIDE_VISIT)


class TestStays:
    def test_a_stay_begins_after_the_discharge_and_ends_once(self, bridge: Bridge) -> None:
        work = bridge.on(TUESDAY)
        with pytest.raises(BadEpisode):
            service.begin_stay(work, bridge.episode_id, StayKind.HOSPITAL, TUESDAY)
        bridge.leaves(MONDAY)
        for wrong in (FRIDAY, TUESDAY + timedelta(days=1)):
            with pytest.raises(BadEpisode):
                service.begin_stay(work, bridge.episode_id, StayKind.HOSPITAL, wrong)
        service.begin_stay(work, bridge.episode_id, StayKind.HOSPITAL, TUESDAY, "Harbor General")
        with pytest.raises(BadEpisode):
            service.begin_stay(work, bridge.episode_id, StayKind.FACILITY, TUESDAY)
        with pytest.raises(BadEpisode):
            service.end_stay(work, bridge.episode_id, MONDAY)
        service.end_stay(work, bridge.episode_id, TUESDAY)
        with pytest.raises(BadEpisode):
            service.end_stay(work, bridge.episode_id, TUESDAY)

        (stay,) = bridge.view(TUESDAY).stays
        assert (stay.kind, stay.place, stay.ended_on) == (StayKind.HOSPITAL, "Harbor General", TUESDAY)

    def test_a_discharge_to_a_facility_is_a_stay_and_its_correction_takes_it_away(self, bridge: Bridge) -> None:
        bridge.leaves(MONDAY, Destination.FACILITY)
        assert [stay.began_on for stay in bridge.view(MONDAY).stays] == [MONDAY]

        service.note_discharge(bridge.on(TUESDAY), bridge.episode_id, NewEpisode(MONDAY), MONDAY)

        assert bridge.view(TUESDAY).stays == ()
        for day in (None, TUESDAY + timedelta(days=1)):
            with pytest.raises(BadEpisode):
                service.note_discharge(bridge.on(TUESDAY), bridge.episode_id, NewEpisode(MONDAY), day)


class TestGaps:
    def test_a_concern_opens_a_gap_once(self, bridge: Bridge) -> None:
        for _ in range(2):
            service.assess(bridge.on(FRIDAY), bridge.episode_id, {"mood": Concern.CONCERN, "food": Concern.NO_CONCERN})

        view = bridge.view(FRIDAY)
        assert [gap.code for gap in view.gaps] == ["food-insecurity", "mood"]
        assert view.assessments[0].answers["rides"] is Concern.NOT_ASKED

    @pytest.mark.parametrize("answers", [{}, {"mood": Concern.NOT_ASKED}, {"shoe size": Concern.CONCERN}])
    def test_an_assessment_asks_something(self, bridge: Bridge, answers: dict[str, Concern]) -> None:
        with pytest.raises(BadEpisode):
            service.assess(bridge.on(FRIDAY), bridge.episode_id, answers)

    def test_a_gap_by_hand_says_what_is_missing(self, bridge: Bridge) -> None:
        with pytest.raises(BadEpisode):
            service.open_gap(bridge.on(FRIDAY), bridge.episode_id, NewGap(GapSource.HAND, "other"))
        with pytest.raises(BadEpisode):
            service.open_gap(bridge.on(FRIDAY), bridge.episode_id, NewGap(GapSource.HAND, "a yacht", "A yacht"))

    def test_a_gap_is_closed_once_and_opens_again_as_a_new_one(self, work: Work, bridge: Bridge) -> None:
        mine, (gap,) = bridge.on(FRIDAY), bridge.view(FRIDAY).gaps
        service.close_gap(mine, bridge.episode_id, gap.id, GapEnd.HELPED, "Meals come")
        with pytest.raises(HubError, match="meantime"):
            service.close_gap(mine, bridge.episode_id, gap.id, GapEnd.HELPED)
        other = an_episode(work, "far")
        (theirs,) = other.view(FRIDAY).gaps
        with pytest.raises(NotFound):
            service.close_gap(mine, bridge.episode_id, theirs.id, GapEnd.HELPED)

        assert queries.not_yet_gaps(mine, bridge.view(FRIDAY)) == {}
        service.open_gap(mine, bridge.episode_id, NewGap(GapSource.NEED, "food-insecurity"))
        assert [gap.ended_as for gap in bridge.view(FRIDAY).gaps] == [None, GapEnd.HELPED]


class TestClosing:
    def test_an_open_gap_and_a_missing_call_keep_it_from_being_completed(self, bridge: Bridge) -> None:
        bridge.leaves(MONDAY)
        day = MONDAY + timedelta(days=28)
        with pytest.raises(GapsOpen):
            service.close_episode(bridge.on(day), bridge.episode_id, CloseReason.COMPLETED)
        (gap,) = bridge.view(day).gaps
        service.close_gap(bridge.on(day), bridge.episode_id, gap.id, GapEnd.HELPED)
        with pytest.raises(CallMissing):
            service.close_episode(bridge.on(day), bridge.episode_id, CloseReason.COMPLETED)
        bridge.logs(day, ContactKind.THIRTY_DAY_CALL)
        service.close_episode(bridge.on(day), bridge.episode_id, CloseReason.COMPLETED)

        view = bridge.view(day)
        assert (view.closed_as, view.next_step) == (CloseReason.COMPLETED, None)
        assert queries.due_episodes(bridge.on(day)) == []

    def test_with_a_reason_it_ends_as_it_is_and_nothing_is_written_any_more(self, bridge: Bridge) -> None:
        with pytest.raises(BadEpisode):
            service.close_episode(bridge.on(FRIDAY), bridge.episode_id, CloseReason.OTHER)
        service.close_episode(bridge.on(FRIDAY), bridge.episode_id, CloseReason.OTHER, "Went to a sister abroad")

        assert bridge.view(FRIDAY).close_note == "Went to a sister abroad"
        with pytest.raises(EpisodeClosed):
            bridge.logs(FRIDAY, ContactKind.FOLLOW_UP)

    def test_the_physician_visit_has_a_time_once_it_is_made(self, bridge: Bridge) -> None:
        mine = bridge.on(FRIDAY)
        with pytest.raises(BadEpisode):
            service.note_doctor(mine, bridge.episode_id, DoctorState.MADE)
        later = mine.now + timedelta(days=3)
        service.note_doctor(mine, bridge.episode_id, DoctorState.MADE, later)
        with pytest.raises(BadEpisode):
            service.note_doctor(mine, bridge.episode_id, DoctorState.KEPT)
        service.note_doctor(bridge.on(TUESDAY), bridge.episode_id, DoctorState.KEPT)
        assert bridge.view(TUESDAY).course.doctor_at == later


def test_what_is_overdue_is_told_once_to_the_social_worker(work: Work, bridge: Bridge) -> None:
    system = Work(work.session, work.actor, bridge.on(TUESDAY).now, work.vault, work.new_id)

    assert [service.raise_overdue(system, limit=50) for _ in range(2)] == [2, 0]

    told = work.session.scalars(select(Notice.user_id).where(Notice.kind == "episode.overdue")).all()
    assert bridge.worker.user_id in told
    assert len(told) == 2


def test_every_act_is_written_down_without_a_word_about_the_person(work: Work, bridge: Bridge) -> None:
    secret = "Quetzalcoatl"
    mine = bridge.on(FRIDAY)
    bridge.logs(FRIDAY, ContactKind.PLAN, ContactResult.DONE, note=secret)
    service.open_gap(mine, bridge.episode_id, NewGap(GapSource.HAND, "other", secret, secret))
    service.assess(mine, bridge.episode_id, {"caregiver": Concern.CONCERN}, secret)
    service.note_discharge(mine, bridge.episode_id, NewEpisode(FRIDAY, Destination.FACILITY, secret), FRIDAY)
    service.close_episode(mine, bridge.episode_id, CloseReason.OTHER, secret)

    rows = work.session.scalars(select(AuditRow).where(AuditRow.subject_id == bridge.episode_id)).all()
    assert [row.action for row in sorted(rows, key=lambda row: row.position)] == [
        "episode.opened",
        "episode.contact_logged",
        "episode.gap_opened",
        "episode.assessed",
        "episode.discharge_noted",
        "episode.closed",
    ]
    assert audit.verify(work.session, work.vault) == []
    stored = [
        value
        for table in (Episode, EpisodeContact, EpisodeStay, EpisodeAssessment, EpisodeGap, AuditRow)
        for row in work.session.execute(select(table.__table__)).all()
        for value in row
    ]
    for value in stored:
        text = value if isinstance(value, bytes) else str(value).encode()
        assert secret.encode() not in text
        assert b"caregiver" not in text
