"""Times many ways of doing the same thing in turn, so that noise hits all alike."""

import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Generic, TypeVar

import numpy as np

T = TypeVar("T")


@dataclass(frozen=True)
class Figures:
    """Microseconds for one question: mean, median, and what 95 of 100 stay below."""

    mean_us: float
    p50_us: float
    p95_us: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> "Figures":
        """Sum up times in seconds."""
        times = np.array(seconds) * 1e6
        return cls(*(round(float(one), 2) for one in (times.mean(), np.median(times), np.quantile(times, 0.95))))


@dataclass(frozen=True)
class Timed(Generic[T]):
    """What each engine answered and how long it took, question by question."""

    answers: Mapping[str, list[T]]
    seconds: Mapping[str, list[float]]


def in_turn(
    engines: Mapping[str, Callable[[int], T]],
    questions: int,
    clock: Callable[[], float] = perf_counter,
    warm_up: int = 5,
) -> Timed[T]:
    """Ask every engine every question, by number; which one goes first changes from question to question.

    With `process_time` as the clock, time that the processor spends on others does not count.
    """
    names = list(engines)
    for name in names:
        for number in range(min(warm_up, questions)):
            engines[name](number)
    answers: dict[str, list[T]] = {name: [] for name in names}
    seconds: dict[str, list[float]] = {name: [] for name in names}
    gc.collect()
    gc.disable()
    try:
        for number in range(questions):
            turn = number % max(len(names), 1)
            for name in names[turn:] + names[:turn]:
                begun = clock()
                answer = engines[name](number)
                seconds[name].append(clock() - begun)
                answers[name].append(answer)
    finally:
        gc.enable()
    return Timed(answers, seconds)
