"""True room: places that everybody else fills and leaves, our people among them, and lists of those who wait."""

import heapq
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from resource_hub.evaluation.simulation.assumptions import RoomAssumed, Size
from resource_hub.matching.values.columns import Bools, Floats, Ints

_PLACES_SCARCE, _PLACES_AMPLE = (1, 5), (2, 9)
# Between services, from so much less to so much more than the mean.
_LESS, _MORE = 0.6, 1.4


@dataclass(frozen=True)
class Stock:
    """How many places each service has, how long a place is used, who else comes when, and when it says so.

    `others` has for each service pairs of (day, days of use), `said_on` the days of its statements about room.
    """

    places: Ints
    days: Floats
    others: tuple[tuple[tuple[float, float], ...], ...]
    waitlist: Bools
    counted: Bools
    said_on: tuple[tuple[float, ...], ...]


def make_stock(room: RoomAssumed, scarce: Bools, size: Size, rng: np.random.Generator) -> Stock:
    """Make up places, everybody else's demand, and the days of statements; services that say nothing have none."""
    count, begin, end = len(scarce), -float(size.before_days), float(size.days)
    places = np.where(scarce, rng.integers(*_PLACES_SCARCE, count), rng.integers(*_PLACES_AMPLE, count))
    days = np.where(scarce, room.days_scarce, room.days_ample) * rng.uniform(_LESS, _MORE, count)
    load = np.where(scarce, room.load_scarce, room.load_ample) * rng.uniform(_LESS, _MORE, count)
    says = rng.random(count) < room.states
    return Stock(
        places=places,
        days=days,
        others=tuple(
            tuple(
                (when, float(rng.exponential(length))) for when in _moments(length / (part * number), begin, end, rng)
            )
            for part, number, length in zip(load, places, days, strict=True)
        ),
        waitlist=rng.random(count) < room.waitlists,
        counted=rng.random(count) < room.counted,
        said_on=tuple(_moments(room.stated_days, begin, end, rng) if one else () for one in says),
    )


@dataclass
class Places:
    """The places of one service as time goes on. Whoever waits comes before everybody else."""

    total: int
    others: Sequence[tuple[float, float]]
    leaving: list[float] = field(default_factory=list)
    waiting: deque[int] = field(default_factory=deque)
    ours: int = 0
    _next: int = 0

    def advance(self, now: float) -> None:
        """Let everybody else come and go up to now; with people waiting, call this at each `next_leaving`."""
        while self._next < len(self.others) and self.others[self._next][0] <= now:
            when, days = self.others[self._next]
            self._next += 1
            self._leave(when)
            if self.free > len(self.waiting):
                heapq.heappush(self.leaving, when + days)
        self._leave(now)

    @property
    def free(self) -> int:
        """How many places are free, as of the last `advance`."""
        return self.total - self.ours - len(self.leaving)

    @property
    def next_leaving(self) -> float:
        """When the next of everybody else leaves; infinity when none is there."""
        return self.leaving[0] if self.leaving else float("inf")

    def _leave(self, now: float) -> None:
        while self.leaving and self.leaving[0] <= now:
            heapq.heappop(self.leaving)


def _moments(mean_gap: float, begin: float, end: float, rng: np.random.Generator) -> tuple[float, ...]:
    """Return the moments of a Poisson process."""
    return tuple(np.sort(rng.uniform(begin, end, rng.poisson((end - begin) / mean_gap))).tolist())
