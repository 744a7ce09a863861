"""What is known of room, as words: of a whole market, or what changed since a time."""

from datetime import datetime

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_hub.capacity.models import Room
from resource_hub.matching.rules.room_words import packed, unpacked
from resource_hub.matching.values import Columns, Rooms
from resource_hub.matching.values.columns import Ints, Words


def rooms_of(session: Session, market_id: str, columns: Columns) -> Rooms:
    """Return the room of every row, unknown where nobody said anything; always read afresh."""
    words = np.zeros(len(columns), dtype=np.uint64)
    rows, said, _changed = room_changes(session, market_id, columns)
    words[rows] = said
    return unpacked(words)


def room_changes(
    session: Session, market_id: str, columns: Columns, since: datetime | None = None
) -> tuple[Ints, Words, datetime | None]:
    """Return the rows whose room changed at a time or later, what is known of it now, and when the last changed.

    Without a time it is every row about which something was ever said.
    """
    query = select(
        Room.service_at_location_id, Room.status, Room.free, Room.waiting_days, Room.as_of, Room.changed_at
    ).where(Room.market_id == market_id)
    if since is not None:
        query = query.where(Room.changed_at >= since)
    found = session.execute(query).all()
    rows = columns.rows_of([line[0] for line in found])
    words = np.array([packed(*line[1:5]) for line in found], dtype=np.uint64)
    here = np.flatnonzero(rows >= 0)
    return rows[here], words[here], max((line[5] for line in found if line[5]), default=None)
