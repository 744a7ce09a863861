"""What rows are called, as one block of text that is read where it is looked at: a million names are no objects."""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from hashlib import blake2b
from itertools import pairwise
from typing import overload

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Listing:
    """What a row is called."""

    service_at_location_id: str
    service_id: str
    organization_id: str
    name: str
    organization: str


def key_of(service_at_location_id: str) -> int:
    """Return a stable hash of an id: what lots are drawn by and rows are found by."""
    return int.from_bytes(blake2b(service_at_location_id.encode(), digest_size=8).digest(), "big")


_PARTS = len(fields(Listing))


class Listings(Sequence[Listing]):
    """Listings of the chosen rows of a block; `ends` has the end of each part in the UTF-8 `text`."""

    def __init__(self, text: NDArray[np.uint8], ends: NDArray[np.int64], rows: NDArray[np.int64]) -> None:
        """Take a block and the rows of it that are meant."""
        self.text, self.ends, self.rows = text, ends, rows

    @classmethod
    def of(cls, listings: Iterable[Listing]) -> "Listings":
        """Write listings into a block."""
        parts = [part.encode() for listing in listings for part in astuple(listing)]
        ends = np.cumsum([0, *map(len, parts)], dtype=np.int64)
        text = np.frombuffer(b"".join(parts), dtype=np.uint8)
        return cls(text, ends, np.arange(len(parts) // _PARTS, dtype=np.int64))

    def take(self, rows: NDArray[np.int64]) -> "Listings":
        """Return the chosen rows alone, of the same block."""
        return Listings(self.text, self.ends, self.rows[rows])

    def __len__(self) -> int:
        """Return how many rows are meant."""
        return len(self.rows)

    @overload
    def __getitem__(self, place: int) -> Listing: ...
    @overload
    def __getitem__(self, place: slice) -> "Listings": ...
    def __getitem__(self, place: int | slice) -> "Listing | Listings":
        """Read one row, or choose some."""
        if isinstance(place, slice):
            return self.take(np.arange(len(self))[place])
        first = int(self.rows[place]) * _PARTS
        ends = self.ends[first : first + _PARTS + 1].tolist()
        whole = self.text[ends[0] : ends[-1]].tobytes()
        return Listing(*(whole[a - ends[0] : b - ends[0]].decode() for a, b in pairwise(ends)))
