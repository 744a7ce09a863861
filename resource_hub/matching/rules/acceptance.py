"""The chance of a yes: a beta whose prior is the market's mean for the need, learnt from a service's own answers.

A new or small organization is neither buried nor boosted: with few answers it is taken for a usual one.
"""

import numpy as np

from resource_hub.matching.values.acceptance import Acceptance, Beliefs
from resource_hub.matching.values.columns import Floats, Ints
from resource_hub.matching.values.policy import Policy

_MINUTES_A_DAY = 1440


def faded(sums: Floats, as_of: Floats, at: float, half_life_days: float) -> Floats:
    """Return sums of answers as they count at a time (minutes since the epoch): halved after each half-life."""
    return sums * np.exp2(-np.maximum(at - as_of, 0) / _MINUTES_A_DAY / half_life_days)


def usual(need: Ints, answered: Floats, accepted: Floats, needs: int, policy: Policy) -> Floats:
    """Return the market's mean share of yes for each need; the policy's prior counts like `strength` answers."""
    strength = policy.acceptance.strength
    yes = np.bincount(need, accepted, needs) + strength * policy.accept.prior
    return yes / (np.bincount(need, answered, needs) + strength)


def beliefs(needs: Floats, acceptance: Acceptance | None, policy: Policy) -> Beliefs:
    """Return what is believed of every row; `needs` has its weights for the needs asked for, one column each.

    A row is judged by the need that it answers best, the first of those asked for among equals.
    """
    rows, strength = len(needs), policy.acceptance.strength
    answered, accepted = np.zeros(rows), np.zeros(rows)
    requests = np.zeros(rows) if acceptance is None else acceptance.open_requests(rows)
    if acceptance is None or not needs.shape[1]:
        return Beliefs(np.full(rows, policy.accept.prior), np.full(rows, strength), answered, accepted, requests)
    best = needs.argmax(axis=1)
    own = np.flatnonzero(best[acceptance.row] == acceptance.need)
    answered[acceptance.row[own]] = acceptance.answered[own]
    accepted[acceptance.row[own]] = acceptance.accepted[own]
    weight = strength + answered
    mean = (strength * acceptance.usual[best] + accepted) / weight
    return Beliefs(mean, weight, answered, accepted, requests)
