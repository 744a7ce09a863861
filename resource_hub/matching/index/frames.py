"""Which hours profiles are open, and until when that stays so; each is looked up again only when it changes."""

from threading import Lock

import numpy as np

from resource_hub.matching.rules.hours import Openings, openings
from resource_hub.matching.values.columns import Floats, Hours, Ints


class Frame:
    """The hours profiles on one local day. What is known of a profile holds from `since` to before `until`."""

    def __init__(self, hours: Hours, zone: str, today: int) -> None:
        """Begin with nothing known."""
        self._hours, self._zone, self._today = hours, zone, today
        profiles = len(hours.stated)
        self._since, self._until = np.full(profiles, np.inf), np.full(profiles, -np.inf)
        self._open = np.zeros(profiles, dtype=np.bool_)
        self._next = np.full(profiles, np.nan)
        self._lock = Lock()
        self._complete = hours.stated & ~hours.uncertain

    def at(self, moment: float, profiles: Ints) -> Openings:
        """Return the openings of the profiles at an instant of the day; closing times are not among them."""
        with self._lock:
            changed = (self._until[profiles] <= moment) | (self._since[profiles] > moment)
            if changed.any():
                self._look(moment, np.unique(profiles[changed]))
            is_open, next_open = self._open[profiles], self._next[profiles]
        complete = self._complete[profiles]
        return Openings(is_open, np.full(len(profiles), np.nan), next_open, is_open | complete, complete)

    def look_at_all(self, moment: float) -> None:
        """Look every profile up at once."""
        with self._lock:
            self._look(moment, np.arange(len(self._until)))

    def _look(self, moment: float, profiles: Ints) -> None:
        hours = self._hours.take(profiles)
        found = openings(hours, self._zone, moment, self._today, np.ones(len(profiles), dtype=np.bool_))
        self._open[profiles], self._next[profiles] = found.open, found.next_open
        # While it is open nothing changes before it closes, while it is closed nothing before it opens.
        self._until[profiles] = _or_never(np.where(found.open, found.closes, found.next_open))
        self._since[profiles] = moment


def _or_never(moments: Floats) -> Floats:
    return np.where(np.isnan(moments), np.inf, moments)
