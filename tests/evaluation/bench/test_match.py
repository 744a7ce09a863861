"""The benchmark of the ranking: all engines answer the same, missing peers are named."""

import shutil
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest

from resource_hub.evaluation.bench.match import brute, report, statements
from resource_hub.evaluation.bench.match.engine import Top, same
from resource_hub.evaluation.bench.match.stage import Stage, cast, stage
from resource_hub.evaluation.bench.match.together import kept, searching
from resource_hub.evaluation.bench.peers import VARIABLE
from resource_hub.matching.index.board import Board
from resource_hub.matching.rules.room_words import words_of

QUESTIONS = 8


@pytest.fixture(scope="module")
def on() -> Stage:
    return stage(3000, QUESTIONS)


@pytest.fixture(autouse=True)
def no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)


@pytest.fixture
def no_compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)


def test_the_index_answers_like_brute_force(on: Stage, no_compiler: None) -> None:
    with ExitStack() as stack:
        engine = cast(on, stack).engines["index"]
        assert all(
            same(engine(number), brute.best(on.directory, on.questions[number], on.policy)) for number in range(3)
        )


def test_the_loops_in_c_answer_like_the_index(on: Stage) -> None:
    with ExitStack() as stack:
        found = cast(on, stack)
        # On a machine without a compiler the loops are named as missing, and only the index is there.
        assert set(found.engines) | set(found.missing) >= {"index", "c_loop", "c_brute"}
        for engine in found.engines.values():
            assert all(same(engine(number), found.engines["index"](number)) for number in range(QUESTIONS))


def test_missing_peers_are_named_with_how_to_get_them(on: Stage, no_compiler: None) -> None:
    with ExitStack() as stack:
        found = cast(on, stack)
    assert set(found.engines) == {"index"}
    assert set(found.missing) == {"c_loop", "c_brute", "postgis", "postgis_bounded"}
    assert "C compiler" in found.missing["c_loop"]
    assert VARIABLE in found.missing["postgis"]


def test_processes_answer_from_one_file_like_the_index_in_memory(on: Stage, tmp_path: Path, no_compiler: None) -> None:
    kept(on, tmp_path)
    answer = searching(0, tmp_path, QUESTIONS)
    with ExitStack() as stack:
        engine = cast(on, stack).engines["index"]
        for number in range(QUESTIONS):
            assert same(Top(*answer(number)), engine(number))  # type: ignore[misc]  # what a crowd does is any object


def test_the_board_says_what_the_columns_of_room_say(on: Stage) -> None:
    board, rooms = Board.in_memory(len(on.index)), on.directory.rooms
    every = np.arange(len(on.index))
    board.store(every, words_of(rooms))
    read = board.take(every)
    assert np.array_equal(read.status, rooms.status)
    assert np.array_equal(read.free, rooms.free, equal_nan=True)
    assert np.array_equal(read.waiting_days, rooms.waiting_days, equal_nan=True)


def test_scores_that_differ_are_another_answer() -> None:
    rows = np.array([1, 2])
    truth = Top(rows, np.array([0.5, 0.4]))
    assert same(Top(rows, np.array([0.50005, 0.4])), truth)
    assert not same(Top(rows, np.array([0.5, 0.39])), truth)
    assert not same(Top(rows[:1], np.array([0.5])), truth)


def test_a_box_holds_its_circle_and_widens_to_the_whole_earth() -> None:
    across, up = statements.box(50, 60)
    assert up > 50 / 111.2
    assert across > 2 * 50 / 111.2
    assert statements.box(5000, 40) == (360, 360)


def test_the_report_has_its_shape(monkeypatch: pytest.MonkeyPatch, no_compiler: None) -> None:
    monkeypatch.setattr(report, "rates", lambda *_: {"index": 900.0, "postgis": 30.0})
    monkeypatch.setattr(report, "_capacity", lambda *_: {"lost": 0.1})
    found = report.run(1000, 3)
    assert (found["services"], found["queries"], found["checked"], found["exact"]) == (1000, 3, 3, True)
    assert set(found["engines"]) == {"index", "brute"}
    assert set(found["engines"]["index"]) == {"mean_us", "p50_us", "p95_us"}
    assert found["ratios"]["brute/index"] > 1
    assert found["ratios"]["index/postgis together"] == 30
    assert "postgis" in found["missing"]
