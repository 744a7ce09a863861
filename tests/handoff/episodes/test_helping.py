"""Gaps that were handed off: which handoff serves which, what came of it, and who may know of it."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from resource_hub.accounts.models import AuditRow
from resource_hub.accounts.values import Role
from resource_hub.accounts.work import Work
from resource_hub.core.codes import NEEDS
from resource_hub.core.errors import NotFound
from resource_hub.handoff import service as handoff
from resource_hub.handoff.episodes import queries, service
from resource_hub.handoff.episodes.errors import GapsOpen
from resource_hub.handoff.episodes.models import GapHandoff
from resource_hub.handoff.episodes.rules.helping import (
    NEEDS_OF_DOMAIN,
    Reported,
    best_of,
    came_of,
    needs_of_gap,
    serves,
)
from resource_hub.handoff.episodes.values.asked import NewEpisode, NewGap
from resource_hub.handoff.episodes.values.shown import GapShown
from resource_hub.handoff.episodes.values.words import DOMAINS, CloseReason, Concern, GapHelp, GapSource
from resource_hub.handoff.models import Referral
from resource_hub.handoff.values.words import OPEN, NeedMet, Reason, Status, YesNo
from tests.conftest import as_actor
from tests.factories import a_listing, a_user
from tests.handoff.stories import Story, a_handoff, a_person, a_story

FOOD, RIDES = "food-insecurity", "transportation-insecurity"
REPORTS = st.lists(
    st.builds(
        Reported,
        st.sampled_from(["person", "recipient", "referrer", "recipient-by-link"]),
        st.sampled_from(YesNo),
        st.sampled_from(NeedMet),
    )
)


def said(by: str, received: str = "unknown", need_met: str = "unknown") -> Reported:
    return Reported(by, YesNo(received), NeedMet(need_met))


class TestTheRule:
    @pytest.mark.parametrize(
        ("status", "reports", "came"),
        [
            (Status.REQUESTED, [], GapHelp.UNDER_WAY),
            (Status.ON_HOLD, [said("recipient", "yes", "partly")], GapHelp.UNDER_WAY),
            (Status.COMPLETED, [], GapHelp.NOT_KNOWN),
            (Status.COMPLETED, [said("recipient", "yes")], GapHelp.RECEIVED),
            (Status.COMPLETED, [said("recipient", "yes", "partly")], GapHelp.NOT_ENOUGH),
            (Status.COMPLETED, [said("recipient", "yes", "no")], GapHelp.NOT_ENOUGH),
            (Status.COMPLETED, [said("recipient", "no")], GapHelp.NO_HELP),
            (Status.COMPLETED, [said("recipient", need_met="yes")], GapHelp.HELPED),
            (Status.IN_PROGRESS, [said("person", "yes", "yes")], GapHelp.HELPED),
            (Status.REJECTED, [], GapHelp.NO_HELP),
            (Status.CANCELLED, [], GapHelp.NO_HELP),
            (Status.FAILED, [said("person", "no", "no")], GapHelp.NO_HELP),
            # The person's word goes before everybody's, however old it is.
            (Status.COMPLETED, [said("person", "no", "no"), said("recipient", "yes", "yes")], GapHelp.NO_HELP),
            (Status.COMPLETED, [said("recipient", "yes", "no"), said("person", need_met="yes")], GapHelp.HELPED),
        ],
    )
    def test_what_came_of_a_handoff(self, status: Status, reports: list[Reported], came: GapHelp) -> None:
        assert came_of(status, reports) is came

    @given(st.sampled_from(Status), REPORTS)
    def test_only_a_known_yes_asks_to_close(self, status: Status, reports: list[Reported]) -> None:
        came = came_of(status, reports)

        if came in {GapHelp.HELPED, GapHelp.RECEIVED}:
            assert any(one.need_met is NeedMet.YES or one.received is YesNo.YES for one in reports)
        if status in OPEN:
            assert came in {GapHelp.HELPED, GapHelp.UNDER_WAY}

    @given(st.lists(st.sampled_from(GapHelp)))
    def test_one_that_helped_is_what_the_gap_shows(self, came: list[GapHelp]) -> None:
        shown = best_of(came)
        assert shown in {*came, GapHelp.NOBODY_ASKED}
        if GapHelp.HELPED in came:
            assert shown is GapHelp.HELPED

    @given(
        code=st.sampled_from([*NEEDS, *DOMAINS, "other"]),
        asked=st.sets(st.sampled_from(list(NEEDS))),
        is_named=st.booleans(),
    )
    def test_a_gap_is_served_by_its_own_need_or_by_its_name(
        self, *, code: str, asked: set[str], is_named: bool
    ) -> None:
        needs = needs_of_gap(code)
        assert serves(code, asked, is_named=is_named) == (bool(set(needs) & asked) if needs else is_named)

    def test_each_domain_stands_for_needs_that_there_are(self) -> None:
        assert NEEDS_OF_DOMAIN.keys() <= set(DOMAINS)
        assert {need for needs in NEEDS_OF_DOMAIN.values() for need in needs} <= set(NEEDS)


@dataclass(frozen=True)
class Ward:
    """A story with an open episode for its person; `work` is the coordinator's."""

    story: Story
    work: Work
    episode_id: str

    def asks(self, **changes: object) -> str:
        referral_id = a_handoff(self.work, self.story, **changes)
        service.link_handoffs(self.work, self.story.person_id, [referral_id])
        return referral_id

    def gap(self, code: str = FOOD, work: Work | None = None) -> GapShown:
        gaps = queries.get_episode(work or self.work, self.episode_id).gaps
        return next(gap for gap in gaps if gap.code == code)


