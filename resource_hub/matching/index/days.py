"""What of a row's worth holds for a whole local day: how right its listing is, whether its hours are believed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from resource_hub.matching.index.frames import Frame
from resource_hub.matching.index.table import Index
from resource_hub.matching.rules.freshness import hours_believed, listing_right
from resource_hub.matching.values.columns import Bools
from resource_hub.matching.values.policy import Policy

_KEPT = 4


@dataclass(frozen=True)
class Day:
    """One local day under one policy; `right` is listing_right by row."""

    today: int
    policy: Policy
    right: NDArray[np.float32]
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
        columns = self._index.columns
        day = Day(
            today=today,
            policy=policy,
            right=listing_right(columns.verified, columns.reported, today, policy).astype(np.float32),
            believed=hours_believed(columns, today, policy),
            frame=Frame(columns.hours, columns.zone, today),
        )
        self._kept = [day, *self._kept[: _KEPT - 1]]
        return day
