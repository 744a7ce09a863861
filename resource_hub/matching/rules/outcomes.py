"""What outcomes and answers let one believe: a usual service at first, judged by its own in time.

The chance that a need is met is a beta whose prior is the market's mean for the need; the time to an answer is a mean
that starts from the market's in the same way.
"""

import numpy as np

from resource_hub.matching.values.columns import Floats, Ints
from resource_hub.matching.values.outcomes import Outcomes, Record
from resource_hub.matching.values.policy import OutcomesPolicy

# Of fewer outcomes nobody is told how many were good: they might tell of one person.
LEAST_TOLD = 5


def usual_met(need: Ints, known: Floats, met: Floats, needs: int, policy: OutcomesPolicy) -> Floats:
    """Return the market's mean share of met needs for each need; the policy's prior counts like `strength` outcomes."""
    return _usual(need, met, known, np.full(needs, policy.prior), policy.strength)


def usual_days(need: Ints, answers: Floats, days: Floats, needs: int, policy: OutcomesPolicy) -> Floats:
    """Return the market's mean days to an answer for each need, in the same way."""
    return _usual(need, days, answers, np.full(needs, policy.answer_days), policy.strength)


def record(needs: Floats, outcomes: Outcomes | None, policy: OutcomesPolicy) -> Record:
    """Return what is believed of every row; `needs` has its weights for the needs asked for, one column each.

    A row is judged by the need that it answers best, the first of those asked for among equals. Of all this the
    policy's `weight` counts: nothing at 0.
    """
    known, met, answers, days = (np.zeros(len(needs)) for _ in range(4))
    share, wait = np.full(len(needs), policy.prior), np.full(len(needs), policy.answer_days)
    if outcomes is not None and needs.shape[1]:
        best = needs.argmax(axis=1)
        own = np.flatnonzero(best[outcomes.row] == outcomes.need)
        for sums, of in zip(
            (known, met, answers, days),
            (outcomes.known, outcomes.met, outcomes.answers, outcomes.days),
            strict=True,
        ):
            sums[outcomes.row[own]] = of[own]
        share = _mean(met, known, outcomes.usual_met[best], policy.strength)
        wait = _mean(days, answers, outcomes.usual_days[best], policy.strength)
    return Record(share**policy.weight, known, met, wait * policy.weight)


def _usual(need: Ints, part: Floats, whole: Floats, prior: Floats, strength: float) -> Floats:
    parts, wholes = (np.bincount(need, sums, len(prior)).astype(np.float64) for sums in (part, whole))
    return _mean(parts, wholes, prior, strength)


def _mean(part: Floats, whole: Floats, prior: Floats, strength: float) -> Floats:
    mean: Floats = (part + strength * prior) / (whole + strength)
    return mean
