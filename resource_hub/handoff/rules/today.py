"""What comes first on the referrer's list, and why it is there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from resource_hub.handoff.values.words import OPEN, Status, Urgency

# Late comes before not late, then the more urgent, then what is due first.
URGENCY_ORDER: Mapping[Urgency, int] = {Urgency.URGENT: 0, Urgency.SOON: 1, Urgency.ROUTINE: 2}
SILENT_AFTER = timedelta(days=7)


class Why(StrEnum):
    """Why a handoff is on the list, the most telling reason alone."""

    CONSENT_ENDED = "consent_ended"
    OUT_OF_REACH = "out_of_reach"
    QUESTION = "question"
    CALL_THEM = "call_them"
    OFFER_NEXT = "offer_next"
    NO_ANSWER = "no_answer"
    TURNED_DOWN = "turned_down"
    DID_NOT_WORK = "did_not_work"
    SILENT = "silent"
    LATE = "late"
    NEXT = "next"


@dataclass(frozen=True)
class Known:
    """What decides why a handoff is on the list. `heard_at` is when the organization last said or did anything."""

    status: Status
    overdue: bool
    consent_holds: bool
    heard_at: datetime | None = None
    out_of_reach: bool = False
    asks: bool = False
    unreachable: bool = False
    has_next: bool = False


def why(known: Known, now: datetime) -> Why:
    """Return why a handoff is on the list."""
    if known.status in OPEN and not known.consent_holds:
        return Why.CONSENT_ENDED
    return _by_side(known) or _by_status(known, now)


def why_received(known: Known) -> Why:
    """Return why a handoff is on the list of whoever was asked."""
    if not known.consent_holds:
        return Why.CONSENT_ENDED
    if known.asks:
        return Why.QUESTION
    if known.status is Status.REQUESTED:
        return Why.NO_ANSWER if known.overdue else Why.NEXT
    return Why.LATE if known.overdue else Why.NEXT


def _by_side(known: Known) -> Why | None:
    waits = known.status is Status.REQUESTED
    reasons = (
        (known.out_of_reach and known.status in OPEN, Why.OUT_OF_REACH),
        (known.asks and known.status in OPEN, Why.QUESTION),
        (known.has_next and waits, Why.OFFER_NEXT),
        (known.unreachable and waits, Why.CALL_THEM),
    )
    return next((reason for holds, reason in reasons if holds), None)


def _by_status(known: Known, now: datetime) -> Why:
    if known.status is Status.REJECTED:
        return Why.TURNED_DOWN
    if known.status is Status.FAILED:
        return Why.DID_NOT_WORK
    if known.status is Status.REQUESTED and known.overdue:
        return Why.NO_ANSWER
    if known.status in OPEN and known.heard_at and now - known.heard_at >= SILENT_AFTER:
        return Why.SILENT
    return Why.LATE if known.overdue else Why.NEXT
