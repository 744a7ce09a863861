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
# So few rows are all looked at faster than a window is found.
_FEW = 1000
# So right are distances here; what is that much too far is judged again.
_CENTIMETRE = 1e-5


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


@dataclass(frozen=True)
class Window:
    """The places of the rows within so many kilometres of the origin, and of some more."""

    km: float
    places: Ints


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
        prior = policy.accept.prior if known.prior is None else float(known.prior.max(initial=0))
        self._most = moment.peak * ceiling(policy.accept, prior)
        self._scorer = Scorer(index, moment.day, moment.minute, days_ahead(query), known)
        self.all_km = _ALL_KM if query.max_km is None or query.origin is None else query.max_km

    def first_window(self, wanted: int) -> Window:
        """Return a window in which so many rows stand, or all there are."""
        window = self.window(_FIRST_KM if self.query.origin and len(self.moment.near.keys) > _FEW else _ALL_KM)
        while window.km < self.all_km and len(window.places) < wanted:
            # As wide as it takes if rows stand as close together all around.
            window = self.window(max(sqrt(wanted / max(len(window.places), 1)), WIDER) * window.km)
        return window

    def window(self, km: float) -> Window:
        """Return the window of so many kilometres, or of what is asked where that is less."""
        origin, keys, km = self.query.origin, self.moment.near.keys, min(km, self.all_km)
        if origin is None or km >= _ALL_KM:
            return Window(self.all_km, np.arange(len(keys)))
        return Window(km, cells.places(cells.within(keys, origin, km)))

    def near(self, window: Window, least: float) -> Candidates:
        """Return what stands in a window, but what scores less."""
        found = self._worthy(self.moment.near, window.places, least)
        origin, travel = self.query.origin, self.policy.travel
        if origin is None:
            return self._scored(found, least)
        rows = found.rows
        away = spots.kilometres(origin, self.index.spots.take(rows, axis=1))
        approximate = (self.index.flags[rows] & APPROXIMATE) > 0
        minutes = fastest(away, approximate, self.query.by, travel)
        found = Candidates(rows, found.scores * decay(minutes, travel.half_minutes, travel.limit))
        if self.query.max_km is not None:
            close = (away <= self.query.max_km + _CENTIMETRE).nonzero()[0]
            found = Candidates(rows[close], found.scores[close])
        return self._scored(found.at_least(least), least)

    def far(self, least: float) -> Candidates:
        """Return what comes by phone, online or to the home, or stands nobody knows where, but what scores less."""
        found = self._worthy(self.moment.far, self._serving(), least)
        return self._scored(found, least)

    def reach(self, score: float) -> float:
        """Return the kilometres beyond which no row of the index has such a score."""
        travel, share = self.policy.travel, score / self._most if self._most else 1.0
        return farthest_km(amount_of(share, travel.half_minutes, travel.limit), travel, self.query.by)

    def count_within(self) -> int:
        """Return how many rows pass that are not too far."""
        near = self._passing(self.moment.near.rows[self.window(_ALL_KM).places])
        far = self._passing(self.moment.far.rows[self._serving()])
        columns, origin = self.index.columns, self.query.origin
        if origin is None:
            return len(near) + len(far)
        # By the coordinates as they are known: a row on the very border is counted on its side.
        km = great_circle_km(origin, columns.latitude[near], columns.longitude[near])
        return len(far) + int(np.count_nonzero(km <= self.all_km))

    def _serving(self) -> Ints:
        """Return the places of the far rows whose area may hold the home."""
        keys = self.moment.far.keys
        areas = self.verdicts.serving.astype(keys.dtype)
        return cells.places((keys.searchsorted(areas), keys.searchsorted(areas, side="right")))

    def _worthy(self, side: Side, places: Ints, least: float) -> Candidates:
        """Return the rows at some places that are worth as much, whoever asks and from wherever."""
        rows, scorer = side.rows[places].astype(np.int64), self._scorer
        # In this order: what another thread renews meanwhile then differs from the board as it is read after that.
        before, worth = side.words[places], side.worth[places].astype(np.float64)
        words = self._rooms.words(rows)
        anew = scorer.differs(rows, words != before).nonzero()[0]
        if len(anew):
            worth[anew] = side.sure[places[anew]] * scorer.rate(rows[anew], words[anew])
            if scorer.is_usual:
                side.renew(places[anew], worth[anew], words[anew])
        return Candidates(rows, worth).at_least(least)

    def _scored(self, found: Candidates, least: float) -> Candidates:
        """Return those that pass, by what they are worth to the person who asks."""
        rows, person = found.rows, self._person(found.rows)
        scores = found.scores * person * self.verdicts.terms.take(self.index.columns.of.terms.take(rows))
        scores = self._scorer.charge(rows, scores)
        # Only who passes has a score above zero.
        good = (scores >= least if least > 0 else person > 0).nonzero()[0]
        return Candidates(rows[good], scores[good])

    def _passing(self, rows: NDArray[np.uint32]) -> Ints:
        return rows[self._person(rows) > 0].astype(np.int64)

    def _person(self, rows: Ints | NDArray[np.uint32]) -> Floats:
        of, verdicts = self.index.columns.of, self.verdicts
        line, profile = verdicts.served.take(of.areas.take(rows)), of.eligibility.take(rows)
        person: Floats = verdicts.person.take(line * np.int64(verdicts.person.shape[1]) + profile)
        return person
