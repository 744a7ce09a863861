"""The file of an index: what is read is what was written, and nothing but that is believed."""

from pathlib import Path

import numpy as np
import pytest

from resource_hub.matching.index import file
from resource_hub.matching.index.board import Board
from resource_hub.matching.index.build import index_of
from resource_hub.matching.index.search import Searcher
from resource_hub.matching.policy import current
from resource_hub.matching.rules.assess import assess
from tests.matching.build import query, rooms
from tests.matching.index.markets import a_market, indexed

STAMP = {"market": "here", "revision": 3}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of an index of a random market."""
    file.write(tmp_path / "one.index", indexed(a_market(7)).searcher.index, STAMP)
    return tmp_path / "one.index"


def test_a_mapped_index_answers_as_the_one_in_memory_does(path: Path) -> None:
    market = indexed(a_market(7))
    mapped = file.read(path, STAMP)
    assert mapped is not None
    asked = query(facts={"age": 40.0}, language="es")

    here, there = (
        market.searcher.best(asked, current()),
        Searcher(mapped, Board.of(market.rooms)).best(asked, current()),
    )

    np.testing.assert_array_equal(here[0], there[0])
    np.testing.assert_array_equal(here[1], there[1])
    assert [mapped.columns.listings[row] for row in range(20)] == [market.columns.listings[row] for row in range(20)]
    np.testing.assert_array_equal(
        assess(mapped.columns, market.rooms, asked, current()).score,
        assess(market.columns, market.rooms, asked, current()).score,
    )


def test_nobody_can_write_into_a_mapped_index(path: Path) -> None:
    mapped = file.read(path, STAMP)
    assert mapped is not None
    with pytest.raises(ValueError, match="read-only"):
        mapped.columns.latitude[0] = 1.0


def test_an_empty_market_has_a_file_too(tmp_path: Path) -> None:
    empty = index_of(indexed([]).columns)
    file.write(tmp_path / "empty.index", empty, STAMP)
    mapped = file.read(tmp_path / "empty.index", STAMP)

    assert mapped is not None
    assert len(Searcher(mapped, Board.of(rooms([]))).best(query(), current())[0]) == 0


def test_what_was_made_from_something_else_is_not_read(path: Path) -> None:
    assert file.read(path, STAMP | {"revision": 4}) is None
    assert file.read(path.with_name("none.index"), STAMP) is None


@pytest.mark.parametrize("place", [0, 9, 17, 30, 60, 400])
def test_a_damaged_header_is_not_read(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 0x20
    path.write_bytes(bytes(data))

    assert file.read(path, STAMP) is None


@pytest.mark.parametrize("size", [0, 20, 300, -1])
def test_half_a_file_is_not_read(path: Path, size: int) -> None:
    path.write_bytes(path.read_bytes()[:size])

    assert file.read(path, STAMP) is None


def test_writing_leaves_nothing_else_behind(path: Path) -> None:
    assert [found.name for found in path.parent.iterdir()] == ["one.index"]


def test_no_coordinates_of_a_confidential_place_are_in_the_file(tmp_path: Path) -> None:
    rows = [row for row in a_market(3) if row.confidential]
    index = indexed(rows).searcher.index
    assert rows
    assert np.isnan(index.columns.latitude).all()
    assert not index.spots.any()
