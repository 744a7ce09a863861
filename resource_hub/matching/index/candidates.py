"""Rows that answer a query's needs, by window and from afar, with what they are worth before room and hours count."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from resource_hub.core.geography import Point, great_circle_km
from resource_hub.matching.index.days import Day
from resource_hub.matching.index.table import APPROXIMATE, NEED_CODES, Index, Postings, in_degrees
from resource_hub.matching.index.verdicts import Verdicts
from resource_hub.matching.rules import cells
from resource_hub.matching.rules.decay import amount_of, decay
from resource_hub.matching.rules.distance import each_way, farthest_km
from resource_hub.matching.rules.fit import fit
from resource_hub.matching.values.columns import Floats, Ints
from resource_hub.matching.values.policy import Policy
from resource_hub.matching.values.query import REMOTE, Query
from resource_hub.matching.values.ranking import Truth

_FIRST_KM, _WIDER = 5.0, 2.5
_ALL_KM = 21_000.0
_CENTIMETRES = 1e-4


@dataclass(frozen=True)
class Candidates:
    """Rows, each with its fit × listing_right × travel."""

    rows: Ints
    worth: Floats

    def and_also(self, others: "Candidates") -> "Candidates":
        """Return these and others."""
        return Candidates(np.concatenate([self.rows, others.rows]), np.concatenate([self.worth, others.worth]))

    def take(self, places: Ints) -> "Candidates":
        """Return the chosen ones."""
        return Candidates(self.rows[places], self.worth[places])

    def parted(self, count: int) -> tuple["Candidates", "Candidates"]:
        """Return the `count` that are worth most, and the others."""
        others = max(len(self.rows) - count, 0)
        order = np.argpartition(self.worth, others) if others else np.arange(len(self.rows))
        return self.take(order[others:]), self.take(order[:others])

    def worth_at_least(self, least: float) -> "Candidates":
        """Return those that are worth as much."""
        return self.take((self.worth >= least).nonzero()[0])


class Finder:
    """Finds the rows that answer a query's needs and pass."""

    def __init__(self, index: Index, query: Query, policy: Policy, day: Day, verdicts: Verdicts) -> None:
        """Take an index, a query, and what has been worked out for it."""
        self.index, self.query, self.policy = index, query, policy
        self.day, self.verdicts = day, verdicts
        self.needs = [NEED_CODES.index(need) for need in query.needs]
        self._slices = [index.near.of(need) for need in self.needs]
        self._all = _ALL_KM if query.max_km is None or query.origin is None else query.max_km

    def first_window(self, wanted: int) -> tuple[Candidates, float]:
        """Return what stands in a window with so many rows, or all there are, and how many kilometres it reaches."""
        origin = self.query.origin
        if origin is None:
            return self.near(_ALL_KM), np.inf
        km = min(_FIRST_KM, self._all)
        while True:
            ranges = self._ranges(origin, km)
            if km >= self._all or sum(int((last - first).sum()) for first, last in ranges) >= wanted:
                return self._standing(ranges, 0.0), km if km < self._all else np.inf
            km = min(_WIDER * km, self._all)

    def near(self, km: float, least: float = 0.0) -> Candidates:
        """Return what has to be travelled to within so many kilometres, but what is worth less in any case."""
        origin, km = self.query.origin, min(km, self._all)
        if origin is None or km >= _ALL_KM:
            return self._standing([(np.array([0]), np.array([of.stop - of.start])) for of in self._slices], least)
        return self._standing(self._ranges(origin, km), least)

    def far(self) -> Candidates:
        """Return what comes by phone, online or to the home, or stands nobody knows where."""
        far, served = self.index.far, self.verdicts.served
        slices = [far.of(need) for need in self.needs]
        places = [of.start + served[far.keys[of]].nonzero()[0] for of in slices]
        found = self._answers(far, self.day.far, places)
        if self.query.origin is None:
            return found
        if len(places) == 1:
            return Candidates(found.rows, found.worth * self.day.there[places[0]])
        remote = (self.index.flags[found.rows] & REMOTE) > 0
        return Candidates(found.rows, found.worth * np.where(remote, 1.0, self.policy.travel.unknown))

    def count_within(self) -> int:
        """Return how many rows pass that are not too far."""
        near, far = self.passing(self.near(self._all)).rows, self.passing(self.far()).rows
        columns, origin = self.index.columns, self.query.origin
        if origin is None:
            return len(near) + len(far)
        # By the coordinates as they are known: a row on the very border is counted on its side.
        km = great_circle_km(origin, columns.latitude[near], columns.longitude[near])
        return len(far) + int(np.count_nonzero(km <= self._all))

    def reach(self, worth: float) -> float:
        """Return the kilometres beyond which no row of the index is worth as much."""
        travel, peak = self.policy.travel, max(self.day.peak[need] for need in self.needs)
        share = worth / peak if peak else 1.0
        return farthest_km(amount_of(share, travel.half_minutes, travel.limit), travel, self.query.by)

    def passing(self, candidates: Candidates) -> Candidates:
        """Return those that the person may use and that serve the home."""
        of, verdicts, rows = self.index.columns.of, self.verdicts, candidates.rows
        passing = (verdicts.eligible[of.eligibility[rows]] > Truth.NO) & (verdicts.served[of.areas[rows]] > Truth.NO)
        return candidates.take(passing.nonzero()[0])

    def _ranges(self, origin: Point, km: float) -> list[tuple[Ints, Ints]]:
        return [cells.within(self.index.near.keys[of], origin, km) for of in self._slices]

    def _standing(self, ranges: list[tuple[Ints, Ints]], least: float) -> Candidates:
        places = [of.start + cells.places(found) for of, found in zip(self._slices, ranges, strict=True)]
        found = self._answers(self.index.near, self.day.near, places)
        if least > 0:
            found = found.worth_at_least(least)
        origin, travel = self.query.origin, self.policy.travel
        if origin is None:
            return found
        rows = found.rows
        km = great_circle_km(origin, in_degrees(self.index.latitude[rows]), in_degrees(self.index.longitude[rows]))
        approximate = (self.index.flags[rows] & APPROXIMATE) > 0
        minutes = each_way(km, approximate, self.query.by, travel).min(axis=0)
        found = Candidates(rows, found.worth * decay(minutes, travel.half_minutes, travel.limit))
        if self.query.max_km is None:
            return found
        return found.take(np.flatnonzero(km <= self.query.max_km + _CENTIMETRES))

    def _answers(self, postings: Postings, worth: NDArray[np.float32], places: list[Ints]) -> Candidates:
        """Return the rows at the places of each need, each of them once, and their fit × listing_right."""
        if len(places) == 1:
            return Candidates(postings.rows[places[0]].astype(np.int64), worth[places[0]].astype(np.float64))
        rows = np.unique(np.concatenate([postings.rows[of_need] for of_need in places])).astype(np.int64)
        columns = self.index.columns
        suits = fit(columns.weights[columns.of.needs[rows]][:, self.needs], self.policy.fit)
        return Candidates(rows, suits * self.day.right[rows])
