"""Counts of people so small that they could tell who they are stay hidden, also from whoever subtracts."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

FEWEST_SHOWN = 11
_ZERO = 1e-9

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Adds(Generic[K]):
    """Some counts that add up to another."""

    parts: tuple[K, ...]
    total: K


def shown(counts: Mapping[K, int], sums: Sequence[Adds[K]]) -> dict[K, int | None]:
    """Return counts with None for those from 1 to 10, and for as many others as it takes that no sum gives them away.

    Nobody is 0 and is shown. Also what hidden counts add up to is 0 or at least 11 wherever a sum tells it.
    """
    hidden = {key for key, count in counts.items() if 0 < count < FEWEST_SHOWN}
    while True:
        before = len(hidden)
        for one in sums:
            hidden |= _besides(one, counts, hidden)
        if len(hidden) == before:
            given_away = _given_away(sums, hidden)
            hidden |= {key for one in sums for key in _around(one, counts, hidden, given_away)}
        if len(hidden) == before:
            return {key: None if key in hidden else count for key, count in counts.items()}


def _besides(one: Adds[K], counts: Mapping[K, int], hidden: set[K]) -> set[K]:
    """Return what else has to be hidden in a sum, so that it does not tell what is hidden there."""
    inside = [key for key in one.parts if key in hidden]
    if one.total in hidden:
        return set() if inside else _smallest(one.parts, counts, hidden)
    if not inside or (len(inside) > 1 and sum(counts[key] for key in inside) >= FEWEST_SHOWN):
        return set()
    return _smallest(one.parts, counts, hidden) or {one.total}


def _smallest(parts: Sequence[K], counts: Mapping[K, int], hidden: set[K]) -> set[K]:
    left = [key for key in parts if key not in hidden and counts[key]]
    return {min(left, key=lambda key: counts[key])} if left else set()


def _around(one: Adds[K], counts: Mapping[K, int], hidden: set[K], given_away: set[K]) -> set[K]:
    if given_away.isdisjoint((*one.parts, one.total)):
        return set()
    return _smallest((*one.parts, one.total), counts, hidden)


def _given_away(sums: Sequence[Adds[K]], hidden: set[K]) -> set[K]:
    """Return the hidden counts that all sums together leave only one value for."""
    keys = sorted(hidden, key=repr)
    place = {key: number for number, key in enumerate(keys)}
    rows = np.zeros((len(sums), len(keys)))
    for number, one in enumerate(sums):
        for key in one.parts:
            if key in place:
                rows[number, place[key]] += 1
        if one.total in place:
            rows[number, place[one.total]] -= 1
    if not keys or not len(sums):
        return set()
    _left, sizes, right = np.linalg.svd(rows)
    free = right[int((sizes > _ZERO).sum()) :]
    return {key for key in keys if not np.any(np.abs(free[:, place[key]]) > _ZERO)}
