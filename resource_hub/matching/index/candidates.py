"""Rows that answer a query's needs, by window and from afar, with their scores."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from resource_hub.core.geography import great_circle_km
from resource_hub.matching.index.moments import Moment, Side
from resource_hub.matching.index.scoring import Known, Scorer, WordSource
from resource_hub.matching.index.table import APPROXIMATE, Index
from resource_hub.matching.index.verdicts import Verdicts
from resource_hub.matching.rules import cells, spots
from resource_hub.matching.rules.assess import days_ahead
from resource_hub.matching.rules.capacity import ceiling
from resource_hub.matching.rules.decay import amount_of, decay
from resource_hub.matching.rules.distance import farthest_km, fastest
from resource_hub.matching.values.columns import Floats, Ints
from resource_hub.matching.values.policy import Policy
from resource_hub.matching.values.query import Query

_ALL_KM = 21_000.0
_FIRST_KM, WIDER = 5.0, 4.0
# Distances are kept to a centimetre; what is that much too far is judged again.
_LENIENT = 1.0001


@dataclass(frozen=True)
class Candidates:
    """Rows with their scores, in no order."""

    rows: Ints
    scores: Floats

    def and_also(self, others: "Candidates") -> "Candidates":
        """Return these and others."""
        return Candidates(np.concatenate([self.rows, others.rows]), np.concatenate([self.scores, others.scores]))

    def at_least(self, least: float) -> "Candidates":
        """Return those with such a score."""
        if least == -np.inf:
            return self
        good = (self.scores >= least).nonzero()[0]
        return Candidates(self.rows[good], self.scores[good])


class Finder:
    """Finds the rows that answer a query's needs and pass."""

    def __init__(
        self,
        index: Index,
        query: Query,
        policy: Policy,
        moment: Moment,
        verdicts: Verdicts,
        rooms: WordSource,
        known: Known,
    ) -> None:
        """Take an index, a query, and what has been worked out for it."""
        self.index, self.query, self.policy = index, query, policy
        self.moment, self.verdicts, self._rooms = moment, verdicts, rooms
        self._scorer = Scorer(index, moment.day, moment.minute, days_ahead(query), known)
        self.all_km = _ALL_KM if query.max_km is None or query.origin is None else query.max_km

    def first_window(self, wanted: int) -> float:
        """Return the kilometres within which so many rows stand, or all there are."""
        km = min(_FIRST_KM, self.all_km) if self.query.origin else self.all_km
        while km < self.all_km:
            first, last = self._within(km)
            count = int((last - first).sum())
            if count >= wanted:
                break
            # As wide as it takes if rows stand as close together all around.
            km = min(max(sqrt(wanted / max(count, 1)), WIDER) * km, self.all_km)
        return km

    def near(self, km: float, least: float) -> Candidates:
        """Return what has to be travelled to within so many kilometres, but what scores less."""
        found = self._worthy(self.moment.near, cells.places(self._within(km)), least)
        origin, travel = self.query.origin, self.policy.travel
        if origin is None:
            return self._scored(found, least)
        rows = found.rows
        away = spots.kilometres(origin, self.index.spots.take(rows, axis=1))
        approximate = (self.index.flags[rows] & APPROXIMATE) > 0
        minutes = fastest(away, approximate, self.query.by, travel)
        found = Candidates(rows, found.scores * decay(minutes, travel.half_minutes, travel.limit))
        if self.query.max_km is not None:
            close = (away <= self.query.max_km * _LENIENT).nonzero()[0]
            found = Candidates(rows[close], found.scores[close])
        return self._scored(found.at_least(least), least)

    def far(self, least: float) -> Candidates:
        """Return what comes by phone, online or to the home, or stands nobody knows where, but what scores less."""
        found = self._worthy(self.moment.far, self._serving(), least)
        return self._scored(found, least)

    def reach(self, score: float) -> float:
        """Return the kilometres beyond which no row of the index has such a score."""
        prior, travel, accept = self._scorer.known.prior, self.policy.travel, self.policy.accept
        most = self.moment.peak * ceiling(accept, accept.prior if prior is None else float(prior.max(initial=0)))
        share = score / most if most else 1.0
        return farthest_km(amount_of(share, travel.half_minutes, travel.limit), travel, self.query.by)

    def count_within(self) -> int:
        """Return how many rows pass that are not too far."""
        near = self._passing(self.moment.near.rows[cells.places(self._within(self.all_km))])
        far = self._passing(self.moment.far.rows[self._serving()])
        columns, origin = self.index.columns, self.query.origin
        if origin is None:
            return len(near) + len(far)
        # By the coordinates as they are known: a row on the very border is counted on its side.
        km = great_circle_km(origin, columns.latitude[near], columns.longitude[near])
        return len(far) + int(np.count_nonzero(km <= self.all_km))

    def _within(self, km: float) -> tuple[Ints, Ints]:
        origin, keys = self.query.origin, self.moment.near.keys
        if origin is None or km >= _ALL_KM:
            return np.array([0]), np.array([len(keys)])
        return cells.within(keys, origin, km)

    def _serving(self) -> Ints:
        """Return the places of the far rows whose area may hold the home."""
        keys = self.moment.far.keys
        areas = self.verdicts.serving.astype(keys.dtype)
        return cells.places((keys.searchsorted(areas), keys.searchsorted(areas, side="right")))

    def _worthy(self, side: Side, places: Ints, least: float) -> Candidates:
        """Return the rows at some places that are worth as much, whoever asks and from wherever."""
        rows = side.rows[places].astype(np.int64)
        worth, words = side.worth[places].astype(np.float64), self._rooms.words(rows)
        anew = self._scorer.differs(rows, words != side.words[places]).nonzero()[0]
        if len(anew):
            worth[anew] = side.sure[places[anew]] * self._scorer.rate(rows[anew], words[anew])
        return Candidates(rows, worth).at_least(least)

    def _scored(self, found: Candidates, least: float) -> Candidates:
        """Return those that pass, by what they are worth to the person who asks."""
        person = self._person(found.rows)
        passing = (person > 0).nonzero()[0]
        rows = found.rows[passing]
        scores = found.scores[passing] * person[passing] * self.verdicts.terms[self.index.columns.of.terms[rows]]
        return Candidates(rows, self._scorer.charge(rows, scores)).at_least(least)

    def _passing(self, rows: NDArray[np.uint32]) -> Ints:
        return rows[self._person(rows) > 0].astype(np.int64)

    def _person(self, rows: Ints | NDArray[np.uint32]) -> Floats:
        of, verdicts = self.index.columns.of, self.verdicts
        return verdicts.person[verdicts.served[of.areas[rows]], of.eligibility[rows]]
