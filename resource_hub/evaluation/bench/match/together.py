"""Several processes asking at once: our index through one mapped file, PostgreSQL through a connection each."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from resource_hub.evaluation.bench.crowd import crowd
from resource_hub.evaluation.bench.match.engine import Top
from resource_hub.evaluation.bench.match.postgis import Asked, Postgis
from resource_hub.evaluation.bench.match.stage import Stage
from resource_hub.evaluation.bench.national.questions import questions
from resource_hub.matching.index import file
from resource_hub.matching.index.board import Board
from resource_hub.matching.index.search import Searcher
from resource_hub.matching.policy import current
from resource_hub.matching.rules.room_words import words_of

PROCESSES = 4
SECONDS, ROUNDS = 1.0, 3
STAMP = {"made": "up"}
INDEX, BOARD = "hub.index", "hub.rooms"


def kept(on: Stage, folder: Path) -> None:
    """Write the index and the board into a folder, where any process can map them."""
    file.write(folder / INDEX, on.index, STAMP)
    Board.at(folder / BOARD, len(on.index)).store(np.arange(len(on.index)), words_of(on.directory.rooms))


def searching(_number: int, folder: Path, asked: int) -> Callable[[int], object]:
    """Map the index and answer the questions by it."""
    index = file.read(folder / INDEX, STAMP)
    if index is None:
        raise FileNotFoundError(folder / INDEX)
    searcher, policy, those = Searcher(index, Board.at(folder / BOARD, len(index))), current(), questions(asked)
    searcher.warm(those[0], policy)
    return lambda number: searcher.best(those[number % asked], policy)


def asking(_number: int, address: str, asked: Sequence[Asked], *, bounded: bool) -> Callable[[int], Top]:
    """Connect to PostgreSQL and answer the questions by it."""
    engine = Postgis(address, current(), asked, bounded=bounded)
    return lambda number: engine(number % len(asked))


def rates(folder: Path, asked: int, peer: tuple[str, Sequence[Asked]] | None) -> dict[str, float]:
    """Return questions a second, of `PROCESSES` processes together, in rounds that take turns."""
    counts = {"index": 0.0}
    with ExitStack() as stack:
        crowds = {"index": stack.enter_context(crowd(PROCESSES, SECONDS, searching, folder, asked))}
        if peer:
            counts["postgis"] = 0.0
            crowds["postgis"] = stack.enter_context(crowd(PROCESSES, SECONDS, _asking_within, *peer))
            counts["postgis_bounded"] = 0.0
            crowds["postgis_bounded"] = stack.enter_context(crowd(PROCESSES, SECONDS, _asking_bounded, *peer))
        for _ in range(ROUNDS):
            for name, one in crowds.items():
                counts[name] += one.round()
    return {name: round(count / (ROUNDS * SECONDS), 1) for name, count in counts.items()}


def _asking_within(number: int, address: str, asked: Sequence[Asked]) -> Callable[[int], Top]:
    return asking(number, address, asked, bounded=False)


def _asking_bounded(number: int, address: str, asked: Sequence[Asked]) -> Callable[[int], Top]:
    return asking(number, address, asked, bounded=True)
