"""Every act that writes about a person, a handoff, an episode, a consent or room, on one scene for all of them.

The name of an act is that of the use case it does, without `resource_hub` and with a word after it where there are two.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from resource_hub.accounts.values import SYSTEM
from resource_hub.accounts.work import Work
from resource_hub.capacity import service as capacity
from resource_hub.capacity.values import CapacityStatus, Statement
from resource_hub.handoff import service
from resource_hub.handoff.episodes import service as episodes
from resource_hub.handoff.episodes.models import Episode
from resource_hub.handoff.episodes.values.asked import NewContact, NewEpisode, NewGap
from resource_hub.handoff.episodes.values.words import (
    CloseReason,
    Concern,
    ContactKind,
    ContactResult,
    DoctorState,
    GapEnd,
    GapSource,
    Mode,
    ReopenReason,
    StayKind,
)
from resource_hub.handoff.models import Referral
from resource_hub.handoff.queries.scope import get_scoped
from resource_hub.handoff.rules.attempts import AttemptResult, AttemptRoute
from resource_hub.handoff.rules.gaps import Unsuitable
from resource_hub.handoff.rules.own import OwnRequest
from resource_hub.handoff.rules.reports import Helped
from resource_hub.handoff.service import links, next_best, pausing
from resource_hub.handoff.values.words import NeedMet, Reason, Status
from resource_hub.people import consent
from resource_hub.people import service as people
from resource_hub.people.values import Corrections, HowGiven, NewPerson, NewRoute, RouteKind
from tests.concurrency.flows_of_screening import SCREENING
from tests.concurrency.scenes import Scene
from tests.conftest import as_actor
from tests.handoff.stories import TERMS
from tests.handoff.test_own import HERE, ROSA
from tests.handoff.two_ways import TO_SEND

LATER = timedelta(days=30)
FOOD = "food-insecurity"


Act = Callable[[Work, Scene], object]


def _partner(work: Work, scene: Scene) -> Work:
    return as_actor(work, scene.story.partner)


def _own(work: Work, scene: Scene, referral_id: str) -> Referral:
    return get_scoped(as_actor(work, scene.story.coordinator), referral_id).referral


def _place(scene: Scene) -> str:
    return scene.kitchen.service_at_location.id


def _refer_to_the_last_place(work: Work, scene: Scene) -> None:
    one = Statement(CapacityStatus.CAPACITY, 1, 9)
    capacity.state_capacity(as_actor(work, SYSTEM), _place(scene), one)
    service.refer(work, scene.story.asks(person_id=scene.newcomer, service_at_location_id=_place(scene)))


def _later(work: Work) -> Work:
    return replace(as_actor(work, SYSTEM), now=work.now + LATER)


HANDOFFS: dict[str, Act] = {
    "handoff.service.refer": lambda work, scene: service.refer(work, scene.story.asks(person_id=scene.newcomer)),
    "handoff.service.refer_together": lambda work, scene: service.refer_together(
        work,
        [scene.story.asks(person_id=scene.newcomer),
         scene.story.asks(person_id=scene.newcomer, service_at_location_id=_place(scene))],
    ),
    "handoff.service.move accepted": lambda work, scene: service.move(
        _partner(work, scene), scene.asked, Status.ACCEPTED
    ),
    "handoff.service.move at capacity": lambda work, scene: service.move(
        _partner(work, scene), scene.asked, Status.REJECTED, Reason.AT_CAPACITY
    ),
    "handoff.service.move not eligible": lambda work, scene: service.move(
        work, scene.asked, Status.REJECTED, Reason.NOT_ELIGIBLE, on_behalf=True, fact="veteran"
    ),
    "handoff.service.move completed": lambda work, scene: service.move(
        _partner(work, scene), scene.running, Status.COMPLETED
    ),
    "handoff.service.move mistaken": lambda work, scene: service.move(work, scene.running, Status.ENTERED_IN_ERROR),
    "handoff.service.record_outcome": lambda work, scene: service.record_outcome(
        work, scene.running, need_met=NeedMet.YES
    ),
    "handoff.service.say_helped": lambda work, scene: service.say_helped(
        work, _own(work, scene, scene.running), Helped.YES
    ),
    "handoff.service.refer to the last place": _refer_to_the_last_place,
    "handoff.service.refer another there": lambda work, scene: service.refer(
        work, scene.story.asks(service_at_location_id=_place(scene))
    ),
    "handoff.service.withdraw silent": lambda work, scene: service.withdraw(work, _own(work, scene, scene.silent)),
    "handoff.service.withdraw": lambda work, scene: service.withdraw(work, _own(work, scene, scene.asked)),
    "handoff.service.inform": lambda work, scene: service.inform(work, scene.newcomer, _place(scene), [FOOD]),
    "handoff.service.set_appointment": lambda work, scene: service.set_appointment(
        work, scene.asked, work.now + timedelta(days=3)
    ),
    "handoff.service.log_attempt": lambda work, scene: service.log_attempt(
        _partner(work, scene), scene.running, AttemptRoute.PHONE, AttemptResult.NO_ANSWER
    ),
    "handoff.service.write_message": lambda work, scene: service.write_message(work, scene.asked, "When?"),
    "handoff.service.open_handoff": lambda work, scene: service.open_handoff(_partner(work, scene), scene.asked),
    "handoff.service.record_unmet": lambda work, scene: service.record_unmet(
        work, scene.story.market.id, [FOOD], "21201", Unsuitable.NOTHING_LISTED
    ),
    "handoff.service.raise_overdue": lambda work, _scene: service.raise_overdue(_later(work)),
    "handoff.service.links.make_path": lambda work, scene: links.make_path(work, scene.asked),
    "handoff.service.links.revoke_links": lambda work, scene: links.revoke_links(work, scene.asked),
    "handoff.service.links.write_opening": lambda work, scene: links.write_opening(links.open_link(work, scene.token)),
    "handoff.service.next_best.propose": lambda work, scene: next_best.propose(
        work, next_best.Proposal(scene.asked, _place(scene))
    ),
    "handoff.service.next_best.offer_next_best": lambda work, scene: next_best.offer_next_best(
        work, scene.silent, HowGiven.VERBAL
    ),
    "handoff.service.ask_for_oneself": lambda work, scene: service.ask_for_oneself(
        work, OwnRequest(_place(scene), ROSA, FOOD), HERE
    ),
    "handoff.service.record_person": lambda work, scene: service.record_person(_partner(work, scene), TO_SEND),
    "handoff.service.put_off": lambda work, scene: service.put_off(work, scene.asked, work.now + timedelta(days=1)),
    "handoff.service.take_up_again": lambda work, scene: service.take_up_again(work, scene.running),
    "handoff.service.keep_note": lambda work, scene: service.keep_note(work, _place(scene), "Ask for Ann", shared=True),
    "handoff.service.pausing.pause": lambda work, scene: pausing.pause(
        _partner(work, scene), scene.running, work.now.date() + timedelta(days=7)
    ),
}  # fmt: skip

BY_LINK: dict[str, Act] = {
    "handoff.service.move by link": lambda work, scene: service.move(
        links.open_link(work, scene.token).work, scene.asked, Status.ACCEPTED
    ),
    "handoff.service.write_message by link": lambda work, scene: service.write_message(
        links.open_link(work, scene.token).work, scene.asked, "When?"
    ),
    "capacity.service.state_capacity by link": lambda work, scene: capacity.state_capacity(
        links.open_link(work, scene.token).work,
        scene.story.pantry.service_at_location.id,
        Statement(CapacityStatus.NO_CAPACITY),
    ),
}

EPISODES: dict[str, Act] = {
    "handoff.episodes.service.open_episode": lambda work, scene: episodes.open_episode(
        work, scene.newcomer, NewEpisode(work.now.date())
    ),
    "handoff.episodes.service.open_episode anew": lambda work, scene: episodes.open_episode(
        work, work.session.get_one(Episode, scene.over).person_id, NewEpisode(work.now.date())
    ),
    "handoff.episodes.service.note_discharge": lambda work, scene: episodes.note_discharge(
        work, scene.home, NewEpisode(work.now.date()), work.now.date() - timedelta(days=1)
    ),
    "handoff.episodes.service.begin_stay": lambda work, scene: episodes.begin_stay(
        work, scene.home, StayKind.HOSPITAL, work.now.date(), "Harbor Rehab"
    ),
    "handoff.episodes.service.end_stay": lambda work, scene: episodes.end_stay(work, scene.away, work.now.date()),
    "handoff.episodes.service.log_contact": lambda work, scene: episodes.log_contact(
        work, scene.home, NewContact(ContactKind.TWO_DAY_CALL, Mode.PHONE, ContactResult.REACHED, "Well")
    ),
    "handoff.episodes.service.undo_contact": lambda work, scene: episodes.undo_contact(work, scene.home),
    "handoff.episodes.service.assess": lambda work, scene: episodes.assess(
        work, scene.home, {"food": Concern.CONCERN, "mood": Concern.CONCERN}, "A note"
    ),
    "handoff.episodes.service.note_doctor": lambda work, scene: episodes.note_doctor(
        work, scene.home, DoctorState.ASKED
    ),
    "handoff.episodes.service.open_gap": lambda work, scene: episodes.open_gap(
        work, scene.home, NewGap(GapSource.HAND, "other", "A bed")
    ),
    "handoff.episodes.service.close_gap": lambda work, scene: episodes.close_gap(
        work, scene.home, scene.gap, GapEnd.HELPED, "Built"
    ),
    "handoff.episodes.service.link_handoffs": lambda work, scene: episodes.link_handoffs(
        work, scene.story.person_id, [scene.asked], scene.gap
    ),
    "handoff.episodes.service.close_episode": lambda work, scene: episodes.close_episode(
        work, scene.home, CloseReason.MOVED_AWAY, "To Ohio"
    ),
    "handoff.episodes.service.reopen_episode": lambda work, scene: episodes.reopen_episode(
        work, scene.over, ReopenReason.BY_MISTAKE, "The wrong one"
    ),
    "handoff.episodes.service.raise_overdue": lambda work, _scene: episodes.raise_overdue(_later(work)),
}

PEOPLE: dict[str, Act] = {
    "people.service.add_person": lambda work, scene: people.add_person(
        work, scene.story.market.id,
        NewPerson("Eve", "MRN-1", routes=(NewRoute(RouteKind.PHONE, "410-555-0188"),)),
    ),
    "people.service.open_person": lambda work, scene: people.open_person(work, scene.newcomer),
    "people.service.correct_person": lambda work, scene: people.correct_person(
        work, scene.newcomer, Corrections(name="Dora Elena")
    ),
    "people.service.set_fact": lambda work, scene: people.set_fact(
        work, scene.newcomer, "household_size", 2, date(2026, 11, 1)
    ),
    "people.service.set_fact again": lambda work, scene: people.set_fact(
        work, scene.newcomer, "veteran", value=True, as_of=date(2026, 11, 1)
    ),
    "people.service.remove_fact": lambda work, scene: people.remove_fact(work, scene.newcomer, "veteran"),
    "people.service.add_route": lambda work, scene: people.add_route(
        work, scene.newcomer, NewRoute(RouteKind.PHONE, "410-555-0199")
    ),
    "people.service.remove_route": lambda work, scene: people.remove_route(work, scene.newcomer, scene.route),
    "people.consent.give": lambda work, scene: consent.give(
        work, scene.newcomer, scene.kitchen.organization.id, TERMS
    ),
    "people.consent.shared_person": lambda work, scene: consent.shared_person(
        work, _own(work, scene, scene.asked).consent_id, scene.story.pantry.organization.id, work.now.date()
    ),
    "people.consent.revoke": lambda work, scene: consent.revoke(work, _own(work, scene, scene.asked).consent_id),
}  # fmt: skip

ROOM: dict[str, Act] = {
    "capacity.service.state_capacity": lambda work, scene: capacity.state_capacity(
        _partner(work, scene), scene.story.pantry.service_at_location.id, Statement(CapacityStatus.CAPACITY, 4, 9)
    ),
    "capacity.service.expire_holds": lambda work, _scene: capacity.expire_holds(_later(work)),
    "capacity.service.use": lambda work, scene: capacity.use(work, scene.asked),
    "capacity.service.release": lambda work, scene: capacity.release(work, scene.running),
}

ACTS = HANDOFFS | BY_LINK | EPISODES | PEOPLE | ROOM | SCREENING

# Public in these modules, and no act of their own, with the reason.
READS, PART = "writes nothing", "is a part of others here"
NO_ACTS = {
    "handoff.service.followed": READS,
    "handoff.service.links.open_links": READS,
    "handoff.service.links.open_link": READS,
    "handoff.service.next_best.find_next_best": READS,
    "handoff.service.next_best.proposal_of": READS,
    "handoff.service.code_for_paper": READS,
    "handoff.service.find_by_code": "counts a wrong code, in one statement",
    "capacity.service.hold": PART,
    "people.consent.check": READS,
    "people.consent.consents_of": READS,
    "people.consent.get_valid": READS,
    "people.service.mark_changed": PART,
    "screening.service.drafts.so_far": READS,
    "screening.service.importing.prepare": READS,
    "screening.service.importing.notice_of": READS,
    "screening.service.needs.mark_needs": PART,
    "screening.service.needs.put_needs": PART,
    "screening.service.recording.record_answers": PART,
    "screening.service.recording.current_instrument": PART,
    "screening.service.recording.age_asked": READS,
    "screening.service.visits.find_visit": "notes in one statement that somebody is there",
    "screening.service.visits.note_answered": PART,
}
