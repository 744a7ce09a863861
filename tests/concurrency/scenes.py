"""One scene on which every act on people, handoffs, episodes and room can be done."""

from dataclasses import dataclass
from datetime import timedelta

from resource_hub.accounts.values import Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.handoff import service
from resource_hub.handoff.episodes import service as episodes
from resource_hub.handoff.episodes.values.asked import NewContact, NewEpisode, NewGap
from resource_hub.handoff.episodes.values.words import (
    CloseReason,
    ContactKind,
    ContactResult,
    GapSource,
    Mode,
    StayKind,
)
from resource_hub.handoff.rules.attempts import AttemptResult, AttemptRoute
from resource_hub.handoff.service import links, next_best
from resource_hub.handoff.values.words import Status
from resource_hub.people import service as people
from resource_hub.people.values import NewRoute, RouteKind
from resource_hub.screening.service import drafts, visits
from tests.conftest import as_actor
from tests.factories import Listing, a_listing, a_user
from tests.handoff.stories import Story, a_handoff, a_person, a_story, says_places

SCREENER = "short-screener"


@dataclass(frozen=True)
class Scene:
    """A story, and in it what an act needs: three handoffs, three episodes, a link, a code, answers on their way."""

    story: Story
    steward: Actor
    kitchen: Listing
    asked: str
    silent: str
    running: str
    token: str
    code: str
    home: str
    away: str
    over: str
    gap: str
    newcomer: str
    route: str
    draft: str
    screening_code: str
    visit: str


def a_scene(work: Work) -> Scene:
    """Make all of it."""
    story = a_story(work)
    desk, partner = as_actor(work, story.coordinator), as_actor(work, story.partner)
    kitchen = a_listing(work, story.market, name="Kitchen")
    says_places(work, kitchen, 2)
    other, third, newcomer = (a_person(work, story.coordinator, name=name) for name in ("Ben", "Cem", "Dora"))
    asked, silent, running = (
        a_handoff(work, story),
        a_handoff(work, story, person_id=third),
        _running(work, story, other),
    )
    service.log_attempt(partner, running, AttemptRoute.PHONE, AttemptResult.NO_ANSWER)
    service.log_attempt(partner, running, AttemptRoute.VISIT, AttemptResult.NO_ANSWER)
    next_best.propose(work, next_best.Proposal(silent, kitchen.service_at_location.id))
    service.put_off(desk, running, work.now + timedelta(days=1))
    home, away, over = (_episode(desk, person_id) for person_id in (story.person_id, other, third))
    episodes.close_episode(desk, over, CloseReason.MOVED_AWAY, "To Ohio")
    episodes.begin_stay(desk, away, StayKind.FACILITY, work.now.date())
    episodes.log_contact(desk, home, NewContact(ContactKind.FOLLOW_UP, Mode.PHONE, ContactResult.REACHED))
    people.set_fact(desk, newcomer, "veteran", value=True, as_of=work.now.date())
    visit_code = visits.invite(desk, third)
    return Scene(
        story=story,
        steward=a_user(work, Role.STEWARD, story.market),
        kitchen=kitchen,
        asked=asked,
        silent=silent,
        running=running,
        token=str(links.make_path(desk, asked)).rpartition("/")[2],
        code=service.code_for_paper(desk, asked),
        home=home,
        away=away,
        over=over,
        gap=episodes.open_gap(desk, home, NewGap(GapSource.HAND, "other", "A ramp")),
        newcomer=newcomer,
        route=people.add_route(desk, newcomer, NewRoute(RouteKind.PHONE, "410-555-0177")),
        draft=drafts.start(desk, story.person_id, SCREENER).id,
        screening_code=visits.invite(desk, newcomer),
        visit=visits.begin_visit(work, visit_code).id,
    )


def _running(work: Work, story: Story, person_id: str) -> str:
    referral_id = a_handoff(work, story, person_id=person_id)
    service.move(as_actor(work, story.partner), referral_id, Status.ACCEPTED)
    return referral_id


def _episode(desk: Work, person_id: str) -> str:
    today = desk.now.date()
    episode_id = episodes.open_episode(desk, person_id, NewEpisode(today))
    episodes.note_discharge(desk, episode_id, NewEpisode(today), today)
    return episode_id
