"""One assignment for many people at once: the greatest total, and nobody worse off than last in line.

Each case takes one unit of room at one place, or has none, which is worth zero. A worth of -inf marks what may not be.
"""

import numpy as np

from resource_hub.matching.values.columns import Floats, Ints

NONE = -1
_EQUAL = 1e-9


def in_line(worth: Floats, room: Floats) -> Ints:
    """Return the place of each case when each in turn takes the best that is left; `NONE` where nothing is worth it."""
    left, places = room.copy(), np.full(len(worth), NONE, dtype=np.int64)
    for case in range(len(worth)):
        places[case] = _best(worth[case], left)
        if places[case] != NONE:
            left[places[case]] -= 1
    return places


def last_in_line(worth: Floats, room: Floats) -> Floats:
    """Return what each case would get after all others had taken their turn in the given order."""
    found = np.zeros(len(worth))
    for case in range(len(worth)):
        others = in_line(np.delete(worth, case, axis=0), room)
        left = room - np.bincount(others[others != NONE], minlength=len(room))
        place = _best(worth[case], left)
        found[case] = 0.0 if place == NONE else worth[case, place]
    return found


def assign(worth: Floats, room: Floats) -> Ints:
    """Return the place of each case (cases × places, units of room): the greatest total, and none below its floor.

    The floor of a case is what it would get last in line. There is always an assignment: the line itself gives every
    case at least that, because whoever stands further back finds what the ones in front left, or less.

    One case after another is added along the path of changes that gains most (successive shortest paths), so that the
    total is the greatest at every step.
    """
    floor = last_in_line(worth, room)
    count, places = worth.shape
    # The last column is to have none: there is room for everybody, and those whose floor is zero may.
    table = np.column_stack([np.where(worth >= floor[:, None] - _EQUAL, worth, -np.inf), np.zeros(count)])
    table[:, places] = np.where(floor > _EQUAL, -np.inf, 0.0)
    left = np.append(np.floor(room), np.inf)
    at = np.full(count, NONE, dtype=np.int64)
    for case in range(count):
        _add(case, table, left, at)
    return np.where(at == places, NONE, at)


def _best(worth: Floats, left: Floats) -> int:
    gain = np.where(left >= 1, worth, -np.inf)
    place = int(gain.argmax()) if len(gain) else NONE
    return place if len(gain) and gain[place] > 0 else NONE


def _add(case: int, table: Floats, left: Floats, at: Ints) -> None:
    """Give a case a place, moving others where that gains most."""
    gain, moved = _paths(case, table, at)
    place = int(np.where(left >= 1, gain, -np.inf).argmax())
    left[place] -= 1
    while moved[place] != NONE:
        mover = int(moved[place])
        at[mover], place = place, int(at[mover])
    at[case] = place


def _paths(case: int, table: Floats, at: Ints) -> tuple[Floats, Ints]:
    """Return for each place what is gained when one more comes there, and who moves there to make that so.

    A case that moves leaves its place to the path before it; `NONE` is the new case itself.
    """
    gain, moved = table[case].copy(), np.full(table.shape[1], NONE, dtype=np.int64)
    seated = np.flatnonzero(at != NONE)
    if not len(seated):
        return gain, moved
    own = table[seated, at[seated]]
    for _round in range(len(seated)):
        through = gain[at[seated]][:, None] + table[seated] - own[:, None]
        best = through.argmax(axis=0)
        reached = through[best, np.arange(table.shape[1])]
        better = reached > gain + _EQUAL
        if not better.any():
            break
        gain = np.where(better, reached, gain)
        moved = np.where(better, seated[best], moved)
    return gain, moved
