"""Several processes doing the same in rounds."""

from collections.abc import Callable

import pytest

from resource_hub.evaluation.bench.crowd import crowd


def counting(number: int, step: int) -> Callable[[int], object]:
    return lambda turn: turn * step + number


def failing(_number: int) -> Callable[[int], object]:
    message = "no such place"
    raise ValueError(message)


def test_a_round_counts_what_all_processes_did() -> None:
    with crowd(2, 0.02, counting, 3) as everybody:
        assert everybody.round() > 0
        assert everybody.round() > 0


def test_a_process_that_fails_says_why() -> None:
    with crowd(1, 0.02, failing) as everybody, pytest.raises(RuntimeError, match="ValueError: no such place"):
        everybody.round()