@pytest.fixture
def ward(work: Work) -> Ward:
    """Their neighbour in the same market has the same gap and a handoff for it."""
    story = a_story(work)
    mine = as_actor(work, story.coordinator)
    neighbour = a_person(work, story.coordinator, name="Next Door")
    service.open_episode(mine, neighbour, NewEpisode(work.now.date()))
    episode_id = service.open_episode(mine, story.person_id, NewEpisode(work.now.date()))
    service.link_handoffs(mine, neighbour, [a_handoff(work, story, person_id=neighbour)])
    return Ward(story, mine, episode_id)


def ends(ward: Ward, referral_id: str, *statuses: Status, reason: Reason | None = None) -> None:
    for status in statuses:
        last = status is statuses[-1]
        handoff.move(as_actor(ward.work, ward.story.partner), referral_id, status, reason if last else None)


def row_of(ward: Ward, work: Work | None = None) -> tuple[int, int]:
    (row,) = queries.open_of_person(work or ward.work, ward.story.person_id)
    return row.gaps_helped, row.gaps_without_help


class TestLinking:
    def test_a_gap_shows_where_its_handoff_stands(self, ward: Ward) -> None:
        assert (ward.gap().help, ward.gap().asked) == (GapHelp.NOBODY_ASKED, ())
        referral_id = ward.asks()

        (one,) = ward.gap().asked
        assert (one.referral_id, one.service, one.status) == (referral_id, "Food pantry", Status.REQUESTED)
        assert ward.gap().help is GapHelp.UNDER_WAY
        assert row_of(ward) == (0, 0)

    def test_only_gaps_with_its_need_are_served_and_the_assessment_s_with_them(self, ward: Ward) -> None:
        for code in ("food", "rides", "caregiver"):
            service.open_gap(ward.work, ward.episode_id, NewGap(GapSource.ASSESSMENT, code))
        ward.asks()

        assert [bool(ward.gap(code).asked) for code in (FOOD, "food", "rides", "caregiver")] == [
            True, True, False, False,
        ]  # fmt: skip

    def test_a_gap_that_is_opened_later_finds_the_open_handoffs_that_serve_it(self, work: Work, ward: Ward) -> None:
        over, kitchen = ward.asks(), a_listing(work, ward.story.market, name="Kitchen")
        ends(ward, over, Status.REJECTED, reason=Reason.OUT_OF_AREA)
        running = ward.asks(service_at_location_id=kitchen.service_at_location.id)
        service.assess(ward.work, ward.episode_id, {"food": Concern.CONCERN, "rides": Concern.CONCERN})

        assert [one.referral_id for one in ward.gap("food").asked] == [running]
        assert ward.gap("rides").asked == ()

    def test_what_is_no_need_is_served_by_what_was_looked_for_from_it(self, ward: Ward) -> None:
        ramp = service.open_gap(ward.work, ward.episode_id, NewGap(GapSource.HAND, "other", "A ramp"))
        referral_id = a_handoff(ward.work, ward.story)

        assert service.link_handoffs(ward.work, ward.story.person_id, [referral_id], ramp) == 2
        assert service.link_handoffs(ward.work, ward.story.person_id, [referral_id], ramp) == 0
        assert [one.referral_id for one in ward.gap("other").asked] == [referral_id]

    def test_the_next_best_serves_what_the_silent_one_was_asked_for(self, ward: Ward) -> None:
        ramp = service.open_gap(ward.work, ward.episode_id, NewGap(GapSource.HAND, "other", "A ramp"))
        silent = a_handoff(ward.work, ward.story)
        service.link_handoffs(ward.work, ward.story.person_id, [silent], ramp)
        kitchen = a_listing(ward.work, ward.story.market, name="Kitchen")
        next_one = a_handoff(ward.work, ward.story, service_at_location_id=kitchen.service_at_location.id)
        service.link_handoffs(ward.work, ward.story.person_id, [next_one], instead_of=silent)

        assert {one.referral_id for one in ward.gap("other").asked} == {silent, next_one}

    def test_a_handoff_of_somebody_else_or_without_an_episode_is_linked_to_nothing(self, ward: Ward) -> None:
        third = a_person(ward.work, ward.story.coordinator, name="Third")
        theirs = a_handoff(ward.work, ward.story, person_id=third)

        assert service.link_handoffs(ward.work, ward.story.person_id, [theirs], ward.gap().id) == 0
        assert service.link_handoffs(ward.work, third, [theirs], ward.gap().id) == 0

    def test_another_market_s_person_is_not_found(self, work: Work, ward: Ward) -> None:
        stranger = as_actor(work, a_story(work, "far").coordinator)
        with pytest.raises(NotFound):
            service.link_handoffs(stranger, ward.story.person_id, [ward.asks()])
        with pytest.raises(NotFound):
            queries.open_gaps_of_person(stranger, ward.story.person_id)

    def test_it_is_written_down_without_need_or_service(self, work: Work, ward: Ward) -> None:
        ward.asks()
        query = select(AuditRow).where(AuditRow.action == "episode.gap_handed_off")
        row = work.session.scalars(query.where(AuditRow.subject_id == ward.episode_id)).one()
        assert row.detail == {"links": "1"}


