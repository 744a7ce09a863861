"""What is known of room now; always read afresh."""

from collections.abc import Sequence

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_hub.capacity.models import Room
from resource_hub.matching.values import Listing, Rooms
from resource_hub.matching.values.columns import ROOM_STATUSES


def rooms_of(session: Session, market_id: str, listings: Sequence[Listing]) -> Rooms:
    """Return the room of every row, unknown where nobody said anything."""
    query = select(Room.service_at_location_id, Room.status, Room.free, Room.waiting_days, Room.as_of).where(
        Room.market_id == market_id
    )
    said = {row[0]: row for row in session.execute(query)}
    rooms = Rooms(np.zeros(len(listings), dtype=np.int64), *(np.full(len(listings), np.nan) for _ in range(3)))
    for row, listing in enumerate(listings):
        found = said.get(listing.service_at_location_id)
        if found is not None and found[1] in ROOM_STATUSES:
            rooms.status[row] = ROOM_STATUSES.index(found[1])
            rooms.free[row] = np.nan if found[2] is None else found[2]
            rooms.waiting_days[row] = np.nan if found[3] is None else found[3]
            rooms.as_of[row] = found[4].timestamp() / 60
    return rooms
