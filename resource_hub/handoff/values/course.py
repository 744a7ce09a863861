"""The steps of a handoff and where it stands, as the rules judge them."""

from dataclasses import dataclass
from datetime import datetime

from resource_hub.handoff.values.words import ActorKind, Status, Urgency


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
