"""Capacity that changes while others ask: how soon it is seen, and what it costs those who ask."""

from collections.abc import Callable
from contextlib import ExitStack
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path
from time import monotonic, perf_counter, sleep
from typing import Any

import numpy as np

from resource_hub.evaluation.bench.crowd import crowd
from resource_hub.evaluation.bench.match.together import BOARD, SECONDS, searching
from resource_hub.evaluation.bench.national.directory import AT
from resource_hub.matching.index.board import Board
from resource_hub.matching.rules.room_words import packed

CHANGES_A_SECOND = 10_000
_CHANGES = 2000
_PAUSE_SECONDS = 0.0005
_ROUNDS = 5
_AT_ONCE = 10
_MADE_UP_SECONDS = 0.05
_PATIENCE_SECONDS = 60


def seen_after(folder: Path, rows: int, changes: int = _CHANGES) -> list[float]:
    """Return the seconds from before one process stores a change until another process has read it."""
    context = get_context("spawn")
    seen = context.Array("d", changes, lock=False)
    ready = context.Event()
    reader = context.Process(target=_watch, args=(folder, rows, seen, ready), daemon=True)
    reader.start()
    try:
        ready.wait(_PATIENCE_SECONDS)
        board, row = Board.at(folder / BOARD, rows), np.array([0])
        stored = []
        for number in range(changes):
            word = np.array([_word(number)], dtype=np.uint64)
            sleep(_PAUSE_SECONDS)
            stored.append(monotonic())
            board.store(row, word)
        reader.join(_PATIENCE_SECONDS)
    finally:
        reader.kill()
    return [after - before for before, after in zip(stored, seen, strict=True) if after]


def lost(folder: Path, rows: int, asked: int) -> dict[str, float]:
    """Return questions a second without and with changes, and the share that is lost to them."""
    quiet = changed = stored = 0
    with ExitStack() as stack:
        asking = stack.enter_context(crowd(1, SECONDS, searching, folder, asked))
        changing = stack.enter_context(crowd(1, SECONDS, storing, folder, rows))
        for _ in range(_ROUNDS):
            quiet += asking.round()
            changing.begin()
            changed += asking.round()
            stored += changing.counted() * _AT_ONCE
    return {
        "changes_per_second": round(stored / _ROUNDS / SECONDS),
        "quiet_per_second": round(quiet / _ROUNDS / SECONDS, 1),
        "changing_per_second": round(changed / _ROUNDS / SECONDS, 1),
        "lost": round(1 - changed / quiet, 3),
    }


def storing(number: int, folder: Path, rows: int) -> Callable[[int], object]:
    """Map the board and store changes at rows drawn at random, `_AT_ONCE` after each other every millisecond."""
    board, chance = Board.at(folder / BOARD, rows), np.random.default_rng(number)
    word = np.array([_word(3)], dtype=np.uint64)

    due = perf_counter()

    def store(_turn: int) -> None:
        nonlocal due
        for row in chance.integers(rows, size=(_AT_ONCE, 1)):
            board.store(row, word)
        # Whoever slept too long makes up for it, but not for the time between two rounds.
        due = max(due + _AT_ONCE / CHANGES_A_SECOND, perf_counter() - _MADE_UP_SECONDS)
        sleep(max(due - perf_counter(), 0))

    return store


def _watch(folder: Path, rows: int, seen: Any, ready: Event) -> None:
    """Read one row's room again and again; note when each change is first seen."""
    board, row, last = Board.at(folder / BOARD, rows), np.array([0]), -1
    ready.set()
    while last < len(seen) - 1:
        free = board.take(row).free[0]
        if free > last:
            last = int(free)
            seen[last] = monotonic()


def _word(free: int) -> int:
    return packed("capacity", free, None, AT)
