"""The best rows of an index, exactly, without scoring the rest.

A first window around the origin, with what comes from afar, tells how good the list is at least. Travel only wears
worth down, so that beyond some distance no row can be as good: everything within that distance is then looked at, and
of that only what could still be good enough is scored in full.
"""

from dataclasses import replace

import numpy as np

from resource_hub.matching.index.candidates import WIDER, Candidates, Finder
from resource_hub.matching.index.moments import Moments
from resource_hub.matching.index.scoring import NOTHING, Known, WordSource
from resource_hub.matching.index.table import NEED_CODES, Index
from resource_hub.matching.index.verdicts import Judge
from resource_hub.matching.rules.lots import order
from resource_hub.matching.values.columns import Floats, Ints
from resource_hub.matching.values.policy import Policy
from resource_hub.matching.values.query import Query

# Coordinates and ages of listings are kept a little less exactly than they are known.
TOLERANCE = 1e-5
# So many rows of a first window for each one that is wanted.
_WINDOW = 8


class Searcher:
    """An index with what has been worked out about it."""

    def __init__(self, index: Index, rooms: WordSource) -> None:
        """Take an index and who knows its room."""
        self.index, self.rooms = index, rooms
        self._moments, self._judge = Moments(index, rooms), Judge(index)

    def warm(self, query: Query, policy: Policy) -> None:
        """Work out what all queries for any one need at the time of this one share."""
        for need in NEED_CODES:
            self._moments.get(replace(query, needs=(need,)), policy)

    def best(self, query: Query, policy: Policy) -> tuple[Ints, Floats]:
        """Return the best `limit` rows and their scores, best first, equals by lot.

        They are right to `TOLERANCE` and the minute.
        """
        found = self.shortlist(query, policy)
        first = order(found.scores, self.index.columns.keys[found.rows], query.seed)[: query.limit]
        return found.rows[first], found.scores[first]

    def shortlist(self, query: Query, policy: Policy, *, margin: float = 0.0, known: Known = NOTHING) -> Candidates:
        """Return every row that may be among the best `limit`, or within a share `margin` of the last of these."""
        finder = self.finder(query, policy, known)
        slack = TOLERANCE + 2 * finder.moment.wear
        window = finder.first_window(query.limit * _WINDOW)
        near = finder.near(window, -np.inf)
        far = finder.far(_bound(near.scores, query.limit, margin, slack))
        while True:
            found = near.and_also(far)
            least = _bound(found.scores, query.limit, margin, slack)
            reach = min(finder.reach(least), finder.all_km)
            if reach <= window.km:
                return found.at_least(least)
            window = finder.window(min(reach, WIDER * window.km))
            near = finder.near(window, least)

    def finder(self, query: Query, policy: Policy, known: Known = NOTHING) -> Finder:
        """Return who finds rows for a query."""
        verdicts, moment = self._judge.verdicts(query, policy), self._moments.get(query, policy)
        return Finder(self.index, query, policy, moment, verdicts, self.rooms, known)


def _bound(scores: Floats, limit: int, margin: float, slack: float) -> float:
    """Return what a row must score to matter: as the last of the best `limit`, less what may be as good."""
    if len(scores) < limit:
        return -np.inf
    last = float(np.partition(scores, len(scores) - limit)[len(scores) - limit])
    return last - margin * abs(last) - slack
