"""What of a row's worth holds for a whole local day: how right its listing is, whether its hours are believed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from resource_hub.matching.index.frames import Frame
from resource_hub.matching.index.table import NEED_CODES, Index, Postings
from resource_hub.matching.rules.freshness import hours_believed, listing_right
from resource_hub.matching.values.columns import Bools
from resource_hub.matching.values.policy import Policy
from resource_hub.matching.values.query import REMOTE

_KEPT = 4


@dataclass(frozen=True)
class Day:
    """One local day under one policy.

    `right` is listing_right by row, `near` and `far` are fit × listing_right in the order of the postings, for one
    need alone; `peak` is the most of it by need. `there` is what is left of the will to go to each far row.
    """

    today: int
    policy: Policy
    right: NDArray[np.float32]
    near: NDArray[np.float32]
    far: NDArray[np.float32]
    there: NDArray[np.float32]
    peak: tuple[float, ...]
    believed: Bools
    frame: Frame


class Days:
    """The last few days that an index was asked about."""

    def __init__(self, index: Index) -> None:
        """Begin with none."""
        self._index = index
        self._kept: list[Day] = []

    def get(self, today: int, policy: Policy) -> Day:
        """Return a day, made where it is asked for first."""
        for day in self._kept:
            if day.today == today and day.policy is policy:
                return day
        day = _day(self._index, today, policy)
        self._kept = [day, *self._kept[: _KEPT - 1]]
        return day


def _day(index: Index, today: int, policy: Policy) -> Day:
    columns = index.columns
    right = listing_right(columns.verified, today, policy).astype(np.float32)
    near, far = index.near.weights * right[index.near.rows], index.far.weights * right[index.far.rows]
    peaks = zip(_peaks(index.near, near), _peaks(index.far, far), strict=True)
    return Day(
        today=today,
        policy=policy,
        right=right,
        near=near,
        far=far,
        there=np.where((index.flags[index.far.rows] & REMOTE) > 0, 1.0, policy.travel.unknown).astype(np.float32),
        peak=tuple(max(pair) for pair in peaks),
        believed=hours_believed(columns, today, policy),
        frame=Frame(columns.hours, columns.zone, today),
    )


def _peaks(postings: Postings, worth: NDArray[np.float32]) -> list[float]:
    return [float(worth[postings.of(need)].max(initial=0)) for need in range(len(NEED_CODES))]
