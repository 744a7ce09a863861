"""Lines of a long table, when rows of the table that it goes with are chosen."""

import numpy as np

from resource_hub.matching.values.columns import Ints


def no_rows() -> Ints:
    """Return no rows at all."""
    return np.zeros(0, dtype=np.int64)


def places(rows: Ints, of: Ints) -> tuple[Ints, Ints]:
    """Return where the lines of chosen rows stand among these, and which lines they are."""
    if not len(rows):
        return no_rows(), no_rows()
    order = np.argsort(rows)
    place = order[np.minimum(np.searchsorted(rows[order], of), len(rows) - 1)]
    lines = np.flatnonzero(rows[place] == of)
    return place[lines], lines
