"""What was learnt about scarce places."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Learnt:
    """The price of each place of a market whose room is counted, by service_at_location, and from how many cases."""

    market_id: str
    prices: Mapping[str, float]
    cases: int
