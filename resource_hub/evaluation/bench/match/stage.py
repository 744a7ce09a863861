"""Sets the stage: a directory in the order of its index, the questions, and the engines that are there."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from resource_hub.evaluation.bench.match import postgis
from resource_hub.evaluation.bench.match.engine import Top
from resource_hub.evaluation.bench.match.loop import Loop, compiled
from resource_hub.evaluation.bench.match.worth import stored
from resource_hub.evaluation.bench.national.directory import Directory, directory
from resource_hub.evaluation.bench.national.questions import questions
from resource_hub.evaluation.bench.peers import Missing
from resource_hub.matching.index.board import Board
from resource_hub.matching.index.build import index_of
from resource_hub.matching.index.search import Searcher
from resource_hub.matching.index.table import Index
from resource_hub.matching.index.verdicts import Judge
from resource_hub.matching.policy import current
from resource_hub.matching.rules.cells import by_cell
from resource_hub.matching.rules.fit import NEED_CODES
from resource_hub.matching.rules.room_words import unpacked, words_of
from resource_hub.matching.values import Columns, Ints, Policy, Query

Engine = Callable[[int], Top]


@dataclass(frozen=True)
class Stage:
    """What all engines answer about; rows are numbered as in the index."""

    directory: Directory
    index: Index
    questions: Sequence[Query]
    policy: Policy


@dataclass
class Cast:
    """The engines by name, why the others are missing, and how to reach PostgreSQL and what to send there."""

    engines: dict[str, Engine] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    server: tuple[str, list[postgis.Asked]] | None = None


def stage(services: int, asked: int) -> Stage:
    """Make a directory of so many services and so many questions to it."""
    made = directory(services)
    index = index_of(by_cell(made.columns))
    # As a board keeps it: statements of room count in whole minutes.
    rooms = unpacked(words_of(made.rooms.take(_order(made.columns, index.columns))))
    return Stage(Directory(index.columns, rooms), index, questions(asked), current())


def cast(on: Stage, stack: ExitStack) -> Cast:
    """Return the engines; what they hold is given back with the stack."""
    result = Cast()
    searcher = Searcher(on.index, Board.of(on.directory.rooms))
    searcher.warm(on.questions[0], on.policy)
    result.engines["index"] = lambda number: Top(*searcher.best(on.questions[number], on.policy))
    _with_loop(on, result, stack)
    _with_postgis(on, result, stack)
    return result


def _with_loop(on: Stage, result: Cast, stack: ExitStack) -> None:
    folder = Path(stack.enter_context(TemporaryDirectory()))
    try:
        library = compiled(folder)
    except Missing as why:
        result.missing |= dict.fromkeys(("c_loop", "c_brute"), str(why))
        return
    loop = Loop(library, on.index, on.directory.rooms, on.questions, on.policy)
    result.engines |= {"c_loop": loop.by_windows, "c_brute": loop.by_all}


def _with_postgis(on: Stage, result: Cast, stack: ExitStack) -> None:
    names: Mapping[str, bool] = {"postgis": False, "postgis_bounded": True}
    try:
        address = postgis.server()
    except Missing as why:
        result.missing |= dict.fromkeys(names, str(why))
        return
    postgis.load(address, on.directory.columns, stored(on.directory, on.questions[0], on.policy), on.policy)
    asked = sent(on, address, result.engines["index"])
    result.server = address, asked
    for name, bounded in names.items():
        engine = postgis.Postgis(address, on.policy, asked, bounded=bounded)
        stack.callback(engine.close)
        result.engines[name] = engine


def sent(on: Stage, address: str, index: Engine) -> list[postgis.Asked]:
    """Return what is sent to PostgreSQL, with the box of each question from the tenth score that the index found."""
    tops = [index(number) for number in range(len(on.questions))]
    tenths = [
        float(top.scores[-1]) if len(top.scores) == query.limit else 0.0
        for top, query in zip(tops, on.questions, strict=True)
    ]
    best = postgis.best_by_need(address, len(NEED_CODES))
    return postgis.asked(Judge(on.index), on.questions, tenths, best, on.policy)


def _order(before: Columns, after: Columns) -> Ints:
    """Return for each row of the index which row of the directory it was."""
    by_key = np.argsort(before.keys)
    order: Ints = by_key[np.searchsorted(before.keys[by_key], after.keys)]
    return order
