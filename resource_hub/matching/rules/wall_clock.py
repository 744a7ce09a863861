"""Wall-clock times of a zone as instants, also across daylight saving. Instants are minutes since the epoch."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np

from resource_hub.matching.values.columns import Ints

DAY = 1440
_TWO_DAYS = 2 * DAY


def instants(zone: str, days: Ints, minutes: Ints) -> Ints:
    """Return when a clock in the zone shows so many minutes past midnight of a day, up to 2880 (the next day's end).

    A time that the clock skips is the moment it skips it; a time that it shows twice is the first.
    """
    days, minutes = np.broadcast_arrays(days, minutes)
    if not days.size:
        return np.zeros(days.shape, dtype=np.int64)
    first = int(days.min())
    midnights = _midnights(zone, first, int(days.max()) - first + 3)
    place = days - first
    result: Ints = midnights[place] + minutes
    odd = midnights[place + 2] - midnights[place] != _TWO_DAYS
    if odd.any():
        result[odd] = _one_by_one(zone, days[odd], minutes[odd])
    return result


def instant(zone: str, day: int, minute: int) -> int:
    """Return one instant; see `instants`."""
    place = ZoneInfo(zone)
    wall = datetime.combine(date.fromordinal(day), time()) + timedelta(minutes=minute)
    moment = wall.replace(tzinfo=place).astimezone(UTC)
    if moment.astimezone(place).replace(tzinfo=None) != wall:
        moment = wall.replace(tzinfo=place, fold=1).astimezone(UTC)
        while moment.astimezone(place).replace(tzinfo=None) < wall:
            moment += timedelta(minutes=1)
    return int(moment.timestamp()) // 60


def _one_by_one(zone: str, days: Ints, minutes: Ints) -> Ints:
    pairs, which = np.unique(np.stack([days, minutes]), axis=1, return_inverse=True)
    return np.array([instant(zone, int(day), int(minute)) for day, minute in pairs.T], dtype=np.int64)[which.ravel()]


@lru_cache(maxsize=64)
def _midnights(zone: str, first: int, count: int) -> Ints:
    return np.array([instant(zone, day, 0) for day in range(first, first + count)], dtype=np.int64)
