"""A need that is met: who says so, where it shows, and how it opens again."""

import pytest
from flask.testing import FlaskClient

from resource_hub.accounts.work import Work
from resource_hub.handoff import service as handoff
from resource_hub.handoff.episodes import service as episodes
from resource_hub.handoff.episodes.queries import open_gaps_of_person
from resource_hub.handoff.episodes.values.asked import NewEpisode
from resource_hub.handoff.episodes.values.words import GapEnd
from resource_hub.handoff.values.words import NeedMet, Status
from resource_hub.screening import queries
from resource_hub.screening.service.recording import record_screening
from resource_hub.screening.values import Answer, NeedState, WantsHelp
from tests.conftest import as_actor
from tests.handoff.stories import Story, a_handoff
from tests.stories.parts import hungry
from tests.web.conftest import page, post

FOOD = "food-insecurity"


@pytest.fixture
def at(story: Story) -> str:
    return f"/desk/people/{story.person_id}"


def state_of(work: Work, story: Story, code: str = FOOD) -> NeedState:
    needs = queries.needs_of(as_actor(work, story.coordinator), story.person_id)
    return next(need.state for need in needs if need.code == code)


def test_one_click_marks_a_need_as_met_and_another_opens_it_again(desk: FlaskClient, at: str) -> None:
    assert "Food Mark as met : Food" in page(desk.get(at)).text
    marked = page(desk.get(post(desk, f"{at}/needs/state", need=FOOD, state="met").location))
    assert "Food Need is met" in marked.text
    assert "Open again : Food" in marked.text

    opened = page(desk.get(post(desk, f"{at}/needs/state", need=FOOD, state="open").location))
    assert "Food Mark as met" in opened.text


@pytest.mark.parametrize(
    ("need", "state", "status"),
    [("stress", "met", 404), ("x" * 900, "met", 404), ("", "met", 404), (FOOD, "", 422), (FOOD, "perhaps", 422)],
)
def test_what_cannot_be_is_refused(
    desk: FlaskClient, at: str, work: Work, story: Story, need: str, state: str, status: int
) -> None:
    assert post(desk, f"{at}/needs/state", need=need, state=state).status_code == status
    assert state_of(work, story) is NeedState.OPEN


def test_another_market_s_person_is_not_found_and_a_partner_has_no_such_page(
    desk: FlaskClient, partner: FlaskClient, work: Work, story: Story, elsewhere: Story, at: str
) -> None:
    theirs = f"/desk/people/{elsewhere.person_id}/needs/state"
    assert post(desk, theirs, need=FOOD, state="met").status_code == 404
    assert post(partner, f"{at}/needs/state", need=FOOD, state="met").status_code == 403
    assert (state_of(work, elsewhere), state_of(work, story)) == (NeedState.OPEN, NeedState.OPEN)


def test_an_organization_s_yes_shows_on_the_person_s_page_and_in_the_picture(
    desk: FlaskClient, at: str, work: Work, story: Story
) -> None:
    mine, partner = as_actor(work, story.coordinator), as_actor(work, story.partner)
    answers = [Answer(name.removeprefix("item."), code) for name, code in hungry().items() if name.startswith("item.")]
    for _time in range(2):
        record_screening(mine, story.person_id, "short-screener", answers, {FOOD: WantsHelp.YES})
    assert "Food: Need is met" not in page(desk.get(at)).text
    referral_id = a_handoff(work, story)
    handoff.move(partner, referral_id, Status.ACCEPTED)
    handoff.record_outcome(partner, referral_id, need_met=NeedMet.YES)

    shown = page(desk.get(at))
    assert "Food Need is met" in shown.text
    assert "Food: Need is met" in shown.text
    screening = queries.latest_screening(mine, story.person_id)
    assert screening
    assert "Food: Need is met" in page(desk.get(f"{at}/screenings/{screening.id}")).text


def test_a_list_begins_with_what_is_not_met_yet(desk: FlaskClient, at: str, work: Work, story: Story) -> None:
    from_both = page(desk.get(f"{at}/match"))
    post(desk, f"{at}/needs", **{f"help.{FOOD}": "yes", "help.stress": "yes"})
    post(desk, f"{at}/needs/state", need=FOOD, state="met")

    assert "Food pantry" in from_both.text
    assert "Food pantry" not in page(desk.get(f"{at}/match")).text
    assert state_of(work, story, "stress") is NeedState.OPEN


@pytest.mark.parametrize(
    ("how", "state"),
    [
        (GapEnd.HELPED, NeedState.MET),
        (GapEnd.SOLVED_ALONE, NeedState.MET),
        (GapEnd.DECLINED, NeedState.OPEN),
        (GapEnd.NOTHING_SUITABLE, NeedState.OPEN),
        (GapEnd.NO_GAP, NeedState.OPEN),
    ],
)
def test_a_gap_that_is_closed_with_help_meets_its_need(work: Work, story: Story, how: GapEnd, state: NeedState) -> None:
    mine = as_actor(work, story.coordinator)
    episode_id = episodes.open_episode(mine, story.person_id, NewEpisode(work.now.date()))
    (gap,) = open_gaps_of_person(mine, story.person_id)
    episodes.close_gap(mine, episode_id, gap.id, how)

    assert state_of(work, story) is state
