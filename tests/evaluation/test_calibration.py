import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.evaluation.calibration import Calibration, calibration
from resource_hub.matching.values.columns import Floats


def judged(predicted: Floats, helped: object) -> Calibration:
    found = calibration(predicted, np.asarray(helped, dtype=np.bool_))
    assert found
    return found


def test_nothing_predicted_is_nothing_to_judge() -> None:
    assert calibration(np.zeros(0), np.zeros(0, dtype=np.bool_)) is None


def test_who_knows_what_happens_is_perfect() -> None:
    found = judged(np.array([0.0, 0, 1, 1]), [0, 0, 1, 1])
    assert (found.brier, found.reliability, found.discrimination, found.skill) == (0, 0, 1, 1)
    assert found.resolution == found.uncertainty == 0.25


def test_who_always_says_the_base_rate_has_no_skill_and_no_fault() -> None:
    found = judged(np.full(10, 0.3), [1] * 3 + [0] * 7)
    assert found.skill == pytest.approx(0)
    assert found.reliability == pytest.approx(0)
    assert found.resolution == pytest.approx(0)
    assert found.discrimination == 0.5


def test_who_promises_too_much_is_found_out_in_its_bin() -> None:
    found = judged(np.full(100, 0.85), np.arange(100) < 20)
    (only,) = found.bins
    assert (only.low, only.high, only.count) == (0.8, 0.9, 100)
    assert [only.predicted, only.observed] == pytest.approx([0.85, 0.2])
    assert found.skill < 0


def test_a_sure_prediction_falls_into_the_last_bin() -> None:
    assert [(one.low, one.count) for one in judged(np.array([0.0, 0.1, 1.0]), [0, 0, 1]).bins] == [
        (0.0, 1),
        (0.1, 1),
        (0.9, 1),
    ]


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60))
def test_the_score_is_exactly_the_sum_of_its_parts(cases: list[tuple[float, bool]]) -> None:
    predicted, helped = np.array([case[0] for case in cases]), np.array([case[1] for case in cases])
    found = judged(predicted, helped)
    assert found.brier == pytest.approx(np.mean((predicted - helped) ** 2))
    assert found.brier == pytest.approx(found.reliability - found.resolution + found.uncertainty + found.within)
    assert sum(one.count for one in found.bins) == len(cases)
    pairs = [(a > b) + (a == b) / 2 for a in predicted[helped] for b in predicted[~helped]]
    assert found.discrimination == pytest.approx(np.mean(pairs) if pairs else 0.5)
