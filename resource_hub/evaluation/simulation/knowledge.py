"""What the program has heard in one run: statements about room, places that it holds, how requests were answered."""

from dataclasses import dataclass

import numpy as np

from resource_hub.evaluation.simulation.listed import minutes
from resource_hub.evaluation.simulation.world import World
from resource_hub.matching.rules.acceptance import faded
from resource_hub.matching.values.columns import ROOM_STATUSES, Bools, Floats, Rooms

CAPACITY, NO_CAPACITY, WAITLIST = (ROOM_STATUSES.index(code) for code in ("capacity", "no-capacity", "waitlist"))


@dataclass
class Answers:
    """How often each service answered a request for one kind of need, and how often with yes; older ones count less.

    `as_of` is when the last answer came, in minutes since the epoch; `count` counts what was added.
    """

    answered: Floats
    accepted: Floats
    as_of: Floats
    count: int = 0

    def add(self, service: int, at: float, half_life_days: float, *, accepted: bool) -> None:
        """Count one more answer."""
        self.count += 1
        for sums, more in ((self.answered, 1.0), (self.accepted, float(accepted))):
            before = sums[service : service + 1]
            sums[service] = faded(before, self.as_of[service : service + 1], at, half_life_days)[0] + more
        self.as_of[service] = at


@dataclass
class Worked:
    """A factor of every row as it was last worked out, and for what."""

    key: tuple[float, int]
    values: Floats


class Knowledge:
    """`rooms` as the program keeps them; `answers` for each kind of need; prices of the places of each service.

    `open` is how many requests each service has not answered yet for which no counted place is kept.
    """

    def __init__(self, world: World, half_life_days: float) -> None:
        count = len(world.services)
        self.rooms = Rooms(np.zeros(count, dtype=np.int64), *(np.full(count, np.nan) for _ in range(3)))
        self.answers = [Answers(np.zeros(count), np.zeros(count), np.zeros(count)) for _ in world.needs]
        self.price = np.zeros(count)
        self.open = np.zeros(count)
        self._uncounted: set[tuple[int, int]] = set()
        # How many statements changed how long people wait.
        self.waits_changed = 0
        self.worked: dict[str, Worked] = {}
        self._half_life = half_life_days

    def said(self, service: int, day: float, status: int, *, free: float, waiting_days: float) -> None:
        """Take a statement about room; NaN where no number was said."""
        self.waits_changed += not (np.isnan(waiting_days) and np.isnan(self.rooms.waiting_days[service]))
        self.rooms.status[service] = status
        self.rooms.free[service] = free
        self.rooms.waiting_days[service] = waiting_days
        self.rooms.as_of[service] = minutes(day)

    def hold(self, service: int, wish: int) -> None:
        """Keep a place for a request, where places are counted and one is left; where nobody counts, it is open."""
        if self.rooms.free[service] > 0:
            self.rooms.free[service] -= 1
        elif np.isnan(self.rooms.free[service]):
            self._uncounted.add((service, wish))
            self.open[service] += 1

    def over(self, service: int, wish: int) -> None:
        """Close a request that was answered, or whose time is over."""
        if (service, wish) in self._uncounted:
            self._uncounted.remove((service, wish))
            self.open[service] -= 1

    def release(self, service: int) -> None:
        """Give a place back that a request did not use."""
        if self.rooms.status[service] == CAPACITY:
            self.rooms.free[service] += 1

    def learn(self, service: int, need: int, day: float, *, accepted: bool) -> None:
        """Count an answer to a request."""
        self.answers[need].add(service, minutes(day), self._half_life, accepted=accepted)

    @property
    def full(self) -> Bools:
        """Return the services that are said to have no place."""
        full: Bools = np.isin(self.rooms.status, (NO_CAPACITY, WAITLIST)) | (self.rooms.free <= 0)
        return full
