"""The board: a word is seen whole, and a board is made once."""

from pathlib import Path
from threading import Thread
from time import monotonic

import numpy as np

from resource_hub.matching.index.board import Board


def test_what_one_mapping_stores_another_reads(tmp_path: Path) -> None:
    one, two = Board.at(tmp_path / "m.rooms", 5), Board.at(tmp_path / "m.rooms", 5)
    one.store(np.array([3]), np.array([77], dtype=np.uint64))
    one.looked(5, 6)

    assert two.words(np.arange(5)).tolist() == [0, 0, 0, 77, 0]
    assert (two.position, two.looked_at) == (5, 6)


def test_a_board_of_another_size_is_made_anew(tmp_path: Path) -> None:
    Board.at(tmp_path / "m.rooms", 5).looked(5, 6)

    assert Board.at(tmp_path / "m.rooms", 6).position == 0


def test_a_reader_never_sees_half_of_a_change() -> None:
    board, row = Board.in_memory(1), np.array([0])
    some = [np.array([word], dtype=np.uint64) for word in (0x2000000000000000, 0x3FFFFFFFFFFFFFFF)]
    stop = monotonic() + 0.3

    def change() -> None:
        while monotonic() < stop:
            for word in some:
                board.store(row, word)

    board.store(row, some[0])
    writer = Thread(target=change)
    writer.start()
    seen = {int(board.words(row)[0]) for _ in range(10_000)}
    writer.join()

    assert seen <= {int(word[0]) for word in some}
