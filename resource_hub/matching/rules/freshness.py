"""P(listing right): what the age of each kind of fact says."""

import numpy as np

from resource_hub.matching.rules.decay import decay
from resource_hub.matching.values.columns import FACT_KINDS, REPORT_KINDS, Bools, Columns, Floats
from resource_hub.matching.values.policy import Policy


def listing_right(verified: Floats, reported: Bools, today: int, policy: Policy) -> Floats:
    """Return the chance that each listing is right; `verified` holds days, one column per kind of fact.

    Each kind of open report that is `reported` leaves its share of the chance.
    """
    weights = [policy.freshness[kind].importance for kind in FACT_KINDS]
    result: Floats = np.prod(kinds_right(verified, today, policy) ** np.array(weights), axis=1)
    for column, kind in enumerate(REPORT_KINDS):
        result = np.where(reported[:, column], result * policy.reports.left(kind), result)
    return result


def kinds_right(verified: Floats, today: int, policy: Policy) -> Floats:
    """Return the chance that each kind of fact is still right, one column per kind."""
    result = np.ones_like(verified)
    for column, kind in enumerate(FACT_KINDS):
        weights = policy.freshness[kind]
        chance = decay(today - verified[:, column], weights.half_life_days, weights.limit)
        result[:, column] = np.where(np.isnan(chance), weights.unknown, chance)
    return result


def hours_believed(columns: Columns, today: int, policy: Policy) -> Bools:
    """Return the rows whose hours were checked recently enough to be shown as open."""
    age = today - columns.verified[:, FACT_KINDS.index("hours")]
    return age <= policy.hours.max_age_days
