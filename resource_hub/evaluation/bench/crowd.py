"""Several processes doing the same as often as they can, in rounds; crowds take turns, so that noise hits all alike."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier, Event
from time import perf_counter
from typing import Any

_WARM_UP = 10
_PATIENCE_SECONDS = 300

# What a process of a crowd makes for itself, given its number: something to do again and again.
Make = Callable[..., Callable[[int], object]]


@dataclass(frozen=True)
class Crowd:
    """Processes that wait for their next round."""

    start: Barrier
    over: Event
    counts: Any
    processes: int

    def round(self) -> int:
        """Let everybody work for one round; return how often it was done."""
        self.begin()
        return self.counted()

    def begin(self) -> None:
        """Let everybody begin a round."""
        self.start.wait(_PATIENCE_SECONDS)

    def counted(self) -> int:
        """Wait for the end of the round; return how often it was done. Refuses when a process has failed."""
        told = [self.counts.get(timeout=_PATIENCE_SECONDS) for _ in range(self.processes)]
        failed = [one for one in told if isinstance(one, str)]
        if failed:
            raise RuntimeError(failed[0])
        return sum(told)


@contextmanager
def crowd(processes: int, seconds: float, make: Make, *arguments: object) -> Iterator[Crowd]:
    """Start processes that do `make(number, *arguments)` for so many seconds a round."""
    context = get_context("spawn")
    made = Crowd(context.Barrier(processes + 1), context.Event(), context.Queue(), processes)
    workers = [
        context.Process(target=_work, args=(number, made, seconds, make, arguments), daemon=True)
        for number in range(processes)
    ]
    for worker in workers:
        worker.start()
    try:
        yield made
    finally:
        made.over.set()
        for worker in workers:
            worker.kill()
            worker.join()


def _work(number: int, of: Crowd, seconds: float, make: Make, arguments: Sequence[object]) -> None:
    try:
        _take_part(of, seconds, make(number, *arguments))
    except Exception as error:
        of.counts.put(f"{type(error).__name__}: {error}")
        of.start.wait(_PATIENCE_SECONDS)
        raise


def _take_part(of: Crowd, seconds: float, act: Callable[[int], object]) -> None:
    for turn in range(_WARM_UP):
        act(turn)
    done = _WARM_UP
    while not of.over.is_set():
        of.start.wait(_PATIENCE_SECONDS)
        begun, before = perf_counter(), done
        while perf_counter() - begun < seconds:
            act(done)
            done += 1
        of.counts.put(done - before)
