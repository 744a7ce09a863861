"""The codes of a handoff: where it stands, who acts, why, what is next, and what came of it."""

from enum import StrEnum


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
