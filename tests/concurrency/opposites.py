"""Pairs of acts that undo, contradict or cross each other, and what is true afterwards, whoever came first."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from resource_hub.accounts.models import CareTeam
from resource_hub.capacity.models import Hold, Room
from resource_hub.handoff.episodes.models import Episode
from resource_hub.handoff.models import Referral
from resource_hub.inventory.models import (
    CallClaim,
    DuplicatePair,
    EligibilityRule,
    ImportJob,
    ImportMapping,
    ServiceNeed,
    ServiceNeedSuggestion,
)
from resource_hub.people.models import ConsentRecord, PersonFact
from resource_hub.screening.models import NeedRecord, ScreeningDraft
from tests.concurrency.scenes import Scene
from tests.concurrency.scenes_of_stewards import FOOD, RIDES, SHELTER, Directory

Truth = Callable[[Session, Scene, Directory], bool]


@dataclass(frozen=True)
class Pair:
    """Two acts by their names, with what the second is refused after the one and after the other."""

    one: str
    other: str
    after_one: str | None
    after_other: str | None
    truth: Truth


def count(session: Session, *where: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).where(*where)) or 0


def _place_follows_the_answer(session: Session, scene: Scene, _there: Directory) -> bool:
    status = session.get_one(Referral, scene.asked).status
    hold = session.scalars(select(Hold.state).where(Hold.referral_id == scene.asked)).one()
    return (status, hold) in {("accepted", "used"), ("cancelled", "released"), ("rejected", "released")}


def _is_asked_once(session: Session, scene: Scene, _there: Directory) -> bool:
    silent = session.get_one(Referral, scene.silent)
    asked = (Referral.person_id == silent.person_id, Referral.status == "requested")
    return silent.status == "cancelled" and count(session, *asked) <= 1


def _is_accepted_and_shares_no_more(session: Session, scene: Scene, _there: Directory) -> bool:
    handoff = session.get_one(Referral, scene.asked)
    return handoff.status == "accepted" and session.get_one(ConsentRecord, handoff.consent_id).revoked_at is not None


def _has_one_end(session: Session, scene: Scene, _there: Directory) -> bool:
    return session.get_one(Referral, scene.running).status in {"completed", "on-hold"}


def _counts_what_was_asked_after_it_was_said(session: Session, scene: Scene, _there: Directory) -> bool:
    room = session.get_one(Room, scene.story.pantry.service_at_location.id)
    return room.free in {3, 4}


def _is_full(session: Session, scene: Scene, _there: Directory) -> bool:
    return not session.get_one(Room, scene.story.pantry.service_at_location.id).free


def _keeps_its_place(session: Session, scene: Scene, _there: Directory) -> bool:
    return count(session, Hold.referral_id == scene.asked, Hold.state == "used", Hold.counted.is_(True)) == 1


def _last_place_is_given_once(session: Session, scene: Scene, _there: Directory) -> bool:
    return session.get_one(Room, scene.kitchen.service_at_location.id).free == 0


def _is_over(session: Session, scene: Scene, _there: Directory) -> bool:
    return session.get_one(Episode, scene.home).closed_at is not None


def _has_one_open_episode(session: Session, scene: Scene, _there: Directory) -> bool:
    person_id = session.get_one(Episode, scene.over).person_id
    return count(session, Episode.person_id == person_id, Episode.closed_at.is_(None)) == 1


def _is_known_at_most_once(session: Session, scene: Scene, _there: Directory) -> bool:
    return count(session, PersonFact.person_id == scene.newcomer, PersonFact.name == "veteran") <= 1


def _is_wanted_once(session: Session, scene: Scene, _there: Directory) -> bool:
    return count(session, NeedRecord.person_id == scene.newcomer, NeedRecord.code == SHELTER) == 1


def _is_under_way_no_more(session: Session, scene: Scene, _there: Directory) -> bool:
    return count(session, ScreeningDraft.id == scene.draft) == 0


def _needs_follow_the_decision(session: Session, _scene: Scene, there: Directory) -> bool:
    service = there.listing.service.id
    suggested = (ServiceNeedSuggestion.service_id == service, ServiceNeedSuggestion.need.in_((FOOD, RIDES)))
    answered = (ServiceNeed.service_id == service, ServiceNeed.need.in_((FOOD, RIDES)))
    approved = count(session, *suggested, ServiceNeedSuggestion.status == "approved")
    return approved == count(session, *answered) and approved in {0, 2}


def _no_rule_stands_twice(session: Session, _scene: Scene, there: Directory) -> bool:
    facts = session.scalars(select(EligibilityRule.fact).where(EligibilityRule.service_id == there.listing.service.id))
    found = facts.all()
    return len(found) == len(set(found))


def _is_decided_or_gone(session: Session, _scene: Scene, there: Directory) -> bool:
    pair = session.get(DuplicatePair, there.pair)
    return pair is None or pair.status == "different"


def _is_merged(session: Session, _scene: Scene, there: Directory) -> bool:
    return session.get_one(DuplicatePair, there.pair).status == "merged"


def _goes_on_or_ended(session: Session, _scene: Scene, there: Directory) -> bool:
    return session.get_one(ImportJob, there.unwanted).state in {"waiting", "cancelled"}


def _one_steward_has_it(session: Session, _scene: Scene, there: Directory) -> bool:
    return count(session, CallClaim.service_id == there.listing.service.id) == 1


def _is_saved_once(session: Session, _scene: Scene, there: Directory) -> bool:
    return count(session, ImportMapping.market_id == there.market_id, ImportMapping.name == "Ours") == 1


def _one_stands_for_the_team(session: Session, _scene: Scene, there: Directory) -> bool:
    return count(session, CareTeam.market_id == there.market_id) == 1


def _is_edited(session: Session, _scene: Scene, there: Directory) -> bool:
    return session.get_one(type(there.listing.service), there.listing.service.id).description == "Beds"


HANDOFF, EPISODE, INVENTORY = "handoff.service", "handoff.episodes.service", "inventory.service"
MEANWHILE = "changed_meanwhile"
PAIRS = [
    Pair(f"{HANDOFF}.move accepted", f"{HANDOFF}.withdraw", MEANWHILE, MEANWHILE, _place_follows_the_answer),
    Pair(f"{HANDOFF}.move accepted", f"{HANDOFF}.move at capacity", MEANWHILE, MEANWHILE, _place_follows_the_answer),
    Pair(f"{HANDOFF}.withdraw silent", f"{HANDOFF}.next_best.offer_next_best", MEANWHILE, MEANWHILE, _is_asked_once),
    Pair(f"{HANDOFF}.move accepted", "people.consent.revoke", None, None, _is_accepted_and_shares_no_more),
    Pair(f"{HANDOFF}.move completed", f"{HANDOFF}.pausing.pause", MEANWHILE, MEANWHILE, _has_one_end),
    Pair(
        "capacity.service.state_capacity",
        f"{HANDOFF}.refer",
        None,
        None,
        _counts_what_was_asked_after_it_was_said,
    ),
    Pair("capacity.service.state_capacity by link", f"{HANDOFF}.refer", "no_capacity", None, _is_full),
    Pair("capacity.service.expire_holds", f"{HANDOFF}.move accepted", None, None, _keeps_its_place),
    Pair(
        f"{HANDOFF}.refer to the last place",
        f"{HANDOFF}.refer another there",
        "no_capacity",
        None,
        _last_place_is_given_once,
    ),
    Pair(f"{EPISODE}.close_gap", f"{EPISODE}.close_episode", None, "episode_closed", _is_over),
    Pair(f"{EPISODE}.begin_stay", f"{EPISODE}.close_episode", None, "episode_closed", _is_over),
    Pair(
        f"{EPISODE}.reopen_episode",
        f"{EPISODE}.open_episode anew",
        "episode_open",
        "episode_open",
        _has_one_open_episode,
    ),
    Pair("people.service.set_fact again", "people.service.remove_fact", None, None, _is_known_at_most_once),
    Pair(
        "screening.service.recording.record_screening",
        "screening.service.needs.choose_needs",
        None,
        None,
        _is_wanted_once,
    ),
    Pair(
        "screening.service.drafts.discard",
        "screening.service.drafts.finish",
        "not_found",
        "not_found",
        _is_under_way_no_more,
    ),
    Pair(
        f"{INVENTORY}.suggestions.decide_needs approve",
        f"{INVENTORY}.suggestions.decide_needs reject",
        None,
        None,
        _needs_follow_the_decision,
    ),
    Pair(
        f"{INVENTORY}.suggestions.decide_needs approve",
        "matching.suggesting.service.store nothing",
        None,
        None,
        _needs_follow_the_decision,
    ),
    Pair(
        f"{INVENTORY}.rule_suggestions.decide_rules approve",
        f"{INVENTORY}.edit_listing rules",
        "listing_moved_on",
        None,
        _no_rule_stands_twice,
    ),
    Pair(
        f"{INVENTORY}.duplicates.remember",
        f"{INVENTORY}.duplicates.decide",
        "no_such_pair",
        None,
        _is_decided_or_gone,
    ),
    Pair(f"{INVENTORY}.merging.merge services", f"{INVENTORY}.duplicates.decide", "pair_moved_on", None, _is_merged),
    Pair(
        "exchange.importing.jobs.go_on",
        "exchange.importing.jobs.give_up",
        "import_moved_on",
        "import_moved_on",
        _goes_on_or_ended,
    ),
    Pair(
        "exchange.importing.jobs.choose_mapping",
        "exchange.importing.jobs.choose_mapping of another",
        None,
        None,
        _is_saved_once,
    ),
    Pair(
        "exchange.importing.recording.carry_out",
        f"{INVENTORY}.edit_listing field",
        None,
        "import_running",
        _is_edited,
    ),
    Pair(f"{INVENTORY}.calls.take_next", f"{INVENTORY}.calls.take_next by another", None, None, _one_steward_has_it),
    Pair(
        f"{INVENTORY}.care_teams.set_care_team",
        f"{INVENTORY}.care_teams.set_care_team another",
        None,
        None,
        _one_stands_for_the_team,
    ),
]
