"""What organizations answered to requests, as columns."""

from dataclasses import dataclass

import numpy as np

from resource_hub.matching.values.columns import Floats, Ints


@dataclass(frozen=True)
class Acceptance:
    """Answers to requests for the needs that were asked for; older ones count less.

    `usual` is the market's mean share of yes for each of the needs. The long table has a line for a row and a need
    (an index into the needs asked for) with answers.
    """

    usual: Floats
    row: Ints
    need: Ints
    answered: Floats
    accepted: Floats

    def take(self, rows: Ints) -> "Acceptance":
        """Return the chosen rows alone (each once), numbered as they are chosen."""
        order = np.argsort(rows)
        place = np.searchsorted(rows[order], self.row)
        place = order[np.minimum(place, len(rows) - 1)] if len(rows) else np.zeros_like(self.row)
        lines = np.flatnonzero(rows[place] == self.row) if len(rows) else np.zeros(0, dtype=np.int64)
        return Acceptance(self.usual, place[lines], self.need[lines], self.answered[lines], self.accepted[lines])


@dataclass(frozen=True)
class Beliefs:
    """For each row: the mean chance of a yes, how many answers that is worth, and the answers of its own."""

    mean: Floats
    weight: Floats
    answered: Floats
    accepted: Floats
