"""An episode that goes on after all: within its days, once, with its history, and counted once."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from resource_hub.accounts import audit
from resource_hub.accounts.models import AuditRow
from resource_hub.accounts.values import Role
from resource_hub.accounts.work import Work
from resource_hub.core.errors import NotAllowed, NotFound
from resource_hub.handoff.episodes import queries, service
from resource_hub.handoff.episodes.errors import AlreadyOpen, BadEpisode, NotOver, TooLateToReopen
from resource_hub.handoff.episodes.models import Episode, EpisodeReopening
from resource_hub.handoff.episodes.rules.acts import faults_of_reopening, may_reopen
from resource_hub.handoff.episodes.values.course import Fidelity
from resource_hub.handoff.episodes.values.words import (
    CloseReason,
    ContactKind,
    ContactResult,
    EpisodeStep,
    ReopenReason,
    StayKind,
)
from tests.conftest import as_actor
from tests.factories import a_user
from tests.handoff.episodes.stories import NEW_YORK, Bridge, a_bridge, an_episode, at

FRIDAY, MONDAY, TUESDAY = (date(2026, 11, day) for day in (20, 23, 24))
# Thanksgiving and the day after it are no business days in Maryland.
DUE = at(date(2026, 11, 30), 17)


@pytest.fixture
def bridge(work: Work) -> Bridge:
    """Home since Tuesday and closed by mistake on the same day; their neighbour's is open."""
    an_episode(work, "elsewhere")
    bridge = a_bridge(work)
    bridge.opens(FRIDAY, TUESDAY)
    bridge.logs(MONDAY, ContactKind.PLAN, ContactResult.DONE)
    bridge.leaves(TUESDAY)
    service.close_episode(bridge.on(TUESDAY), bridge.episode_id, CloseReason.COULD_NOT_REACH, "No answer")
    return bridge


def reopens(bridge: Bridge, day: date, reason: ReopenReason = ReopenReason.BY_MISTAKE, note: str = "") -> None:
    service.reopen_episode(bridge.on(day, 11), bridge.episode_id, reason, note)


def report(bridge: Bridge, day: date) -> Fidelity:
    return queries.fidelity_of(bridge.on(day), FRIDAY, TUESDAY, {bridge.market.id})


class TestTheRule:
    @given(st.integers(0, 400), st.integers(0, 23))
    def test_thirty_days_of_the_market_s_calendar_and_no_more(self, days: int, hour: int) -> None:
        closed = at(TUESDAY, 23)
        assert may_reopen(closed, NEW_YORK, at(TUESDAY + timedelta(days=days), hour)) == (days <= 30)

    def test_an_open_one_is_not_opened(self) -> None:
        assert not may_reopen(None, NEW_YORK, at(TUESDAY))

    @given(st.sampled_from(ReopenReason), st.sampled_from(CloseReason))
    def test_nobody_comes_back_from_death(self, reason: ReopenReason, closed_as: CloseReason) -> None:
        refused = reason is ReopenReason.CAME_BACK and closed_as is CloseReason.DIED
        assert bool(faults_of_reopening(reason, closed_as, "")) == refused


