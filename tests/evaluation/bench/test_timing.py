"""Taking times in turn."""

from collections.abc import Callable
from itertools import count

import pytest

from resource_hub.evaluation.bench.timing import Figures, in_turn


def test_every_engine_is_asked_every_question_once_after_warming_up() -> None:
    asked: list[tuple[str, int]] = []

    def engine(name: str) -> Callable[[int], object]:
        return lambda number: asked.append((name, number))

    in_turn({name: engine(name) for name in "ab"}, 4, warm_up=0)
    assert sorted(asked) == sorted((name, number) for name in "ab" for number in range(4))
    assert [name for name, _number in asked[::2]] == ["a", "b", "a", "b"]


def test_the_clock_is_read_around_each_question() -> None:
    ticks = count()
    timed = in_turn({"a": lambda number: number * 2}, 3, clock=lambda: float(next(ticks)), warm_up=2)
    assert timed.answers["a"] == [0, 2, 4]
    assert timed.seconds["a"] == [1.0, 1.0, 1.0]


def test_figures_are_in_microseconds() -> None:
    figures = Figures.of([0.001] * 18 + [0.002, 0.011])
    assert figures.p50_us == pytest.approx(1000)
    assert figures.mean_us == pytest.approx(1550)
    assert figures.p95_us > 2000
