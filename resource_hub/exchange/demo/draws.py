"""Chance that is the same everywhere: what is drawn depends only on the name of the draw."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")

_BYTES = 8


class Draws:
    """The draws for one thing, for instance one service; each is named, and none depends on another."""

    def __init__(self, *names: str) -> None:
        """Take the names of the thing, from the widest to the narrowest."""
        self._names = names

    def fraction(self, name: str) -> float:
        """Draw a number from 0 up to, not including, 1."""
        digest = sha256("\x1f".join((*self._names, name)).encode()).digest()
        return int.from_bytes(digest[:_BYTES]) / float(1 << 8 * _BYTES)

    def chance(self, name: str, probability: float) -> bool:
        """Draw whether something is so."""
        return self.fraction(name) < probability

    def number(self, name: str, low: int, high: int) -> int:
        """Draw a whole number from low to high, both of them included."""
        return low + int(self.fraction(name) * (high - low + 1))

    def pick(self, name: str, options: Sequence[T]) -> T:
        """Draw one of several."""
        return options[self.number(name, 0, len(options) - 1)]

    def some(self, name: str, options: Sequence[T], count: int) -> list[T]:
        """Draw so many different ones, in the order they are given."""
        best = sorted(range(len(options)), key=lambda place: self.fraction(f"{name}/{place}"))[:count]
        return [options[place] for place in sorted(best)]

    def weighted(self, name: str, weights: Mapping[T, float]) -> T:
        """Draw one of several by their weights."""
        left = self.fraction(name) * sum(weights.values())
        for option, weight in weights.items():
            left -= weight
            if left < 0:
                return option
        return next(reversed(list(weights)))
