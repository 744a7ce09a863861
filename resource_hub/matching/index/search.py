"""The best rows of an index, exactly, without scoring the rest.

A first window around the origin, with what comes from afar, tells how good the list is at least. Travel only wears
worth down, so that beyond some distance no row can be as good: everything within that distance is then looked at, and
of that only what could still be good enough is scored in full.
"""

from dataclasses import dataclass

import numpy as np

from resource_hub.matching.index.candidates import Finder
from resource_hub.matching.index.days import Day, Days
from resource_hub.matching.index.scoring import Known, RoomSource, Scorer
from resource_hub.matching.index.table import Index
from resource_hub.matching.index.verdicts import Judge
from resource_hub.matching.rules.assess import local_day, minutes_since_epoch
from resource_hub.matching.rules.capacity import ceiling
from resource_hub.matching.rules.lots import order
from resource_hub.matching.values.columns import Floats, Ints
from resource_hub.matching.values.policy import Policy
from resource_hub.matching.values.query import Query

# Coordinates and ages of listings are kept a little less exactly than they are known.
TOLERANCE = 1e-5
# So many rows of a first window, and of those so many that look best, for each one that is wanted.
_WINDOW, _TRIED = 8, 16
_NONE = np.zeros(0, dtype=np.int64)
_NOTHING = Known()


@dataclass(frozen=True)
class Shortlist:
    """Rows of the index with their scores, in no order: every row that may be among the best."""

    rows: Ints
    scores: Floats


class Searcher:
    """An index with what has been worked out about it."""

    def __init__(self, index: Index, rooms: RoomSource) -> None:
        """Take an index and who knows its room."""
        self.index, self.rooms = index, rooms
        self._days, self._judge = Days(index), Judge(index)

    def warm(self, query: Query, policy: Policy) -> None:
        """Work out what all queries at the time of this one share."""
        self._day(query, policy).frame.look_at_all(minutes_since_epoch(query.at))

    def best(self, query: Query, policy: Policy) -> tuple[Ints, Floats]:
        """Return the best `limit` rows and their scores, best first, equals by lot; exact to `TOLERANCE`."""
        found = self.shortlist(query, policy)
        first = order(found.scores, self.index.columns.keys[found.rows], query.seed)[: query.limit]
        return found.rows[first], found.scores[first]

    def shortlist(
        self,
        query: Query,
        policy: Policy,
        *,
        margin: float = 0.0,
        known: Known = _NOTHING,
    ) -> Shortlist:
        """Return every row that may be among the best `limit`, or within a share `margin` of the last of these."""
        finder = self.finder(query, policy)
        scorer = Scorer(finder, self.rooms, known)
        most = ceiling(policy.accept, policy.accept.prior if known.prior is None else float(known.prior.max(initial=0)))
        near, km = finder.first_window(query.limit * _WINDOW)
        far = finder.far()
        first, rest = near.and_also(far).parted(query.limit * _TRIED)
        first = finder.passing(first)
        scores = scorer.scores(first)
        least = _bound(scores, query.limit, margin)
        reach = finder.reach(least / most)
        if reach > km:
            first, scores, rest = first.take(_NONE), scores[_NONE], finder.near(reach, least / most).and_also(far)
        rest = finder.passing(rest.worth_at_least(least / most))
        if len(rest.rows):
            first, scores = first.and_also(rest), np.concatenate([scores, scorer.scores(rest)])
        good = (scores >= _bound(scores, query.limit, margin)).nonzero()[0]
        return Shortlist(first.rows[good], scores[good])

    def finder(self, query: Query, policy: Policy) -> Finder:
        """Return who finds rows for a query."""
        return Finder(self.index, query, policy, self._day(query, policy), self._judge.verdicts(query, policy))

    def _day(self, query: Query, policy: Policy) -> Day:
        return self._days.get(local_day(query.at, self.index.columns.zone), policy)


def _bound(scores: Floats, limit: int, margin: float) -> float:
    """Return what a row must be worth to matter: the last of the best `limit`, less what may be as good."""
    if len(scores) < limit:
        return -np.inf
    last = float(np.partition(scores, len(scores) - limit)[len(scores) - limit])
    return last - margin * abs(last) - TOLERANCE