class TestWhatComesOfIt:
    def test_a_met_need_asks_to_close_and_closes_nothing_by_itself(self, ward: Ward) -> None:
        referral_id = ward.asks()
        ends(ward, referral_id, Status.ACCEPTED, Status.COMPLETED)
        assert ward.gap().help is GapHelp.NOT_KNOWN
        handoff.record_outcome(as_actor(ward.work, ward.story.partner), referral_id, need_met=NeedMet.YES)

        assert (ward.gap().help, ward.gap().ended_as, row_of(ward)) == (GapHelp.HELPED, None, (1, 0))
        with pytest.raises(GapsOpen):
            service.close_episode(ward.work, ward.episode_id, CloseReason.COMPLETED)

    def test_a_no_leaves_it_open_and_the_list_says_so_until_somebody_else_is_asked(self, ward: Ward) -> None:
        ends(ward, ward.asks(), Status.REJECTED, reason=Reason.AT_CAPACITY)

        (one,) = ward.gap().asked
        assert (ward.gap().help, one.reason, row_of(ward)) == (GapHelp.NO_HELP, Reason.AT_CAPACITY, (0, 1))
        kitchen = a_listing(ward.work, ward.story.market, name="Kitchen")
        second = ward.asks(service_at_location_id=kitchen.service_at_location.id)
        assert (ward.gap().help, row_of(ward)) == (GapHelp.UNDER_WAY, (0, 0))
        assert second in {one.referral_id for one in ward.gap().asked}

    def test_what_was_written_by_mistake_was_never_asked(self, ward: Ward) -> None:
        handoff.move(ward.work, ward.asks(), Status.ENTERED_IN_ERROR)
        assert ward.gap().asked == ()


class TestWhoMayKnow:
    def test_a_colleague_learns_nothing_of_a_restricted_one_and_the_sender_all(self, work: Work, ward: Ward) -> None:
        referral_id = ward.asks()
        work.session.get_one(Referral, referral_id).restricted = True
        work.session.flush()
        ends(ward, referral_id, Status.REJECTED, reason=Reason.AT_CAPACITY)
        colleague = as_actor(work, a_user(work, Role.SOCIAL_WORKER, ward.story.market))

        assert (ward.gap().help, row_of(ward)) == (GapHelp.NO_HELP, (0, 1))
        assert (ward.gap(work=colleague).help, ward.gap(work=colleague).asked) == (GapHelp.NOBODY_ASKED, ())
        assert row_of(ward, colleague) == (0, 0)
        assert queries.gaps_served(colleague, ward.story.person_id, referral_id) == []
        assert len(queries.gaps_served(ward.work, ward.story.person_id, referral_id)) == 1

    def test_a_colleague_cannot_link_what_they_may_not_know(self, work: Work, ward: Ward) -> None:
        referral_id = a_handoff(work, ward.story)
        work.session.get_one(Referral, referral_id).restricted = True
        work.session.flush()
        colleague = as_actor(work, a_user(work, Role.COORDINATOR, ward.story.market))

        assert service.link_handoffs(colleague, ward.story.person_id, [referral_id]) == 0
        assert work.session.scalars(select(GapHandoff).where(GapHandoff.referral_id == referral_id)).all() == []


def test_a_closed_gap_is_served_no_more(ward: Ward) -> None:
    service.close_episode(ward.work, ward.episode_id, CloseReason.DECLINED)
    assert service.link_handoffs(ward.work, ward.story.person_id, [a_handoff(ward.work, ward.story)]) == 0
