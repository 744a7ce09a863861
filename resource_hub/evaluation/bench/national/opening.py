"""When services are open: weekly hours of a few shapes, some monthly, some not stated."""

import numpy as np

from resource_hub.evaluation.bench.national.draws import happens
from resource_hub.matching.values import Exceptions, Hours

HOUR_PROFILES = 400
# Days of the week and how often services open on just these.
_DAYS = {range(5): 0.5, (1, 3): 0.15, (0, 2, 4): 0.12, (5,): 0.1, range(7): 0.05, range(6): 0.08}
_MONTHLY = 0.03
_STATED = 0.7
_ANY_DAY = (1, 3_652_059)


def hours(chance: np.random.Generator) -> Hours:
    """Return opening rules by profile; no dated exceptions."""
    stated = np.array([happens(chance, _STATED) for _ in range(HOUR_PROFILES)])
    lines = [line for profile in np.flatnonzero(stated).tolist() for line in _lines(chance, profile)]
    row, weekday, nth, opens, closes = np.array(lines, dtype=np.int64).T
    same, nothing = np.zeros(len(row), dtype=np.int64), np.zeros(0, dtype=np.int64)
    return Hours(
        row=row,
        weekday=weekday,
        nth=nth,
        monthday=same,
        unit=same,
        interval=same + 1,
        anchor=same + 1,
        week_start=same,
        first=same + _ANY_DAY[0],
        last=same + _ANY_DAY[1],
        opens=opens,
        closes=closes,
        stated=stated,
        uncertain=np.zeros(HOUR_PROFILES, dtype=np.bool_),
        exceptions=Exceptions(nothing, nothing, nothing, nothing),
    )


def _lines(chance: np.random.Generator, profile: int) -> list[tuple[int, int, int, int, int]]:
    opens, long = 60 * int(chance.integers(7, 13)), 60 * int(chance.integers(2, 10))
    if happens(chance, _MONTHLY):
        return [(profile, int(chance.integers(7)), int(chance.integers(1, 5)), opens, opens + long)]
    days = list(_DAYS)[chance.choice(len(_DAYS), p=list(_DAYS.values()))]
    return [(profile, day, 0, opens, opens + long) for day in days]
