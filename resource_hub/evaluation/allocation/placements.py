"""Invented instances that look like a year of refugee placement: families, affiliates, the chance of finding work.

What they copy from published descriptions of such data: some places are better for nearly everybody; a family's worth
is the sum over its adults, while its size takes room; families come in waves of one background, and each background
may go to some of the places only; the past year is larger or smaller than this one, and not quite like it.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from resource_hub.evaluation.allocation.instance import Instance
from resource_hub.matching.values.allocation import Cases
from resource_hub.matching.values.columns import Bools, Floats

# Shares of families with one member, two, and so on.
_SIZES = (0.50, 0.10, 0.10, 0.10, 0.09, 0.07, 0.03, 0.01)
_BACKGROUNDS = 12
_MOST_ADULTS = 2

Rng: TypeAlias = np.random.Generator


@dataclass(frozen=True)
class Family:
    """A kind of instance. `load` is room over what arrivals ask for; `wave` how often the background stays the same.

    `drift` is how much of this year's mix is new, `tied` the share of cases that may go to one place only.
    """

    places: int = 20
    past: int = 450
    now: int = 400
    load: float = 1.05
    wave: float = 0.0
    drift: float = 0.0
    tied: float = 0.0
    spread: float = 0.6
    singles: bool = False


FAMILIES = {
    "office": Family(),
    "waves": Family(wave=0.85),
    "drift": Family(wave=0.7, drift=0.6),
    "exactly full": Family(past=450, now=330, load=1.0, wave=0.7, drift=0.4),
    "growing": Family(past=330, now=450, load=1.0, wave=0.7, drift=0.4),
    "shrinking": Family(past=700),
    "small": Family(places=12, past=200, now=200),
    "large": Family(places=40, past=1000, now=1000),
    "single people": Family(places=26, past=800, now=800, load=1.0, singles=True),
    "tied": Family(tied=0.4),
    "one star": Family(spread=1.2),
    "half the room": Family(load=0.5),
    "four years of history": Family(past=1600),
    "a short history": Family(past=100),
    "no history": Family(past=0),
    "plenty": Family(load=1.4),
}


def make(name: str, seed: int) -> Instance:
    """Return an instance of a family of `FAMILIES`, the same for the same seed."""
    family, rng = FAMILIES[name], np.random.default_rng([seed, list(FAMILIES).index(name)])
    quality = rng.normal(0, family.spread, family.places) + rng.normal(0, 0.35, (_BACKGROUNDS, family.places))
    level = rng.normal(-0.3, 0.7, (_BACKGROUNDS, 1))
    open_to = _open_to(family, rng)
    mix = rng.dirichlet(np.full(_BACKGROUNDS, 0.8))
    new = (1 - family.drift) * mix + family.drift * rng.dirichlet(np.full(_BACKGROUNDS, 0.8))
    past = _cases(family, family.past, mix, (quality + level, open_to), rng)
    now = _cases(family, family.now, new, (quality + level, open_to), rng)
    shares = rng.gamma(2.0, 1.0, family.places)
    room = rng.multinomial(round(family.load * now.sizes.sum()), shares / shares.sum()).astype(np.float64)
    return Instance(tuple(f"place {number}" for number in range(family.places)), room, past, now)


def _open_to(family: Family, rng: Rng) -> Bools:
    share = rng.choice([1.0, 0.85, 0.6, 0.3], (_BACKGROUNDS, 1), p=[0.35, 0.3, 0.2, 0.15])
    found = rng.random((_BACKGROUNDS, family.places)) < share
    found[np.arange(_BACKGROUNDS), rng.integers(family.places, size=_BACKGROUNDS)] = True
    return found


def _cases(family: Family, count: int, mix: Floats, world: tuple[Floats, Bools], rng: Rng) -> Cases:
    chances, open_to = world
    background = _backgrounds(family, count, mix, rng)
    sizes = np.ones(count) if family.singles else rng.choice(len(_SIZES), count, p=_SIZES) + 1.0
    adults = np.minimum(sizes, _MOST_ADULTS)
    own = rng.normal(0, 0.5, (count, 1)) + rng.normal(0, 0.25, (count, family.places))
    worth = adults[:, None] / (1 + np.exp(-(chances[background] + own)))
    allowed = open_to[background]
    tied = np.flatnonzero(rng.random(count) < family.tied)
    allowed[tied] = False
    allowed[tied, rng.integers(family.places, size=len(tied))] = True
    return Cases(np.where(allowed, worth, -np.inf), sizes.astype(np.float64))


def _backgrounds(family: Family, count: int, mix: Floats, rng: Rng) -> list[int]:
    found: list[int] = []
    for drawn in rng.choice(_BACKGROUNDS, count, p=mix).tolist():
        found.append(found[-1] if found and rng.random() < family.wave else drawn)
    return found
