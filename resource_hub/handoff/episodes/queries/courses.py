"""Loading what the rules judge: the course of one episode, or of many with a few statements."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from resource_hub.accounts.work import Work
from resource_hub.handoff.episodes.models import Episode, EpisodeAssessment, EpisodeContact, EpisodeGap, EpisodeStay
from resource_hub.handoff.episodes.values.course import Contact, Course, Stay
from resource_hub.handoff.episodes.values.words import ContactKind, ContactResult, DoctorState, StayKind
from resource_hub.screening.models import ScreeningRecord

# SQLite takes only so many values in one statement.
AT_ONCE = 500

T = TypeVar("T", EpisodeStay, EpisodeContact, EpisodeAssessment)


def courses_of(work: Work, episodes: Sequence[Episode]) -> dict[str, Course]:
    """Return the course of each episode by its id."""
    found: dict[str, Course] = {}
    for start in range(0, len(episodes), AT_ONCE):
        found.update(_courses(work, episodes[start : start + AT_ONCE]))
    return found


def _courses(work: Work, episodes: Sequence[Episode]) -> Iterator[tuple[str, Course]]:
    ids = [episode.id for episode in episodes]
    stays = _grouped(work, EpisodeStay, EpisodeStay.began_on, ids)
    contacts = _grouped(work, EpisodeContact, EpisodeContact.at, ids)
    assessed = _grouped(work, EpisodeAssessment, EpisodeAssessment.at, ids)
    screened, gaps = _screened(work, episodes), open_gaps(work, ids)
    for one in episodes:
        yield (
            one.id,
            Course(
                opened_at=one.opened_at,
                planned_on=one.planned_on,
                discharged_on=one.discharged_on,
                stays=tuple(Stay(stay.began_on, stay.ended_on, StayKind(stay.kind)) for stay in stays[one.id]),
                contacts=tuple(_contacts(contacts[one.id])),
                assessed=tuple(row.at for row in assessed[one.id]),
                screened=tuple(at for at in screened[one.person_id] if at >= one.opened_at),
                gaps_open=gaps.get(one.id, 0),
                doctor=DoctorState(one.doctor),
                doctor_at=one.doctor_at,
                closed_at=one.closed_at,
            ),
        )


def _contacts(rows: Iterable[EpisodeContact]) -> Iterator[Contact]:
    for row in rows:
        if row.undone_at is None:
            yield Contact(ContactKind(row.kind), ContactResult(row.result), row.at)


def _grouped(
    work: Work, table: type[T], order: InstrumentedAttribute[object], ids: Sequence[str]
) -> defaultdict[str, list[T]]:
    found: defaultdict[str, list[T]] = defaultdict(list)
    for row in work.session.scalars(select(table).where(table.episode_id.in_(ids)).order_by(order, table.id)):
        found[row.episode_id].append(row)
    return found


def _screened(work: Work, episodes: Sequence[Episode]) -> defaultdict[str, list[datetime]]:
    people = {episode.person_id for episode in episodes}
    query = select(ScreeningRecord.person_id, ScreeningRecord.screened_at).where(ScreeningRecord.person_id.in_(people))
    found: defaultdict[str, list[datetime]] = defaultdict(list)
    for person_id, at in work.session.execute(query.order_by(ScreeningRecord.screened_at)):
        found[person_id].append(at)
    return found


def open_gaps(work: Work, ids: Sequence[str]) -> dict[str, int]:
    """Return how many gaps are open, by the id of the episode; one without any is missing."""
    query = select(EpisodeGap.episode_id, func.count()).where(
        EpisodeGap.episode_id.in_(ids), EpisodeGap.closed_at.is_(None)
    )
    return {row[0]: row[1] for row in work.session.execute(query.group_by(EpisodeGap.episode_id))}
