"""The codes of an episode: phases, steps, contacts, stays, gaps, and how it ends."""

from datetime import timedelta
from enum import StrEnum

LONGEST_NOTE = 2000
LONGEST_PLACE = 200
UNDO_FOR = timedelta(minutes=15)
FAILED_TRIES = 3
# So many days after it was closed, counted on the market's calendar, an episode can be opened again.
REOPEN_DAYS = 30


class Destination(StrEnum):
    """Where the person goes from the hospital."""

    HOME = "home"
    FACILITY = "facility"
    OTHER = "other"


class Phase(StrEnum):
    """The published phases of the Bridge model, in order."""

    BEFORE = "before"
    TWO_DAYS = "two-days"
    FOLLOW_UP = "follow-up"
    THIRTY_DAYS = "thirty-days"


class EpisodeStep(StrEnum):
    """One thing that a phase asks for."""

    RECORD_REVIEW = "record-review"
    BEDSIDE_VISIT = "bedside-visit"
    PLAN = "plan"
    DISCHARGE = "discharge"
    TWO_DAY_CALL = "two-day-call"
    ASSESSMENT = "assessment"
    FOLLOW_UP = "follow-up"
    DOCTOR_VISIT = "doctor-visit"
    WHERE_NOW = "where-now"
    THIRTY_DAY_CALL = "thirty-day-call"
    RESCREEN = "rescreen"
    CLOSE = "close"


class ContactKind(StrEnum):
    """What a contact is for. The first three stand for steps before the discharge."""

    RECORD_REVIEW = "record-review"
    BEDSIDE_VISIT = "bedside-visit"
    PLAN = "plan"
    TWO_DAY_CALL = "two-day-call"
    FOLLOW_UP = "follow-up"
    THIRTY_DAY_CALL = "thirty-day-call"


class Mode(StrEnum):
    """How somebody was reached, or what was read."""

    PHONE = "phone"
    VISIT = "visit"
    MESSAGE = "message"
    VIDEO = "video"
    RECORDS = "records"


class ContactResult(StrEnum):
    """What came of a contact; `reached-other` is a caregiver or other person of trust."""

    DONE = "done"
    REACHED = "reached"
    REACHED_OTHER = "reached-other"
    NO_ANSWER = "no-answer"
    LEFT_MESSAGE = "left-message"
    WRONG_NUMBER = "wrong-number"
    DECLINED = "declined"


REACHED = frozenset({ContactResult.DONE, ContactResult.REACHED, ContactResult.REACHED_OTHER, ContactResult.DECLINED})


class StayKind(StrEnum):
    """Where the person stays after the discharge: a facility, or the hospital again."""

    FACILITY = "facility"
    HOSPITAL = "hospital"


class Concern(StrEnum):
    """The answer for one domain of the assessment."""

    NO_CONCERN = "no-concern"
    CONCERN = "concern"
    NOT_ASKED = "not-asked"


# The domains of the assessment: our own words, no validated instrument.
DOMAINS = (
    "health", "medicines", "care-at-home", "moving-about", "food", "home", "money", "rides", "mood", "memory",
    "support", "caregiver", "plan-understood",
)  # fmt: skip


class DoctorState(StrEnum):
    """Where the visit to the physician after the discharge stands."""

    NOT_ASKED = "not-asked"
    ASKED = "asked"
    MADE = "made"
    KEPT = "kept"
    MISSED = "missed"
    NOT_NEEDED = "not-needed"


class GapSource(StrEnum):
    """What a gap was opened from: a need, a risk that a screening found, the assessment, or by hand."""

    NEED = "need"
    RISK = "risk"
    ASSESSMENT = "assessment"
    HAND = "hand"


class GapEnd(StrEnum):
    """How a gap was closed."""

    HELPED = "helped"
    SOLVED_ALONE = "solved-alone"
    DECLINED = "declined"
    NOTHING_SUITABLE = "nothing-suitable"
    NO_GAP = "no-gap"


class GapHelp(StrEnum):
    """What came of the handoffs that were asked for to close a gap.

    `received` got the service, but nobody said whether it was enough; `not-enough` says that it was not.
    """

    NOBODY_ASKED = "nobody-asked"
    UNDER_WAY = "under-way"
    HELPED = "helped"
    RECEIVED = "received"
    NOT_KNOWN = "not-known"
    NOT_ENOUGH = "not-enough"
    NO_HELP = "no-help"


# These ask the social worker to close the gap, and those to look for other help.
ASKS_TO_CLOSE = frozenset({GapHelp.HELPED, GapHelp.RECEIVED})
WITHOUT_HELP = frozenset({GapHelp.NOT_ENOUGH, GapHelp.NO_HELP})


class CloseReason(StrEnum):
    """Why an episode ended; `completed` needs every gap closed and the 30-day call, `other` a comment."""

    COMPLETED = "completed"
    DECLINED = "declined"
    COULD_NOT_REACH = "could-not-reach"
    LONG_TERM_CARE = "long-term-care"
    MOVED_AWAY = "moved-away"
    DIED = "died"
    OTHER = "other"


class ReopenReason(StrEnum):
    """Why an episode that was closed goes on."""

    BY_MISTAKE = "by-mistake"
    CAME_BACK = "came-back"


class Verdict(StrEnum):
    """How a step stands: done on time or late, missed, due (or not yet), waiting, or not called for."""

    ON_TIME = "on-time"
    LATE = "late"
    MISSED = "missed"
    OPEN = "open"
    OVERDUE = "overdue"
    WAITING = "waiting"
    NOT_CALLED_FOR = "not-called-for"


DONE = frozenset({Verdict.ON_TIME, Verdict.LATE})
TO_DO = frozenset({Verdict.OPEN, Verdict.OVERDUE})
