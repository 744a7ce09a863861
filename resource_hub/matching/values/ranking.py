"""What comes out: matches with reasons, exclusions with reasons."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Any

from resource_hub.matching.values.baskets import Basket
from resource_hub.matching.values.columns import Condition
from resource_hub.matching.values.listings import Listing
from resource_hub.matching.values.lots import Lot
from resource_hub.matching.values.query import TravelMode


class Truth(IntEnum):
    """Three-valued logic (Kleene): and is the smaller, or is the larger."""

    NO = 0
    UNKNOWN = 1
    YES = 2


class OpenState(StrEnum):
    """Whether a service is open at the time asked."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Reason:
    """A code and what fills its sentence; `phrases` has the words."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Factor:
    """One part of the product, and why it is what it is. `interval` holds the value with a chance of nine in ten."""

    code: str
    value: float
    reasons: tuple[Reason, ...]
    interval: tuple[float, float] | None = None


@dataclass(frozen=True)
class Question:
    """A fact to ask for. `stated` is the unapproved rule that a known fact speaks against: then ask the service."""

    fact: str
    stated: Condition | None = None


@dataclass(frozen=True)
class Travel:
    """The way there. `approximate` says that the place is known by its ZIP Code alone.

    `estimated` minutes come from a straight line, others from a routing server.
    """

    distance_km: float | None
    minutes: int | None
    mode: TravelMode | None
    approximate: bool
    estimated: bool = True


@dataclass(frozen=True)
class RoomShown:
    """What was said about room, and on which day."""

    status: str
    available: int | None
    as_of: date | None
    waiting_days: int | None


@dataclass(frozen=True)
class Opening:
    """Open or not at the time asked; times in the market's zone."""

    state: OpenState
    next_open: datetime | None
    closes: datetime | None


@dataclass(frozen=True)
class Match:
    """One row of the list. `score` is the product of the factors less `price`."""

    listing: Listing
    needs: tuple[str, ...]
    score: float
    factors: tuple[Factor, ...]
    price: float
    travel: Travel
    eligible: bool
    questions: tuple[Question, ...]
    room: RoomShown
    opening: Opening
    verified_on: date | None
    confidential: bool
    lot: Lot = field(default_factory=Lot)

    @property
    def propensity(self) -> float:
        """The chance that the lot puts the row at its place or higher among its equals."""
        return self.lot.propensity


@dataclass(frozen=True)
class Exclusion:
    """A row that answers a need and is not shown. `condition` is the rule that the person does not meet."""

    listing: Listing
    code: str
    condition: Condition | None = None

    @property
    def fact(self) -> str | None:
        """The fact that decided, where one did."""
        return self.condition.fact if self.condition else None


@dataclass(frozen=True)
class Ranking:
    """The answer. `remaining` counts every row that passed, shown or not. `baskets` are there for several needs."""

    policy: str
    market: str
    at: datetime
    zone: str
    language: str | None
    considered: int
    remaining: int
    matches: tuple[Match, ...]
    excluded_counts: Mapping[str, int]
    exclusions: tuple[Exclusion, ...]
    baskets: tuple[Basket, ...] = ()
