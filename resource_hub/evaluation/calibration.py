"""How good predicted chances are: reliability by bin, the Brier score and what it is made of. For any outcomes."""

from dataclasses import dataclass

import numpy as np

from resource_hub.matching.values.columns import Bools, Floats

BINS = 10


@dataclass(frozen=True)
class Bin:
    """Predictions from `low` to under `high` (the last one takes 1 as well): how many, their mean, the share helped."""

    low: float
    high: float
    count: int
    predicted: float
    observed: float


@dataclass(frozen=True)
class Calibration:
    """`brier` is `reliability` - `resolution` + `uncertainty` + `within`, exactly.

    Reliability is how far bins lie from what was predicted (0 is best), resolution how far they lie from each other,
    uncertainty the Brier score of always saying the base rate, and within what predictions differ inside of bins
    (Murphy 1973; Stephenson, Coelho and Jolliffe 2008). `discrimination` is the chance that of two cases the one
    that was helped had the higher prediction (0.5 is none).
    """

    count: int
    base_rate: float
    mean_predicted: float
    brier: float
    reliability: float
    resolution: float
    uncertainty: float
    within: float
    discrimination: float
    bins: tuple[Bin, ...]

    @property
    def skill(self) -> float:
        """Return by which share the Brier score is better (above 0) or worse than that of the base rate."""
        return 1 - self.brier / self.uncertainty if self.uncertainty else 0.0


def calibration(predicted: Floats, helped: Bools, bins: int = BINS) -> Calibration | None:
    """Compare predicted chances (0 to 1) with what happened, in bins of equal width; None without any case."""
    if not len(predicted):
        return None
    outcome = helped.astype(np.float64)
    base = float(outcome.mean())
    place = np.minimum((predicted * bins).astype(np.int64), bins - 1)
    found = [_bin(number, bins, predicted[place == number], outcome[place == number]) for number in np.unique(place)]
    brier = float(np.mean((predicted - outcome) ** 2))
    shares = np.array([part.count for part in found]) / len(predicted)
    said, seen = np.array([part.predicted for part in found]), np.array([part.observed for part in found])
    reliability, resolution = float(shares @ (said - seen) ** 2), float(shares @ (seen - base) ** 2)
    uncertainty = base * (1 - base)
    return Calibration(
        count=len(predicted),
        base_rate=base,
        mean_predicted=float(predicted.mean()),
        brier=brier,
        reliability=reliability,
        resolution=resolution,
        uncertainty=uncertainty,
        within=brier - (reliability - resolution + uncertainty),
        discrimination=_discrimination(predicted, helped),
        bins=tuple(found),
    )


def _bin(number: int, bins: int, predicted: Floats, outcome: Floats) -> Bin:
    return Bin(number / bins, (number + 1) / bins, len(predicted), float(predicted.mean()), float(outcome.mean()))


def _discrimination(predicted: Floats, helped: Bools) -> float:
    """Return the area under the ROC curve, equal predictions counting half; a half where all went the same way."""
    with_help, without = int(helped.sum()), int((~helped).sum())
    if not with_help or not without:
        return 0.5
    _values, which, counts = np.unique(predicted, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[which]
    return float((ranks[helped].sum() - with_help * (with_help + 1) / 2) / (with_help * without))
