"""Episodes as lists and pages show them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from resource_hub.handoff.episodes.values.course import Course, StepStanding
from resource_hub.handoff.episodes.values.words import (
    CloseReason,
    Concern,
    ContactKind,
    ContactResult,
    Destination,
    DoctorState,
    EpisodeStep,
    GapEnd,
    GapHelp,
    GapSource,
    Mode,
    ReopenReason,
    StayKind,
)
from resource_hub.handoff.values.words import Reason, Status


@dataclass(frozen=True)
class EpisodeRow:
    """An episode in a list, with its one next step. Times are UTC; `time_zone` is the market's.

    Of the open gaps `gaps_helped` can be closed, and those `gaps_without_help` need other help, as far as the reader
    may know of their handoffs.
    """

    episode_id: str
    person_id: str
    person_name: str = field(repr=False)
    market_id: str
    worker: str
    planned_on: date
    discharged_on: date | None
    destination: Destination
    open_gaps: int
    gaps_helped: int
    gaps_without_help: int
    next_step: EpisodeStep | None
    due_at: datetime | None
    overdue: bool
    time_zone: str


@dataclass(frozen=True)
class ContactShown:
    """A contact for people to read."""

    id: str
    kind: ContactKind
    mode: Mode
    result: ContactResult
    at: datetime
    who: str
    note: str = field(repr=False)
    undoable: bool = False


@dataclass(frozen=True)
class StayShown:
    """A stay for people to read."""

    kind: StayKind
    began_on: date
    ended_on: date | None
    place: str = field(repr=False)


@dataclass(frozen=True)
class HelpAsked:
    """A handoff that was asked for to close a gap: where it stands, the coded reason for it, and what came of it."""

    referral_id: str
    service: str
    organization: str
    status: Status
    reason: Reason | None
    came: GapHelp


@dataclass(frozen=True)
class GapShown:
    """A gap for people to read, with the handoffs that the reader may know of, newest first."""

    id: str
    source: GapSource
    code: str = field(repr=False)
    what: str = field(repr=False)
    closes: str = field(repr=False)
    opened_at: datetime
    ended_as: GapEnd | None = None
    closed_at: datetime | None = None
    close_note: str = field(default="", repr=False)
    asked: tuple[HelpAsked, ...] = ()
    help: GapHelp = GapHelp.NOBODY_ASKED


@dataclass(frozen=True)
class OpenGap:
    """An open gap, and the episode that it belongs to."""

    id: str
    episode_id: str
    market_id: str
    code: str = field(repr=False)


@dataclass(frozen=True)
class AssessmentShown:
    """An assessment for people to read."""

    at: datetime
    who: str
    answers: Mapping[str, Concern] = field(repr=False)
    note: str = field(repr=False)


@dataclass(frozen=True)
class ReopeningShown:
    """That an episode was opened again, and how it had been closed. Times are UTC."""

    closed_at: datetime
    closed_as: CloseReason
    close_note: str = field(repr=False)
    at: datetime
    who: str
    reason: ReopenReason
    note: str = field(repr=False)


@dataclass(frozen=True)
class EpisodeView:
    """Everything about one episode. Times are UTC."""

    id: str
    person_id: str
    market_id: str
    time_zone: str
    today: date
    worker: str
    course: Course = field(repr=False)
    destination: Destination
    place: str = field(repr=False)
    steps: tuple[StepStanding, ...]
    next_step: StepStanding | None
    overdue: bool
    contacts: tuple[ContactShown, ...] = field(repr=False)
    stays: tuple[StayShown, ...] = field(repr=False)
    gaps: tuple[GapShown, ...] = field(repr=False)
    assessments: tuple[AssessmentShown, ...] = field(repr=False)
    closed_as: CloseReason | None = None
    close_note: str = field(default="", repr=False)
    may_reopen: bool = False
    reopenings: tuple[ReopeningShown, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class SentOne:
    """A handoff of somebody who leaves, and where it stands."""

    referral_id: str
    service: str
    status: Status
    needs: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class Discharge:
    """A line of the discharge board: who leaves, what they need, what is arranged, what is missing.

    `gaps` are the open ones, and `needs` what the person wants help with beside them; `asked` are handoffs that belong
    to no open gap. `gaps_missing` and `needs_missing` are those for which no help is on its way.
    """

    row: EpisodeRow
    gaps: tuple[GapShown, ...] = field(repr=False)
    needs: tuple[str, ...] = field(repr=False)
    asked: tuple[SentOne, ...] = field(repr=False)
    missing: tuple[EpisodeStep, ...]
    gaps_missing: tuple[GapShown, ...] = field(repr=False)
    needs_missing: tuple[str, ...] = field(repr=False)
    doctor: DoctorState = DoctorState.NOT_ASKED
    doctor_at: datetime | None = None
