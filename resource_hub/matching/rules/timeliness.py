"""Timeliness: how soon help can start."""

import numpy as np

from resource_hub.matching.rules.decay import decay
from resource_hub.matching.rules.hours import Openings
from resource_hub.matching.values.columns import Bools, Floats
from resource_hub.matching.values.policy import Timeliness

_MINUTES_A_DAY = 1440


def timeliness(
    opens: Openings, waiting_days: Floats, at: float, believed: Bools, policy: Timeliness, days_ahead: float = 0.0
) -> Floats:
    """Return the worth of help by the days between when it is needed and when it is open and the wait is over.

    Help is needed `days_ahead` days after `at`; what starts before then loses nothing. Hours that are not believed
    count as unknown, but never for more than what they say.
    """
    days = np.where(opens.open, 0.0, (opens.next_open - at) / _MINUTES_A_DAY)
    said = opens.open | ~np.isnan(opens.next_open)
    never = opens.complete & ~said
    days = np.fmax(np.where(said, days, 0.0), waiting_days) - max(days_ahead, 0.0)
    worth = np.where(never, policy.limit, decay(days, policy.half_life_days, policy.limit))
    sure = (opens.open | opens.complete) & believed
    return np.where(sure, worth, np.minimum(worth, policy.unknown))
