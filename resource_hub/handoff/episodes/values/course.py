"""An episode as the rules see it, and what they make of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from resource_hub.core.workdays import IsBusinessDay
from resource_hub.handoff.episodes.values.words import (
    ContactKind,
    ContactResult,
    DoctorState,
    EpisodeStep,
    Phase,
    StayKind,
    Verdict,
)


@dataclass(frozen=True)
class Clockwork:
    """A market's clock (IANA name) and business days."""

    zone: str
    is_business_day: IsBusinessDay


@dataclass(frozen=True)
class Stay:
    """A time away from home after the discharge; `ended_on` is the day of return, None while it lasts."""

    began_on: date
    ended_on: date | None = None
    kind: StayKind = StayKind.FACILITY


@dataclass(frozen=True)
class Contact:
    """A contact as the rules see it."""

    kind: ContactKind
    result: ContactResult
    at: datetime


@dataclass(frozen=True)
class Course:
    """All that decides where an episode stands. Dates are the market's, times are instants.

    `assessed` and `screened` are the instants of assessments and screenings, oldest first as `contacts` are.
    """

    opened_at: datetime
    planned_on: date
    discharged_on: date | None = None
    stays: tuple[Stay, ...] = ()
    contacts: tuple[Contact, ...] = ()
    assessed: tuple[datetime, ...] = ()
    screened: tuple[datetime, ...] = ()
    gaps_open: int = 0
    doctor: DoctorState = DoctorState.NOT_ASKED
    doctor_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True)
class Period:
    """A time in the community: from a return (or the discharge) to the next stay."""

    began_on: date
    ended_on: date | None


@dataclass(frozen=True)
class StepStanding:
    """Where one step stands: when it is or was due, when it was done, how often it was tried in vain. Times are UTC."""

    step: EpisodeStep
    phase: Phase
    verdict: Verdict
    due_at: datetime | None = None
    done_at: datetime | None = None
    tries: int = 0


@dataclass(frozen=True)
class Tally:
    """How often one step was on time, late, missed, or not decided yet."""

    step: EpisodeStep
    on_time: int
    late: int
    missed: int
    undecided: int

    @property
    def decided(self) -> int:
        """How many could have been on time."""
        return self.on_time + self.late + self.missed


@dataclass(frozen=True)
class Fidelity:
    """What was done in a set of episodes, by step.

    `contacts_by_week` counts contacts before the discharge, then by the weeks after it. `contact_days` are the days
    with a contact, summed over the episodes.
    """

    episodes: int
    closed: int
    clock_moved: int
    tallies: tuple[Tally, ...]
    contacts: int
    reached: int
    contact_days: int
    contacts_by_week: tuple[int, ...]
    doctor: Mapping[DoctorState, int]
    gaps_opened: int
    gaps_closed: int
