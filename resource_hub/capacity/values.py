"""What is said about room, and what came of asking for a place."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class CapacityStatus(StrEnum):
    """Whether there is room. Source: HL7 SDOH Clinical Care, value set "Capacity Status"."""

    CAPACITY = "capacity"
    NO_CAPACITY = "no-capacity"
    WAITLIST = "waitlist"
    ASSESSMENT = "additional-assessment-required"


# The statuses in which places are given away one by one; under the others nobody is sent without a word.
GIVES_PLACES = frozenset({CapacityStatus.CAPACITY, CapacityStatus.ASSESSMENT})


class HoldState(StrEnum):
    """What became of a hold."""

    HELD = "held"
    WAITING = "waiting"
    USED = "used"
    RELEASED = "released"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Statement:
    """What somebody says about room. `available` counts places beside the handoffs that the organization already has.

    None means that nobody counts. `waiting_days` belongs to a waiting list. An empty `source` is the role of whoever
    states it.
    """

    status: CapacityStatus
    available: int | None = None
    maximum: int | None = None
    unit: str | None = None
    waiting_days: int | None = None
    source: str = ""


@dataclass(frozen=True)
class Held:
    """A place is kept; `counted` is False where nobody counts the places."""

    hold_id: str
    counted: bool


@dataclass(frozen=True)
class Waitlisted:
    """There is a waiting list; `waiting_days` is None where nobody said how long."""

    hold_id: str
    waiting_days: int | None


@dataclass(frozen=True)
class NoCapacity:
    """There is no place to keep."""


HoldOutcome = Held | Waitlisted | NoCapacity


@dataclass(frozen=True)
class RoomNow:
    """What is free now at a service_at_location; `free` None means that nobody counts. `as_of` is of the statement."""

    status: CapacityStatus
    free: int | None
    maximum: int | None
    waiting_days: int | None
    as_of: datetime | None = field(default=None, compare=False)

    @property
    def is_full(self) -> bool:
        """Tell whether nobody gets a place, not even on a waiting list."""
        return self.free == 0 and self.status is not CapacityStatus.WAITLIST
