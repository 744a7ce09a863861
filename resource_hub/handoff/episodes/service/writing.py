"""What every use case of an episode does: take the record, seal texts, say what is due next, write down who did it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from resource_hub.accounts import audit
from resource_hub.accounts.values import AuditEntry
from resource_hub.accounts.work import Work
from resource_hub.core.clock import local_date
from resource_hub.core.db import Base
from resource_hub.core.errors import Fault
from resource_hub.core.language import marked as _
from resource_hub.handoff.episodes.errors import BadEpisode, EpisodeClosed
from resource_hub.handoff.episodes.models import Episode, place
from resource_hub.handoff.episodes.queries.courses import courses_of
from resource_hub.handoff.episodes.queries.scope import clock_of, get_record
from resource_hub.handoff.episodes.rules import steps
from resource_hub.handoff.episodes.values.course import Clockwork, Course


@dataclass(frozen=True)
class Taken:
    """An open episode that the actor may write to, with what the rules judge."""

    record: Episode
    course: Course
    clock: Clockwork
    today: date


def take(work: Work, episode_id: str) -> Taken:
    """Return an open episode, kept from others until the end of the work; refuses with NotFound and episode_closed."""
    record = get_record(work, episode_id, for_update=True)
    if record.closed_at is not None:
        raise EpisodeClosed(_("This episode is over. Open it again, or open a new one for a new discharge."))
    clock = clock_of(work, record.market_id)
    return Taken(record, courses_of(work, [record])[record.id], clock, local_date(work.now, clock.zone))


def refuse(faults: Sequence[Fault]) -> None:
    """Refuse with bad_episode where something is wrong."""
    if faults:
        raise BadEpisode(" ".join(fault.text for fault in faults), faults=tuple(faults))


def seal(work: Work, record: Base, column: str, text: str) -> None:
    """Seal a text into a column of a record; an empty one is nothing."""
    kept = text.strip()
    setattr(record, column, work.vault.seal(kept, place(record, column)) if kept else None)


def settle(work: Work, record: Episode, action: str, *detail: tuple[str, str]) -> None:
    """Say what is due next about an episode, and write the audit row; call it last."""
    work.session.flush()
    course, clock = courses_of(work, [record])[record.id], clock_of(work, record.market_id)
    upcoming = None if record.closed_at else steps.next_step(steps.standings(course, clock, work.now))
    record.due_at, record.due_step = (upcoming.due_at, upcoming.step) if upcoming else (None, None)
    work.session.flush()
    audit.record(work, AuditEntry(action, "episode", record.id, detail), market_id=record.market_id)
