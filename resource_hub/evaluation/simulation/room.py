"""True room in one run: who is in, who waits, and what the organizations say of it."""

from collections.abc import Callable

import numpy as np

from resource_hub.evaluation.simulation.events import Events
from resource_hub.evaluation.simulation.knowledge import CAPACITY, NO_CAPACITY, WAITLIST, Knowledge
from resource_hub.evaluation.simulation.places import Places
from resource_hub.evaluation.simulation.world import World

_UNKNOWN = float("nan")


class Rooms:
    """The places of all services. `accepted` is called with the time, the wish and the service of who moves up."""

    def __init__(
        self, world: World, events: Events, knowledge: Knowledge, accepted: Callable[[float, int, int], None]
    ) -> None:
        self._stock, self._events, self._knowledge, self._accepted = world.services.stock, events, knowledge, accepted
        self._places = [
            Places(int(total), others) for total, others in zip(self._stock.places, self._stock.others, strict=True)
        ]
        rng = np.random.default_rng(world.seed)
        for service, days in enumerate(self._stock.said_on):
            wrong = rng.random(len(days)) < world.assumed.room.stated_wrong
            for day, mistaken in zip(days, wrong.tolist(), strict=True):
                events.at(day, self._said, service, int(mistaken))

    def free(self, service: int, now: float) -> int:
        """Return how many places are free in truth."""
        self._places[service].advance(now)
        return self._places[service].free

    def take(self, service: int) -> None:
        """Take a free place; the caller has looked that there is one."""
        self._places[service].ours += 1

    def give_back(self, now: float, service: int) -> None:
        """Give a place back; whoever waits first gets it."""
        self._places[service].ours -= 1
        self._look(now, service)

    def wait(self, now: float, wish: int, service: int) -> None:
        """Stand at the end of the line."""
        self._places[service].waiting.append(wish)
        self._look(now, service)

    def leave_line(self, wish: int, service: int) -> bool:
        """Leave the line; False for somebody who has moved up."""
        waiting = self._places[service].waiting
        if wish not in waiting:
            return False
        waiting.remove(wish)
        return True

    def _look(self, now: float, service: int) -> None:
        places = self._places[service]
        places.advance(now)
        while places.waiting and places.free > 0:
            self._accepted(now, places.waiting.popleft(), service)
        if places.waiting and places.leaving:
            self._events.at(places.next_leaving, self._look, service)

    def _said(self, now: float, service: int, mistaken: int) -> None:
        free = self.free(service, now)
        total = int(self._stock.places[service])
        if mistaken:
            free = 0 if free > 0 else total
        if free > 0:
            said = float(free) if self._stock.counted[service] else _UNKNOWN
            self._knowledge.said(service, now, CAPACITY, free=said, waiting_days=_UNKNOWN)
        elif self._stock.waitlist[service]:
            ahead = len(self._places[service].waiting) + 1
            days = float(self._stock.days[service]) * ahead / total
            self._knowledge.said(service, now, WAITLIST, free=0, waiting_days=float(round(days)))
        else:
            self._knowledge.said(service, now, NO_CAPACITY, free=0, waiting_days=_UNKNOWN)
