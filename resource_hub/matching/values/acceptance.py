"""What organizations answered to requests, and what they were asked and did not answer yet, as columns."""

from dataclasses import dataclass, field

import numpy as np

from resource_hub.matching.values.columns import Floats, Ints


def _no_rows() -> Ints:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Acceptance:
    """Answers to requests for the needs that were asked for; older ones count less.

    `usual` is the market's mean share of yes for each of the needs. The long table has a line for a row and a need
    (an index into the needs asked for) with answers; a second one has a line for a row with open requests: sent, not
    yet answered, and no counted place kept for them.
    """

    usual: Floats
    row: Ints
    need: Ints
    answered: Floats
    accepted: Floats
    open_row: Ints = field(default_factory=_no_rows)
    open_count: Ints = field(default_factory=_no_rows)

    def take(self, rows: Ints) -> "Acceptance":
        """Return the chosen rows alone (each once), numbered as they are chosen."""
        place, lines = _places(rows, self.row)
        open_place, open_lines = _places(rows, self.open_row)
        return Acceptance(
            self.usual,
            place,
            self.need[lines],
            self.answered[lines],
            self.accepted[lines],
            open_place,
            self.open_count[open_lines],
        )

    def open_requests(self, rows: int) -> Floats:
        """Return how many requests are open at each of so many rows."""
        requests = np.zeros(rows)
        requests[self.open_row] = self.open_count
        return requests


def _places(rows: Ints, of: Ints) -> tuple[Ints, Ints]:
    """Return where the lines of chosen rows stand among these, and which lines they are."""
    if not len(rows):
        return _no_rows(), _no_rows()
    order = np.argsort(rows)
    place = order[np.minimum(np.searchsorted(rows[order], of), len(rows) - 1)]
    lines = np.flatnonzero(rows[place] == of)
    return place[lines], lines


@dataclass(frozen=True)
class Beliefs:
    """For each row: the mean chance of a yes, how many answers that is worth, and the answers of its own.

    `open` is how many requests there wait for an answer without a counted place.
    """

    mean: Floats
    weight: Floats
    answered: Floats
    accepted: Floats
    open: Floats
