"""The scores of a few rows of an index, by the same rules as everywhere."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from resource_hub.matching.index.candidates import Candidates, Finder
from resource_hub.matching.rules.assess import days_ahead, minutes_since_epoch
from resource_hub.matching.rules.capacity import accept
from resource_hub.matching.rules.formula import charged
from resource_hub.matching.rules.timeliness import timeliness
from resource_hub.matching.values.columns import Floats, Ints, Rooms
from resource_hub.matching.values.ranking import Truth


class RoomSource(Protocol):
    """Whoever knows what room there is now, by the rows of an index."""

    def take(self, rows: Ints) -> Rooms:
        """Return the room of the chosen rows."""
        ...


@dataclass(frozen=True)
class Known:
    """What is known of every row by itself beside the index.

    `prior` is the chance of a yes before room counts, the policy's where None; `requests` are those open, `price` is
    what using a place costs others, zero where None.
    """

    prior: Floats | None = None
    requests: Floats | None = None
    price: Floats | None = None


class Scorer:
    """Scores rows for one query."""

    def __init__(self, finder: Finder, rooms: RoomSource, known: Known) -> None:
        """Take who finds the rows, who knows their room, and what is known of each row by itself."""
        self._of, self._policy = finder.index.columns.of, finder.policy
        self._day, self._verdicts = finder.day, finder.verdicts
        self._rooms, self._known = rooms, known
        query = finder.query
        self._at, self._days_ahead = minutes_since_epoch(query.at), days_ahead(query)
        self._at_home = query.home is not None

    def scores(self, candidates: Candidates) -> Floats:
        """Return the score of each candidate."""
        rows, of, verdicts = candidates.rows, self._of, self._verdicts
        rooms = self._rooms.take(rows)
        opens = self._day.frame.at(self._at, of.hours[rows])
        policy, known = self._policy, self._known
        prior = np.full(len(rows), policy.accept.prior) if known.prior is None else known.prior[rows]
        requests = None if known.requests is None else known.requests[rows]
        scores = (
            candidates.worth
            * verdicts.terms[of.terms[rows]]
            * accept(rooms, self._chance(rows), self._at, policy.accept, prior, requests)
            * timeliness(
                opens, rooms.waiting_days, self._at, self._day.believed[rows], policy.timeliness, self._days_ahead
            )
        )
        if known.price is None:
            return scores
        return scores - charged(scores, known.price[rows], policy.price.most)

    def _chance(self, rows: Ints) -> Floats:
        profiles, verdicts = self._of.eligibility[rows], self._verdicts
        if self._at_home:
            return verdicts.chance[profiles]
        served = verdicts.served[self._of.areas[rows]] == Truth.YES
        return np.where(served, verdicts.chance[profiles], verdicts.chance_if_served[profiles])
