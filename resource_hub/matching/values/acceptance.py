"""What organizations answered to requests, and what they were asked and did not answer yet, as columns."""

from dataclasses import dataclass, field

import numpy as np

from resource_hub.matching.values.columns import Floats, Ints
from resource_hub.matching.values.outcomes import Outcomes
from resource_hub.matching.values.picking import no_rows, places


@dataclass(frozen=True)
class Acceptance:
    """Answers to requests for the needs that were asked for; older ones count less.

    `usual` is the market's mean share of yes for each of the needs. The long table has a line for a row and a need
    (an index into the needs asked for) with answers; a second one has a line for a row with open requests: sent, not
    yet answered, and no counted place kept for them. `outcomes` is what came of those that were answered.
    """

    usual: Floats
    row: Ints
    need: Ints
    answered: Floats
    accepted: Floats
    open_row: Ints = field(default_factory=no_rows)
    open_count: Ints = field(default_factory=no_rows)
    outcomes: Outcomes | None = None

    def take(self, rows: Ints) -> "Acceptance":
        """Return the chosen rows alone (each once), numbered as they are chosen."""
        place, lines = places(rows, self.row)
        open_place, open_lines = places(rows, self.open_row)
        return Acceptance(
            self.usual,
            place,
            self.need[lines],
            self.answered[lines],
            self.accepted[lines],
            open_place,
            self.open_count[open_lines],
            self.outcomes.take(rows) if self.outcomes else None,
        )

    def open_requests(self, rows: int) -> Floats:
        """Return how many requests are open at each of so many rows."""
        requests = np.zeros(rows)
        requests[self.open_row] = self.open_count
        return requests


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
