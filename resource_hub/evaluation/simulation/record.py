"""What happened in one run."""

from dataclasses import dataclass, field

import numpy as np

from resource_hub.matching.values.columns import Floats, Ints


@dataclass
class Attempt:
    """One request for a wish to a service: when, with which predicted chance (NaN: none), and when help came."""

    wish: int
    service: int
    day: float
    predicted: float
    full: bool
    accepted: bool = False
    helped_on: float = float("nan")


@dataclass
class Record:
    """For each wish: days until first contact and until help (NaN: never), trips for nothing; and every attempt."""

    contact_after: Floats
    helped_after: Floats
    wasted: Ints
    attempts: list[Attempt] = field(default_factory=list)

    @classmethod
    def empty(cls, wishes: int) -> "Record":
        """Return the record of a run that has not begun."""
        return cls(np.full(wishes, np.nan), np.full(wishes, np.nan), np.zeros(wishes, dtype=np.int64))

    def last_attempt(self, wish: int) -> Attempt:
        """Return the latest attempt for a wish."""
        return next(attempt for attempt in reversed(self.attempts) if attempt.wish == wish)
