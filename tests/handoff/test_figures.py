"""Known how it went, and got the help, are two numbers; small and restricted groups stand in the sum only."""

from dataclasses import replace
from datetime import timedelta

import pytest

from resource_hub.accounts.work import Work
from resource_hub.handoff import service
from resource_hub.handoff.models import Referral
from resource_hub.handoff.queries.figures import market_figures, own_figures
from resource_hub.handoff.rules.figures import Figures
from resource_hub.handoff.values.words import Reason, Status, YesNo
from resource_hub.matching.policy import current
from resource_hub.matching.queries.track_record import track_records
from tests.conftest import as_actor
from tests.handoff.stories import Story, a_handoff, a_person, a_story


@pytest.fixture
def story(work: Work) -> Story:
    """Five requests: one turned down, four accepted, of which one is known to have helped and one not to have."""
    story = a_story(work)
    partner = replace(as_actor(work, story.partner), now=work.now + timedelta(hours=6))
    ids = [a_handoff(work, story, person_id=a_person(work, story.coordinator)) for _one in range(5)]
    service.move(partner, ids[0], Status.REJECTED, Reason.OUT_OF_AREA)
    for referral_id in ids[1:]:
        service.move(partner, referral_id, Status.ACCEPTED)
    service.record_outcome(partner, ids[1], received=YesNo.YES)
    service.record_outcome(partner, ids[2], received=YesNo.NO)
    service.record_outcome(partner, ids[3], contacted=YesNo.YES)
    a_handoff(work, a_story(work, "elsewhere"))
    return story


def test_known_and_helped_are_counted_apart(work: Work, story: Story) -> None:
    expected = Figures(asked=5, answered=5, accepted=4, loop_known=2, received=1, need_met=0)

    assert market_figures(work, story.market).total == expected
    assert [line.figures for line in market_figures(work, story.market).services] == [expected]
    assert [line.figures for line in own_figures(as_actor(work, story.partner))] == [expected]


def test_a_restricted_handoff_is_in_the_sum_only_and_leaves_a_small_rest(work: Work, story: Story) -> None:
    first = work.session.query(Referral).filter_by(market_id=story.market.id, status="accepted").first()
    assert first
    first.restricted = True
    work.session.flush()

    found = market_figures(work, story.market)

    assert (found.total.asked, found.services) == (5, ())


def test_a_rest_that_is_too_small_is_not_in_the_sum(work: Work, story: Story) -> None:
    hidden = a_handoff(work, story, person_id=a_person(work, story.coordinator))
    work.session.get_one(Referral, hidden).restricted = True
    work.session.flush()

    found = market_figures(work, story.market)

    assert (found.total.asked, [line.figures.asked for line in found.services], found.left_out) == (5, [5], 1)


def test_an_outcome_of_which_nothing_is_known_closes_nothing(work: Work, story: Story) -> None:
    partner = as_actor(work, story.partner)
    referral_id = (
        work.session.query(Referral.id).filter_by(market_id=story.market.id, status="accepted").limit(1).scalar()
    )
    assert referral_id
    service.move(partner, referral_id, Status.COMPLETED)
    due = work.session.get_one(Referral, referral_id).due_at

    service.record_outcome(partner, referral_id)
    assert work.session.get_one(Referral, referral_id).due_at == due

    service.record_outcome(partner, referral_id, received=YesNo.NO)
    assert work.session.get_one(Referral, referral_id).due_at is None


def test_how_long_an_answer_takes_is_learnt_and_too_little_is_not_told(work: Work, story: Story) -> None:
    (learnt,) = track_records(work.session, story.market.id, work.now, current())

    assert learnt.answer_hours == pytest.approx(6)
    assert (learnt.received, learnt.met) == (None, None)
    assert track_records(work.session, story.market.id, work.now + timedelta(days=3650), current()) == []
