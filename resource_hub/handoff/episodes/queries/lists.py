"""Lists of episodes: what is due, all that are open, those of one person."""

from collections.abc import Sequence

from sqlalchemy import select

from resource_hub.accounts.queries import names_of
from resource_hub.accounts.values import SYSTEM
from resource_hub.accounts.work import Work
from resource_hub.handoff.episodes.models import Episode
from resource_hub.handoff.episodes.queries.courses import open_gaps
from resource_hub.handoff.episodes.queries.helping import help_of_open_gaps
from resource_hub.handoff.episodes.queries.scope import clock_of, scoped
from resource_hub.handoff.episodes.values.shown import EpisodeRow
from resource_hub.handoff.episodes.values.words import ASKS_TO_CLOSE, WITHOUT_HELP, Destination, EpisodeStep
from resource_hub.people.models import PersonRecord
from resource_hub.people.queries import get_record, opened


def due_episodes(work: Work, limit: int = 100) -> list[EpisodeRow]:
    """Return the open episodes of the actor's markets with what is due next, longest overdue first."""
    query = scoped(work.actor).where(Episode.due_at.is_not(None), Episode.closed_at.is_(None))
    return as_rows(work, work.session.scalars(query.order_by(Episode.due_at, Episode.id).limit(limit)).all())


def open_episodes(work: Work, limit: int = 200) -> list[EpisodeRow]:
    """Return the open episodes of the actor's markets: their own first, then by what is due."""
    mine = Episode.worker_id != work.actor.user_id
    query = scoped(work.actor).where(Episode.closed_at.is_(None)).order_by(mine, Episode.due_at, Episode.id)
    return as_rows(work, work.session.scalars(query.limit(limit)).all())


def of_person(work: Work, person_id: str) -> list[Episode]:
    """Return the episodes of a person, newest first; refuses with NotFound outside the actor's scope."""
    get_record(work, person_id)
    query = scoped(work.actor).where(Episode.person_id == person_id)
    return list(work.session.scalars(query.order_by(Episode.opened_at.desc(), Episode.id)))


def open_of_person(work: Work, person_id: str) -> list[EpisodeRow]:
    """Return the open episode of a person, if there is one; refuses with NotFound outside the actor's scope."""
    return as_rows(work, [one for one in of_person(work, person_id) if one.closed_at is None])


def as_rows(work: Work, episodes: Sequence[Episode]) -> list[EpisodeRow]:
    """Return records as rows of a list, with names and open gaps."""
    ids = [episode.id for episode in episodes]
    gaps, helped = open_gaps(work, ids), help_of_open_gaps(work, ids)
    people = select(PersonRecord).where(PersonRecord.id.in_({episode.person_id for episode in episodes}))
    by_id = {person.id: person for person in work.session.scalars(people)}
    workers = names_of(work.session, {episode.worker_id for episode in episodes if episode.worker_id})
    return [
        EpisodeRow(
            episode_id=episode.id,
            person_id=episode.person_id,
            person_name=opened(work.vault, by_id[episode.person_id], "sealed_name"),
            market_id=episode.market_id,
            worker=workers.get(episode.worker_id or "", SYSTEM.name),
            planned_on=episode.planned_on,
            discharged_on=episode.discharged_on,
            destination=Destination(episode.destination),
            open_gaps=gaps.get(episode.id, 0),
            gaps_helped=sum(one in ASKS_TO_CLOSE for one in helped[episode.id]),
            gaps_without_help=sum(one in WITHOUT_HELP for one in helped[episode.id]),
            next_step=EpisodeStep(episode.due_step) if episode.due_step else None,
            due_at=episode.due_at,
            overdue=episode.due_at is not None and episode.due_at <= work.now,
            time_zone=clock_of(work, episode.market_id).zone,
        )
        for episode in episodes
    ]
