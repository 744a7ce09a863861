"""What differs between two lists for one question."""

from dataclasses import dataclass

from resource_hub.matching.values.listings import Listing


@dataclass(frozen=True)
class Change:
    """One service whose place (from 1; None is not in the list) differs, and the factor that changed most, if any did.

    `price` stands among the factors where the price changed more than each of them.
    """

    listing: Listing
    was: int | None
    now: int | None
    factor: str | None = None
    value_was: float | None = None
    value_now: float | None = None
