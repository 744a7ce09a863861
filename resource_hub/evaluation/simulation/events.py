"""Events in the order of time; those of one moment in the order in which they were put in."""

import heapq
from collections.abc import Callable
from itertools import count
from typing import Any


class Events:
    """What is still to come. Times are days."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Callable[..., None], tuple[Any, ...]]] = []
        self._order = count()

    def at(self, when: float, happens: Callable[..., None], *with_what: int) -> None:
        """Let something happen: it is called with the time, and with what is given here."""
        heapq.heappush(self._heap, (when, next(self._order), happens, with_what))

    def run(self, until: float) -> None:
        """Let everything happen that is due, and what comes of it."""
        while self._heap and self._heap[0][0] < until:
            when, _order, happens, with_what = heapq.heappop(self._heap)
            happens(when, *with_what)
