"""What is asked of a handoff: to be made, and to be moved."""

from dataclasses import dataclass, field

from resource_hub.capacity.values import HoldOutcome
from resource_hub.handoff.values.words import ActorKind, Reason, Status, Urgency
from resource_hub.people.values import ConsentTerms

LONGEST_TEXT = 2000


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
