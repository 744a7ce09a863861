"""What the rows that answer some needs are worth at a minute to anybody: all of it but who asks, and from where."""

from collections import OrderedDict
from dataclasses import dataclass, field
from math import floor
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from resource_hub.matching.index.days import Day, Days
from resource_hub.matching.index.scoring import Scorer, WordSource
from resource_hub.matching.index.table import NEED_CODES, Index, Postings
from resource_hub.matching.rules.assess import days_ahead, local_day, minutes_since_epoch
from resource_hub.matching.rules.decay import decay
from resource_hub.matching.rules.fit import fit
from resource_hub.matching.values.columns import Floats, Ints, Words
from resource_hub.matching.values.policy import Policy
from resource_hub.matching.values.query import REMOTE, Query

_KEPT = 64
_MINUTES_A_DAY = 1440


@dataclass(frozen=True)
class Side:
    """Rows that answer, in the order of their `keys`.

    `sure` is fit × listing_right, less where nobody knows the way; `worth` is that × accept × timeliness with the room
    that `words` tell of.
    """

    rows: NDArray[np.uint32]
    keys: NDArray[np.uint32]
    sure: NDArray[np.float32]
    words: Words
    worth: NDArray[np.float32]
    lock: Lock = field(default_factory=Lock)

    def renew(self, places: Ints, worth: Floats, words: Words) -> None:
        """Store what rows are worth with other room; the words last: whoever sees them finds the worth there."""
        with self.lock:
            self.worth[places] = worth
            self.words[places] = words


@dataclass(frozen=True)
class Moment:
    """A minute under one policy, in `minute` since the epoch; within it no worth changes by more than `wear`.

    `near` has the rows that must be travelled to, `peak` the most that any of them is surely worth.
    """

    minute: int
    day: Day
    near: Side
    far: Side
    peak: float
    wear: float


class Moments:
    """The last minute that an index was asked about, for each of the last few needs."""

    def __init__(self, index: Index, rooms: WordSource) -> None:
        """Begin with none."""
        self._index, self._rooms, self._days = index, rooms, Days(index)
        self._kept: OrderedDict[tuple[tuple[str, ...], bool, bool], Moment] = OrderedDict()

    def get(self, query: Query, policy: Policy) -> Moment:
        """Return what is known at the minute of a query; for help that is needed later it is the most it can be."""
        minute = floor(minutes_since_epoch(query.at))
        key = (query.needs, query.origin is not None, days_ahead(query) > 0)
        kept = self._kept.get(key)
        if kept is None or kept.minute != minute or kept.day.policy is not policy:
            day = self._days.get(local_day(query.at, self._index.columns.zone), policy)
            kept = self._kept[key] = self._moment(query.needs, day, minute, placed=key[1], later=key[2])
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return kept

    def _moment(self, needs: tuple[str, ...], day: Day, minute: int, *, placed: bool, later: bool) -> Moment:
        scorer = Scorer(self._index, day, minute, np.inf if later else 0.0)
        near = self._side(self._index.near, needs, scorer, 1.0)
        far = self._side(self._index.far, needs, scorer, day.policy.travel.unknown if placed else 1.0)
        return Moment(minute, day, near, far, float(near.sure.max(initial=0)), _wear(day.policy))

    def _side(self, postings: Postings, needs: tuple[str, ...], scorer: Scorer, unknown: float) -> Side:
        """Return the rows of postings that answer; `unknown` is what is left of those that nobody knows a way to."""
        found, keys, suits = self._answers(postings, needs, scorer.day.policy)
        rows = found.astype(np.int64)
        there = np.where((self._index.flags[rows] & REMOTE) > 0, 1.0, unknown)
        sure, words = (suits * there * scorer.day.right[rows]).astype(np.float32), self._rooms.words(rows)
        return Side(found, keys, sure, words, (sure * scorer.rate(rows, words)).astype(np.float32))

    def _answers(
        self, postings: Postings, needs: tuple[str, ...], policy: Policy
    ) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.float32] | Floats]:
        """Return the rows that answer, each of them once, in the order of their keys, with the keys and the fit."""
        numbers = [NEED_CODES.index(need) for need in needs]
        slices = [postings.of(need) for need in numbers]
        if len(slices) == 1:
            return postings.rows[slices[0]], postings.keys[slices[0]], postings.weights[slices[0]]
        rows, first = np.unique(np.concatenate([postings.rows[of] for of in slices]), return_index=True)
        columns = self._index.columns
        suits = fit(columns.weights[columns.of.needs[rows]][:, numbers], policy.fit)
        return rows, np.concatenate([postings.keys[of] for of in slices])[first], suits


def _wear(policy: Policy) -> float:
    """Return the most that a worth changes within a minute: room is less believed, and help is nearer."""
    minute = np.array([1 / _MINUTES_A_DAY])
    left = [
        decay(minute, half_life, 0.0) for half_life in (policy.accept.half_life_days, policy.timeliness.half_life_days)
    ]
    return float(sum(1 - part[0] for part in left))
