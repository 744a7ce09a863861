"""The limits of a chance, against the library that the pages never load."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta

from resource_hub.matching.rules.beta import cumulative, interval, quantile

shapes = st.floats(0.02, 400)
probabilities = st.floats(0.001, 0.999)


@settings(deadline=None)
@given(probabilities, shapes, shapes)
def test_quantiles_agree_with_scipy(probability: float, a: float, b: float) -> None:
    assert quantile(probability, a, b) == pytest.approx(beta.ppf(probability, a, b), abs=1e-6)


@settings(deadline=None)
@given(st.floats(1e-300, 1) | st.just(0.0), shapes, shapes)
def test_the_distribution_agrees_with_scipy(x: float, a: float, b: float) -> None:
    assert cumulative(x, a, b) == pytest.approx(beta.cdf(x, a, b), abs=1e-10)


def test_an_interval_holds_its_share_and_narrows_with_answers() -> None:
    widths = []
    for weight in (1.0, 6.0, 40.0, 1000.0):
        low, high = interval(0.7, weight, 0.9)
        assert beta.cdf(high, 0.7 * weight, 0.3 * weight) - beta.cdf(low, 0.7 * weight, 0.3 * weight) == pytest.approx(
            0.9
        )
        widths.append(high - low)
    assert widths == sorted(widths, reverse=True)


def test_an_interval_covers_as_often_as_it_says() -> None:
    random = np.random.default_rng(7)
    chances = random.beta(4.2, 1.8, size=2000)
    yes = random.binomial(9, chances)
    limits = [interval((4.2 + count) / 15, 15.0, 0.9) for count in yes.tolist()]
    covered = np.mean([low <= chance <= high for (low, high), chance in zip(limits, chances, strict=True)])

    assert covered == pytest.approx(0.9, abs=0.02)


@pytest.mark.parametrize("mean", [0.0, 1.0])
def test_what_is_certain_has_no_width(mean: float) -> None:
    assert interval(mean, 6.0, 0.9) == (mean, mean)
