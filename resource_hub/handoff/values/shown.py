"""What lists and pages show of handoffs."""

from dataclasses import dataclass, field
from datetime import datetime

from resource_hub.capacity.values import HoldState
from resource_hub.handoff.values.course import Transition
from resource_hub.handoff.values.words import ActorKind, Experience, NeedMet, NextAction, Reason, Status, Urgency, YesNo
from resource_hub.people.values import SharedPerson


@dataclass(frozen=True)
class WorklistRow:
    """A handoff that needs something from the referrer. Times are UTC; `time_zone` is the market's."""

    referral_id: str
    person_id: str
    person_name: str = field(repr=False)
    service: str
    organization: str
    status: Status
    urgency: Urgency
    requested_at: datetime
    due_at: datetime | None
    overdue: bool
    time_zone: str
    next_action: NextAction
    why: str


@dataclass(frozen=True)
class PersonHandoff:
    """A handoff as the person's line of time shows it: asked for when, and where it stands since when (UTC)."""

    referral_id: str
    service: str
    organization: str
    status: Status
    since: datetime
    requested_at: datetime


@dataclass(frozen=True)
class InboxRow:
    """A handoff as the organization's list shows it. Times are UTC.

    `person_name` and `needs` are None where no consent covers them now.
    """

    referral_id: str
    person_name: str | None = field(repr=False)
    needs: tuple[str, ...] | None = field(repr=False)
    service: str
    status: Status
    urgency: Urgency
    requested_at: datetime
    due_at: datetime | None
    overdue: bool
    time_zone: str
    next_action: NextAction
    consent_holds: bool
    why: str = "next"
    restricted: bool = False


@dataclass(frozen=True)
class HistoryStep:
    """One step of a handoff; `who` is a user's name, `at` is UTC."""

    position: int
    status: Status
    at: datetime
    who: str
    set_as: str
    reason: Reason | None
    comment: str = field(repr=False)
    fact: str | None = None


@dataclass(frozen=True)
class OutcomeShown:
    """One report of what came of a handoff; `reported_as` is the side that made it, `at` is UTC."""

    contacted: YesNo
    received: YesNo
    need_met: NeedMet
    experience: Experience
    reported_as: str
    who: str
    at: datetime


@dataclass(frozen=True)
class HandoffView:
    """Everything that one side sees of a handoff. Times are UTC. `requested_by` is empty where the person asked alone.

    `needs`, `note` and `packet` are empty where no consent lets the organization see them now. `on_behalf_steps` are
    those that the referrer may write down for the organization.
    """

    referral_id: str
    viewer: ActorKind
    person_id: str | None
    service_at_location_id: str
    service: str
    organization_id: str
    organization: str
    requested_by: str
    requested_at: datetime
    status: Status
    position: int
    urgency: Urgency
    due_at: datetime | None
    overdue: bool
    time_zone: str
    next_action: NextAction
    needs: tuple[str, ...] = field(repr=False)
    note: str = field(repr=False)
    hold_state: HoldState | None
    consent_id: str
    consent_holds: bool
    consent_expires_at: datetime
    shared_fields: tuple[str, ...]
    history: tuple[HistoryStep, ...]
    outcomes: tuple[OutcomeShown, ...]
    steps: tuple[Transition, ...]
    on_behalf_steps: tuple[Transition, ...]
    packet: SharedPerson | None = field(default=None, repr=False)
    restricted: bool = False
    appointment_at: datetime | None = None
