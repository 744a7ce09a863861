"""Many at once: every thread waits for the others, then all do it."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def all_at_once(act: Callable[[T], R], inputs: Sequence[T]) -> list[R | Exception]:
    """Do the same with each input in a thread of its own; an error is a result like any other."""
    ready = Barrier(len(inputs))

    def one(value: T) -> R | Exception:
        ready.wait()
        try:
            return act(value)
        except Exception as error:  # noqa: BLE001 - the tests look at each error
            return error

    with ThreadPoolExecutor(len(inputs)) as pool:
        return list(pool.map(one, inputs))
