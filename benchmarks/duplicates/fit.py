"""Fit the weights to the labelled pairs of the part `tune`, held near the weights that there are; prints them.

Run it with `python -m benchmarks.duplicates.fit PATH-OF-THE-SHARED-DATA`.
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from benchmarks.duplicates.labels import Pair, labelled
from benchmarks.duplicates.records import Fields as Raw
from resource_hub.inventory.rules.duplicates.compare import compare
from resource_hub.inventory.rules.duplicates.fields import Fields
from resource_hub.inventory.rules.duplicates.reading import read
from resource_hub.inventory.rules.duplicates.scoring import features
from resource_hub.inventory.rules.duplicates.weights import WEIGHTS

# How hard a weight is held where it is; pairs that are the same are rarer in the labels than in a queue.
HOLD, SAME_COUNTS = 0.15, 2.0
VARIANTS, LEAVE_OUT, MISSPELL = 3, 0.2, 0.3
# What sense says of a weight, whatever a small sample says: a field that is not there says nothing, and no agreement
# speaks against a pair.
BOUNDS = {
    "more": (None, -0.15), "less": (None, 0.0), "no_name": (-0.5, -0.5), "acronym": (2.0, 4.0),
    "where_same": (1.5, None), "where_not_said": (0.0, 0.0), "where_same_town": (0.2, 1.2), "where_nearly": (1.0, 2.0),
    "phone_not_said": (0.0, 0.0), "phone_same": (1.2, None), "phone_shared": (0.2, 0.8), "phone_other": (None, -0.4),
    "site_not_said": (0.0, 0.0), "site_same": (0.4, 1.5), "site_shared": (0.0, 0.3), "site_other": (-0.8, -0.4),
    "parts": (None, -1.0), "near": (1.0, 1.0),
    "away": (-2.0, -2.0), "where_other_unit": (0.0, 1.0),
}  # fmt: skip


def main(data: Path) -> None:
    """Print the fitted weights."""
    names = list(WEIGHTS)
    rows, answers, counts = [], [], []
    for pair in labelled(data, "tune"):
        for one, other, count in _variants(pair):
            found = features(compare(read(Fields(**one)), read(Fields(**other))))
            rows.append([found.get(name, 0.0) for name in names])
            answers.append(1.0 if pair.same else -1.0)
            counts.append(count * (SAME_COUNTS if pair.same else 1.0))
    weights = _fit(np.array(rows), np.array(answers), np.array(counts), np.array([WEIGHTS[name] for name in names]))
    for name, weight in zip(names, weights, strict=True):
        print(f'    "{name}": {weight:.2f},')


def _fit(rows: np.ndarray, answers: np.ndarray, counts: np.ndarray, start: np.ndarray) -> np.ndarray:
    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margin = answers * (rows @ weights)
        slope = -answers * counts / (1 + np.exp(margin))
        value = np.sum(counts * np.logaddexp(0, -margin)) + HOLD * np.sum((weights - start) ** 2)
        return value, rows.T @ slope + 2 * HOLD * (weights - start)

    bounds = [BOUNDS.get(name, (None, None)) for name in WEIGHTS]
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x)


def _variants(pair: Pair) -> Iterator[tuple[Raw, Raw, float]]:
    """Yield the pair as it is, and with fields left out and letters changed where the answer stays what it is."""
    yield pair.one, pair.other, 1.0
    chance = random.Random(f"{pair.keys}")  # noqa: S311 - the draws are not secret
    for _ in range(VARIANTS):
        one, other = dict(pair.one), dict(pair.other)
        for side in (one, other):
            for field in ("phone", "website", "postal_code"):
                if chance.random() < LEAVE_OUT:
                    side.pop(field, None)
            if pair.same and chance.random() < LEAVE_OUT:
                side.pop("address_1", None)
            if pair.same and chance.random() < MISSPELL:
                side["name"] = _misspelt(side["name"], chance)
        yield one, other, 1.0 / VARIANTS


def _misspelt(name: str, chance: random.Random) -> str:
    at = chance.randrange(len(name))
    return chance.choice((name.upper(), name + ", Inc.", "The " + name, name[:at] + name[at + 1 :]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
