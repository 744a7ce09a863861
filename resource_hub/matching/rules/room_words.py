"""What is known of room at a place, in one word of eight bytes: whoever reads it sees all of it or nothing of it.

From the top: three bits of status, 21 of free places, 12 of days of waiting, 28 of minutes since the epoch. Places and
days are kept one higher, so that 0 says "not known"; a word of 0 says that nobody ever said anything.
"""

from datetime import datetime

import numpy as np

from resource_hub.matching.values.columns import ROOM_STATUSES, Rooms, Words

_MINUTES, _DAYS, _PLACES = 28, 12, 21
_SECONDS = 60


def packed(status: str, free: int | None, waiting_days: int | None, as_of: datetime) -> int:
    """Return the word for a statement; a status that is not in the list says nothing. Full minutes are kept."""
    if status not in ROOM_STATUSES:
        return 0
    places = 0 if free is None else min(free + 1, (1 << _PLACES) - 1)
    days = 0 if waiting_days is None else min(waiting_days + 1, (1 << _DAYS) - 1)
    minutes = max(int(as_of.timestamp()) // _SECONDS, 0)
    return (((((ROOM_STATUSES.index(status) << _PLACES) | places) << _DAYS) | days) << _MINUTES) | minutes


def words_of(rooms: Rooms) -> Words:
    """Return the words of columns of room, as of full minutes."""
    places = np.minimum(np.nan_to_num(rooms.free, nan=-1) + 1, (1 << _PLACES) - 1)
    days = np.minimum(np.nan_to_num(rooms.waiting_days, nan=-1) + 1, (1 << _DAYS) - 1)
    minutes = np.maximum(np.nan_to_num(rooms.as_of), 0)
    words = rooms.status.astype(np.uint64)
    for part, bits in ((places, _PLACES), (days, _DAYS), (minutes, _MINUTES)):
        words = (words << np.uint64(bits)) | part.astype(np.uint64)
    return words


def unpacked(words: Words) -> Rooms:
    """Return what the words say, as columns."""
    days, places = _bits(words, _MINUTES, _DAYS), _bits(words, _MINUTES + _DAYS, _PLACES)
    status = (words >> np.uint64(_MINUTES + _DAYS + _PLACES)).astype(np.int64)
    return Rooms(
        status=status,
        free=np.where(places > 0, places - 1.0, np.nan),
        waiting_days=np.where(days > 0, days - 1.0, np.nan),
        as_of=np.where(status > 0, _bits(words, 0, _MINUTES), np.nan),
    )


def _bits(words: Words, first: int, count: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return ((words >> np.uint64(first)) & np.uint64((1 << count) - 1)).astype(np.float64)
