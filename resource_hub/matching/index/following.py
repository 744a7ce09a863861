"""Keeps a board as the database is: what this machine commits is stored at once, all else is followed.

What a killed process did not store, and what other machines commit, is found by the time of its change, at most once a
second for all processes of a machine. Changes are committed in another order than they are dated, hence the overlap.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from time import time

import numpy as np
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from resource_hub.capacity.models import Room
from resource_hub.matching.index.board import Board
from resource_hub.matching.queries.rooms import room_changes
from resource_hub.matching.rules.room_words import packed
from resource_hub.matching.values.columns import Columns, Ints, Words

OVERLAP = timedelta(seconds=60)
_SECOND = 1_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def follow(engine: Engine, market_id: str, columns: Columns, board: Board) -> None:
    """Store what changed in the database since it was last looked at, unless that was within this second."""
    now = int(time() * _SECOND)
    if 0 <= now - board.looked_at < _SECOND:
        return
    position = board.position
    board.looked(position, now)
    since = _EPOCH + timedelta(microseconds=position) - OVERLAP if position else None
    before = board.copied()
    # A session of its own: the caller's may see the database as it was a while ago.
    with Session(engine.execution_options(writes=False)) as session:
        rows, words, newest = room_changes(session, market_id, columns, since)
    _store(board, rows, words, before[rows])
    board.looked(max(position, _microseconds(newest)), now)


def publish(engine: Engine, places: set[str], boards: Mapping[str, tuple[Columns, Board]]) -> None:
    """Store what is known now of the room at some places on the boards of their markets."""
    ids = list(places)
    rows = {market: columns.rows_of(ids) for market, (columns, _board) in boards.items()}
    before = {market: board.words(rows[market]) for market, (_columns, board) in boards.items()}
    said = (Room.service_at_location_id, Room.status, Room.free, Room.waiting_days, Room.as_of)
    with Session(engine.execution_options(writes=False)) as session:
        found = session.execute(select(*said).where(Room.service_at_location_id.in_(ids))).all()
    known = {line[0]: packed(*line[1:]) for line in found}
    words = np.array([known.get(one, 0) for one in ids], dtype=np.uint64)
    for market, (_columns, board) in boards.items():
        here = np.flatnonzero(rows[market] >= 0)
        _store(board, rows[market][here], words[here], before[market][here])


def _store(board: Board, rows: Ints, words: Words, before: Words) -> None:
    """Store words, but where somebody stored another one meanwhile: they read the database later."""
    untouched = np.flatnonzero(board.words(rows) == before)
    board.store(rows[untouched], words[untouched])


def _microseconds(moment: datetime | None) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1) if moment else 0
