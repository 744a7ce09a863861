"""The scores of a few rows of an index, by the same rules as everywhere."""

from typing import Protocol

import numpy as np

from resource_hub.matching.index.candidates import Candidates
from resource_hub.matching.index.days import Day
from resource_hub.matching.index.table import Index
from resource_hub.matching.index.verdicts import Verdicts
from resource_hub.matching.rules.assess import days_ahead, minutes_since_epoch
from resource_hub.matching.rules.capacity import accept
from resource_hub.matching.rules.timeliness import timeliness
from resource_hub.matching.values.columns import Floats, Ints, Rooms
from resource_hub.matching.values.policy import Policy
from resource_hub.matching.values.query import Query
from resource_hub.matching.values.ranking import Truth


class RoomSource(Protocol):
    """Whoever knows what room there is now, by the rows of an index."""

    def take(self, rows: Ints) -> Rooms:
        """Return the room of the chosen rows."""
        ...


class Scorer:
    """Scores rows for one query."""

    def __init__(
        self,
        index: Index,
        query: Query,
        policy: Policy,
        day: Day,
        verdicts: Verdicts,
        rooms: RoomSource,
        price: Floats | None,
    ) -> None:
        """Take an index, a query, and what has been worked out for it."""
        self._of, self._policy, self._day, self._verdicts = index.columns.of, policy, day, verdicts
        self._rooms, self._price = rooms, price
        self._at, self._days_ahead = minutes_since_epoch(query.at), days_ahead(query)
        self._at_home = query.home is not None

    def scores(self, candidates: Candidates) -> Floats:
        """Return the score of each candidate."""
        rows, of, verdicts = candidates.rows, self._of, self._verdicts
        rooms = self._rooms.take(rows)
        opens = self._day.frame.at(self._at, of.hours[rows])
        policy = self._policy
        scores = (
            candidates.worth
            * verdicts.terms[of.terms[rows]]
            * accept(rooms, self._chance(rows), self._at, policy.accept, np.full(len(rows), policy.accept.prior))
            * timeliness(
                opens, rooms.waiting_days, self._at, self._day.believed[rows], policy.timeliness, self._days_ahead
            )
        )
        return scores if self._price is None else scores - self._price[rows]

    def _chance(self, rows: Ints) -> Floats:
        profiles, verdicts = self._of.eligibility[rows], self._verdicts
        if self._at_home:
            return verdicts.chance[profiles]
        served = verdicts.served[self._of.areas[rows]] == Truth.YES
        return np.where(served, verdicts.chance[profiles], verdicts.chance_if_served[profiles])
