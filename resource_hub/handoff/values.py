"""The words of a handoff: its statuses, who moves it, for which reasons, and what is due next."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from resource_hub.capacity.values import HoldOutcome, HoldState
from resource_hub.people.values import ConsentTerms, SharedPerson

LONGEST_TEXT = 2000


class Status(StrEnum):
    """Where a handoff stands. Source: FHIR R4 Task.status, as SDOH Clinical Care uses it for referrals."""

    DRAFT = "draft"
    REQUESTED = "requested"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    IN_PROGRESS = "in-progress"
    ON_HOLD = "on-hold"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    FAILED = "failed"
    ENTERED_IN_ERROR = "entered-in-error"


OPEN = frozenset({Status.DRAFT, Status.REQUESTED, Status.ACCEPTED, Status.IN_PROGRESS, Status.ON_HOLD})


class ActorKind(StrEnum):
    """Which side of a handoff somebody stands on; the person themself comes with their code."""

    REFERRER = "referrer"
    RECIPIENT = "recipient"
    PERSON = "person"
    SYSTEM = "system"


class Reason(StrEnum):
    """Why a handoff was turned down, stopped or waits; `other` needs a comment, `no_answer` is the referrer's."""

    AT_CAPACITY = "at_capacity"
    NOT_ELIGIBLE = "not_eligible"
    OUT_OF_AREA = "out_of_area"
    COULD_NOT_CONTACT = "could_not_contact"
    DECLINED_BY_PERSON = "declined_by_person"
    DUPLICATE = "duplicate"
    NO_ANSWER = "no_answer"
    OTHER = "other"


class Urgency(StrEnum):
    """How soon help is needed."""

    ROUTINE = "routine"
    SOON = "soon"
    URGENT = "urgent"


class NextAction(StrEnum):
    """The one thing that somebody does next about a handoff."""

    SEND = "send"
    GET_ANSWER = "get_answer"
    ANSWER = "answer"
    CONFIRM_CONTACT = "confirm_contact"
    CONTACT_PERSON = "contact_person"
    FOLLOW_UP = "follow_up"
    REPORT_PROGRESS = "report_progress"
    ASK_WHAT_IT_WAITS_FOR = "ask_what_it_waits_for"
    RESUME = "resume"
    RECORD_OUTCOME = "record_outcome"
    OFFER_NEXT_BEST = "offer_next_best"
    RENEW_CONSENT = "renew_consent"
    NOTHING = "nothing"


class YesNo(StrEnum):
    """An answer that may stay unknown."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class NeedMet(StrEnum):
    """Whether the need was met."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"


class Experience(StrEnum):
    """How it was for the person."""

    GOOD = "good"
    MIXED = "mixed"
    BAD = "bad"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Listed:
    """Where a service stood in the list it was chosen from: its place among `listed` rows, and how many were better.

    `seed` draws the list's lots again; `propensity` is the chance that they put it there or higher among its equals.
    """

    policy: str
    seed: int
    position: int
    listed: int
    score: float
    price: float
    propensity: float
    above: int = 0


@dataclass(frozen=True)
class Request:
    """What is asked of a service, `listed` if from a list. Without room refused unless `despite_no_capacity`.

    `override` is why against the list. `asked_as` is the side that asks: a referrer for the person, or the person.
    """

    person_id: str
    service_at_location_id: str
    needs: tuple[str, ...] = field(repr=False)
    consent: ConsentTerms
    urgency: Urgency = Urgency.ROUTINE
    note: str = field(default="", repr=False)
    policy: str | None = None
    despite_no_capacity: bool = False
    listed: Listed | None = None
    override: str | None = None
    asked_as: ActorKind = ActorKind.REFERRER


@dataclass(frozen=True)
class Referred:
    """A handoff that was asked for, and what came of asking for a place."""

    referral_id: str
    hold: HoldOutcome


@dataclass(frozen=True)
class Step:
    """What somebody wants to do to a handoff. `fact` is the one that the person does not meet, None where not known."""

    target: Status
    reason: Reason | None = None
    comment: str = field(default="", repr=False)
    fact: str | None = None


@dataclass(frozen=True)
class Transition:
    """A step that one side may take; `needs_reason` says whether a coded reason belongs to it."""

    source: Status
    target: Status
    actor: ActorKind
    needs_reason: bool


@dataclass(frozen=True)
class NotPossible:
    """A step that is refused, with the rule that refuses it (a stable code) and how to go on."""

    rule: str
    text: str


@dataclass(frozen=True)
class Standing:
    """What decides what is due: where a handoff stands, since when, how urgent it is, whether its outcome is known."""

    status: Status
    since: datetime
    urgency: Urgency = Urgency.ROUTINE
    outcome_known: bool = False


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
