"""Cases that want places, and the worth of each place to each of them."""

from dataclasses import dataclass

import numpy as np

from resource_hub.matching.values.columns import Floats


@dataclass(frozen=True)
class Cases:
    """One line per case: its worth at each place (-inf where it may not go) and the units of room that it takes."""

    worth: Floats
    sizes: Floats

    def __len__(self) -> int:
        """Return how many cases there are."""
        return len(self.sizes)

    def first(self, count: int) -> "Cases":
        """Return the first so many cases."""
        return Cases(self.worth[:count], self.sizes[:count])

    def then(self, later: "Cases") -> "Cases":
        """Return these cases and then the later ones."""
        return Cases(np.vstack([self.worth, later.worth]), np.concatenate([self.sizes, later.sizes]))
