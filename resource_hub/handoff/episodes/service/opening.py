"""Opening an episode for somebody who will leave the hospital."""

from resource_hub.accounts.work import Work
from resource_hub.core.clock import local_date
from resource_hub.core.db import insert_new
from resource_hub.core.language import marked as _
from resource_hub.handoff.episodes.errors import AlreadyOpen
from resource_hub.handoff.episodes.models import Episode
from resource_hub.handoff.episodes.queries.scope import clock_of
from resource_hub.handoff.episodes.rules import acts
from resource_hub.handoff.episodes.service.gaps import add_gap
from resource_hub.handoff.episodes.service.writing import refuse, seal, settle
from resource_hub.handoff.episodes.values.asked import NewEpisode, NewGap
from resource_hub.handoff.episodes.values.words import DoctorState, GapSource
from resource_hub.people.queries import get_record
from resource_hub.screening import queries as screening
from resource_hub.screening.values import NeedState, WantsHelp


def open_episode(work: Work, person_id: str, new: NewEpisode) -> str:
    """Open an episode around a planned discharge, with a gap for each open need; return its id.

    Refuses with NotFound outside the actor's scope, episode_open, and bad_episode naming each wrong field.
    """
    with work.session.begin_nested():
        person = get_record(work, person_id)
        today = local_date(work.now, clock_of(work, person.market_id).zone)
        refuse(acts.faults_of_plan(new.planned_on, today, new.place))
        row = {
            "id": work.new_id(),
            "market_id": person.market_id,
            "person_id": person.id,
            "worker_id": work.actor.user_id,
            "opened_at": work.now,
            "planned_on": new.planned_on,
            "destination": new.destination,
            "doctor": DoctorState.NOT_ASKED,
        }
        if not insert_new(work.session, Episode, row):
            raise AlreadyOpen(_("This person has an open episode. Look at that one."))
        record = work.session.get_one(Episode, row["id"])
        seal(work, record, "sealed_place", new.place)
        for need in screening.needs_of(work, person.id):
            if need.wants_help is WantsHelp.YES and need.state is NeedState.OPEN:
                add_gap(work, record, NewGap(GapSource.NEED, need.code))
        settle(work, record, "episode.opened")
    return record.id