class TestGoingOn:
    def test_what_is_due_counts_from_the_days_it_always_counted_from(self, bridge: Bridge) -> None:
        wednesday = TUESDAY + timedelta(days=1)
        assert bridge.view(wednesday).may_reopen
        reopens(bridge, wednesday)

        view = bridge.view(wednesday, 12)
        assert (view.closed_as, view.close_note, view.may_reopen) == (None, "", False)
        call = next(step for step in view.steps if step.step is EpisodeStep.TWO_DAY_CALL)
        assert call.due_at == DUE
        assert [gap.code for gap in view.gaps] == ["food-insecurity"]
        assert len(view.contacts) == 1
        (row,) = queries.due_episodes(bridge.on(wednesday, 12))
        assert (row.episode_id, row.due_at) == (bridge.episode_id, view.next_step and view.next_step.due_at)
        bridge.logs(wednesday, ContactKind.TWO_DAY_CALL, hour=13)

    def test_what_fell_due_in_between_is_late_and_not_forgiven(self, bridge: Bridge) -> None:
        later = TUESDAY + timedelta(days=10)
        reopens(bridge, later)
        bridge.logs(later, ContactKind.TWO_DAY_CALL, hour=12)

        lines = {line.step: line for line in report(bridge, later + timedelta(days=1)).tallies}
        assert (lines[EpisodeStep.TWO_DAY_CALL].on_time, lines[EpisodeStep.TWO_DAY_CALL].late) == (0, 1)

    def test_who_came_back_to_the_hospital_gets_a_stay_and_a_new_clock(self, bridge: Bridge) -> None:
        back, home = TUESDAY + timedelta(days=6), TUESDAY + timedelta(days=9)
        reopens(bridge, back, ReopenReason.CAME_BACK)
        service.begin_stay(bridge.on(back, 12), bridge.episode_id, StayKind.HOSPITAL, back)
        service.end_stay(bridge.on(home), bridge.episode_id, home)

        call = next(step for step in bridge.view(home, 12).steps if step.step is EpisodeStep.TWO_DAY_CALL)
        assert call.due_at == at(date(2026, 12, 7), 17)

    def test_the_report_counts_it_once_and_as_open(self, bridge: Bridge) -> None:
        before = report(bridge, TUESDAY)
        reopens(bridge, TUESDAY)
        after = report(bridge, TUESDAY)

        assert (before.episodes, before.closed) == (1, 1)
        assert (after.episodes, after.closed) == (1, 0)
        assert (after.contacts, after.gaps_opened, after.gaps_closed) == (before.contacts, 1, 0)
        assert [line.decided + line.undecided for line in after.tallies] == [1, 1, 1, 1, 1, 1, 1]

    def test_how_it_was_closed_is_kept_and_it_can_be_closed_and_opened_again(self, bridge: Bridge) -> None:
        reopens(bridge, TUESDAY, note="The wrong button")
        service.close_episode(bridge.on(TUESDAY, 12), bridge.episode_id, CloseReason.DECLINED)
        reopens(bridge, TUESDAY + timedelta(days=3), ReopenReason.CAME_BACK)

        first, second = bridge.view(TUESDAY + timedelta(days=3), 12).reopenings
        assert (first.closed_as, first.close_note, first.reason, first.note, first.who) == (
            CloseReason.COULD_NOT_REACH, "No answer", ReopenReason.BY_MISTAKE, "The wrong button", "A social_worker",
        )  # fmt: skip
        assert (second.closed_as, second.reason) == (CloseReason.DECLINED, ReopenReason.CAME_BACK)


class TestRefusals:
    def test_a_second_click_opens_nothing_twice(self, work: Work, bridge: Bridge) -> None:
        reopens(bridge, TUESDAY)
        with pytest.raises(NotOver):
            reopens(bridge, TUESDAY)
        assert len(work.session.scalars(select(EpisodeReopening)).all()) == 1

    def test_after_thirty_days_a_new_one_is_opened(self, bridge: Bridge) -> None:
        with pytest.raises(TooLateToReopen):
            reopens(bridge, TUESDAY + timedelta(days=31))
        assert not bridge.view(TUESDAY + timedelta(days=31)).may_reopen
        reopens(bridge, TUESDAY + timedelta(days=30))

    def test_another_open_one_stays_the_only_one(self, work: Work, bridge: Bridge) -> None:
        first = bridge.episode_id
        bridge.opens(TUESDAY, TUESDAY)
        with pytest.raises(AlreadyOpen):
            service.reopen_episode(bridge.on(TUESDAY), first, ReopenReason.BY_MISTAKE)

        record = work.session.get_one(Episode, first, populate_existing=True)
        assert record.closed_as == CloseReason.COULD_NOT_REACH
        assert work.session.scalars(select(EpisodeReopening)).all() == []

    def test_a_note_has_its_length(self, bridge: Bridge) -> None:
        with pytest.raises(BadEpisode):
            reopens(bridge, TUESDAY, note="x" * 2001)

    def test_nobody_else_opens_it(self, work: Work, bridge: Bridge) -> None:
        stranger = an_episode(work, "far")
        with pytest.raises(NotFound):
            service.reopen_episode(stranger.on(TUESDAY), bridge.episode_id, ReopenReason.BY_MISTAKE)
        for role in (Role.STEWARD, Role.PROGRAMME_LEAD, Role.PARTNER):
            with pytest.raises(NotAllowed):
                service.reopen_episode(
                    as_actor(bridge.on(TUESDAY), a_user(work, role, bridge.market)),
                    bridge.episode_id,
                    ReopenReason.BY_MISTAKE,
                )


def test_it_is_written_down_with_its_reason_and_no_word(work: Work, bridge: Bridge) -> None:
    reopens(bridge, TUESDAY, note="Quetzalcoatl")

    row = work.session.scalars(select(AuditRow).where(AuditRow.action == "episode.reopened")).one()
    assert (row.subject_id, row.detail) == (bridge.episode_id, {"reason": "by-mistake"})
    assert audit.verify(work.session, work.vault) == []
    kept = work.session.execute(select(EpisodeReopening.__table__)).one()
    assert all(b"Quetzalcoatl" not in (one if isinstance(one, bytes) else str(one).encode()) for one in kept)
