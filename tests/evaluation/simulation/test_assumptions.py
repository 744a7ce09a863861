from dataclasses import asdict

import numpy as np
import pytest

from resource_hub.core.codes import NEEDS
from resource_hub.evaluation.simulation.assumptions import read

ASSUMPTIONS = read()
RANGES = {f"{group}.{name}": span for group, spans in ASSUMPTIONS.ranges.items() for name, span in spans.items()}


@pytest.mark.parametrize("name", RANGES)
def test_every_number_is_a_range_and_says_where_it_comes_from(name: str) -> None:
    assert RANGES[name].low < RANGES[name].high
    assert len(RANGES[name].why) > 20


def test_the_published_figures_lie_in_their_ranges() -> None:
    for name, figure in {
        "people.wants_help": 0.53,
        "people.rural": 0.20,
        "listings.hours_wrong": 0.50,
        "people.little_english": 0.08,
    }.items():
        assert RANGES[name].published
        assert RANGES[name].low <= figure <= RANGES[name].high


def test_a_draw_lies_in_the_ranges_and_is_the_same_for_the_same_seed() -> None:
    first, again, other = (asdict(ASSUMPTIONS.drawn(np.random.default_rng(seed))) for seed in (1, 1, 2))
    assert first == again != other
    for group, values in first.items():
        for name, value in values.items():
            span = ASSUMPTIONS.ranges[group][name]
            assert span.low <= value <= span.high


def test_the_needs_are_those_of_the_field_and_their_shares_are_a_whole() -> None:
    assert {kind.code for kind in ASSUMPTIONS.needs} <= set(NEEDS)
    assert sum(kind.share for kind in ASSUMPTIONS.needs) == pytest.approx(1)
