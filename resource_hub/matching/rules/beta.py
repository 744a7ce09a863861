"""The beta distribution: how sure a chance is that was learnt from so many answers."""

from collections.abc import Iterator
from functools import lru_cache
from math import exp, isclose, lgamma, log, log1p

_STEPS = 200
_CLOSE = 1e-7
_TINY = 1e-300


@lru_cache(maxsize=4096)
def interval(mean: float, weight: float, share: float) -> tuple[float, float]:
    """Return the limits between which a chance lies with a probability of `share`, as much on either side.

    The chance is a beta with that mean (from 0 to 1), worth `weight` answers.
    """
    if not 0 < mean < 1:
        return mean, mean
    a, b = mean * weight, (1 - mean) * weight
    rest = (1 - share) / 2
    return quantile(rest, a, b), quantile(1 - rest, a, b)


def quantile(probability: float, a: float, b: float) -> float:
    """Return where the distribution reaches a probability, by Newton's steps, halving where they would leave."""
    low, high, x = 0.0, 1.0, a / (a + b)
    for _step in range(_STEPS):
        off = cumulative(x, a, b) - probability
        low, high = (low, x) if off > 0 else (x, high)
        step = off / max(_density(x, a, b), _TINY)
        following = x - step if low < x - step < high else (low + high) / 2
        if abs(following - x) < _CLOSE or high - low < _CLOSE:
            return following
        x = following
    return x


def cumulative(x: float, a: float, b: float) -> float:
    """Return the probability of at most x: the regularized incomplete beta function.

    Source: the continued fraction of the NIST Digital Library of Mathematical Functions, 8.17.22, by Lentz's method.
    """
    if x <= 0 or x >= 1:
        return float(x > 0)
    if x > (a + 1) / (a + b + 2):
        return 1 - cumulative(1 - x, b, a)
    return exp(a * log(x) + b * log1p(-x) - _log_beta(a, b)) / a / _fraction(x, a, b)


def _fraction(x: float, a: float, b: float) -> float:
    value = ahead = 1.0
    behind = 0.0
    for part in _parts(x, a, b):
        behind = 1 / ((1 + part * behind) or _TINY)
        ahead = (1 + part / ahead) or _TINY
        value *= ahead * behind
        if isclose(ahead * behind, 1, rel_tol=1e-15):
            break
    return value


def _parts(x: float, a: float, b: float) -> Iterator[float]:
    for m in range(_STEPS):
        if m:
            yield m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        yield -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))


def _density(x: float, a: float, b: float) -> float:
    return exp((a - 1) * log(x) + (b - 1) * log1p(-x) - _log_beta(a, b)) if 0 < x < 1 else 0.0


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)
