"""The discharge, and stays in a facility or hospital after it: what moves the community clock."""

from datetime import date

from sqlalchemy import select

from resource_hub.accounts.work import Work
from resource_hub.handoff.episodes.models import EpisodeStay
from resource_hub.handoff.episodes.rules import acts
from resource_hub.handoff.episodes.service.writing import Taken, refuse, seal, settle, take
from resource_hub.handoff.episodes.values.asked import NewEpisode
from resource_hub.handoff.episodes.values.words import Destination, StayKind


def note_discharge(work: Work, episode_id: str, plan: NewEpisode, discharged_on: date | None = None) -> None:
    """Correct the planned discharge and where it leads, and write down the day on which the person left.

    To a facility, the community clock starts on the return from there. Refuses with NotFound, episode_closed and
    bad_episode.
    """
    with work.session.begin_nested():
        taken = take(work, episode_id)
        faults = acts.faults_of_plan(plan.planned_on, taken.today, plan.place)
        refuse([*faults, *acts.faults_of_discharge(discharged_on, taken.today, taken.course)])
        record, before = taken.record, taken.course.discharged_on
        record.planned_on, record.destination, record.discharged_on = plan.planned_on, plan.destination, discharged_on
        seal(work, record, "sealed_place", plan.place)
        if discharged_on:
            _stay_from_discharge(work, taken, plan, before, discharged_on)
        settle(work, record, "episode.discharge_noted", ("destination", plan.destination))


def begin_stay(work: Work, episode_id: str, kind: StayKind, began_on: date, place: str = "") -> None:
    """Write down that the person went to a facility or hospital. Refuses with NotFound, episode_closed, bad_episode."""
    with work.session.begin_nested():
        taken = take(work, episode_id)
        refuse(acts.faults_of_stay(began_on, taken.today, place, taken.course))
        _add(work, taken, kind, began_on, place)
        settle(work, taken.record, "episode.stay_began", ("kind", kind))


def end_stay(work: Work, episode_id: str, ended_on: date) -> None:
    """Write down the return: the community clock counts from that day. Refuses as `begin_stay` does."""
    with work.session.begin_nested():
        taken = take(work, episode_id)
        refuse(acts.faults_of_return(ended_on, taken.today, taken.course))
        query = select(EpisodeStay).where(EpisodeStay.episode_id == taken.record.id, EpisodeStay.ended_on.is_(None))
        work.session.scalars(query).one().ended_on = ended_on
        settle(work, taken.record, "episode.stay_ended")


def _stay_from_discharge(work: Work, taken: Taken, plan: NewEpisode, before: date | None, discharged_on: date) -> None:
    """Keep the stay that the discharge itself begins in line with where it led and when."""
    query = select(EpisodeStay).where(EpisodeStay.episode_id == taken.record.id, EpisodeStay.began_on == before)
    first = work.session.scalars(query.order_by(EpisodeStay.id)).first() if before else None
    if plan.destination is not Destination.FACILITY:
        if first and first.kind == StayKind.FACILITY:
            work.session.delete(first)
    elif first is None:
        _add(work, taken, StayKind.FACILITY, discharged_on, plan.place)
    else:
        first.began_on = discharged_on
        first.ended_on = max(first.ended_on, discharged_on) if first.ended_on else None
        seal(work, first, "sealed_place", plan.place)


def _add(work: Work, taken: Taken, kind: StayKind, began_on: date, place: str) -> None:
    stay = EpisodeStay(id=work.new_id(), episode_id=taken.record.id, kind=kind, began_on=began_on)
    seal(work, stay, "sealed_place", place)
    work.session.add(stay)
