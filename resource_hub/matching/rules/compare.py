"""Two lists for the same question, ranked by two policies: who moved, and by which factor most."""

from collections.abc import Mapping
from math import log

from resource_hub.matching.values.comparing import Change
from resource_hub.matching.values.ranking import Match, Ranking

_SAME = 1e-12


def changes(before: Ranking, after: Ranking, top: int) -> tuple[Change, ...]:
    """Return what differs between the first `top` of two lists, in the order of the second, then what fell out.

    The lists may be longer than `top`, so that the factors of what is only in one of the tops are known.
    """
    was, now = _places(before, top), _places(after, top)
    known = {**_by_id(before), **_by_id(after)}
    names = dict.fromkeys((*now, *was))
    moved = [name for name in names if was.get(name) != now.get(name)]
    return tuple(
        Change(known[name].listing, was.get(name), now.get(name), *_most(_by_id(before), _by_id(after), name))
        for name in moved
    )


def _places(ranking: Ranking, top: int) -> Mapping[str, int]:
    return {match.listing.service_at_location_id: place for place, match in enumerate(ranking.matches[:top], start=1)}


def _by_id(ranking: Ranking) -> Mapping[str, Match]:
    return {match.listing.service_at_location_id: match for match in ranking.matches}


def _most(
    before: Mapping[str, Match], after: Mapping[str, Match], name: str
) -> tuple[str, float, float] | tuple[None, None, None]:
    """Return the part that changed most: a factor by its ratio, the price by what it takes from the product."""
    if name not in before or name not in after:
        return None, None, None
    pairs = [
        (abs(log(new.value / old.value)), new.code, old.value, new.value)
        for old, new in zip(before[name].factors, after[name].factors, strict=True)
    ]
    old, new = before[name], after[name]
    worth = max(old.score + old.price, _SAME)
    pairs.append((abs(new.price - old.price) / worth, "price", old.price, new.price))
    size, code, value_was, value_now = max(pairs, key=lambda pair: pair[0])
    return (code, value_was, value_now) if size > _SAME else (None, None, None)
