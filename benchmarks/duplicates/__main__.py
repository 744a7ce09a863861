"""Precision, recall and F1 on the labelled pairs that nothing was fitted to, beside three plain rules.

Run it with `python -m benchmarks.duplicates PATH-OF-THE-SHARED-DATA`.
"""

import re
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from rapidfuzz import fuzz

from benchmarks.duplicates.labels import Pair, labelled
from resource_hub.inventory.rules.duplicates.fields import Fields
from resource_hub.inventory.rules.duplicates.scoring import Scored, score

Rule = Callable[[Pair], bool]
BANDS = (0.0, 0.1, 0.4, 0.6, 0.9, 1.01)


def main(data: Path) -> None:
    """Print a table of the rules, and how often each band of scores was right."""
    held, tune = list(labelled(data, "held")), list(labelled(data, "tune"))
    best = max(range(50, 101), key=lambda least: _f1(tune, _sorted_words(least)))
    rules = {
        "exact name": lambda pair: _plain(pair.one["name"]) == _plain(pair.other["name"]),
        f"token_sort_ratio ≥ {best} (best on `tune`)": _sorted_words(best),
        "exact name and ZIP Code": _name_and_zip,
        "duplicates score": lambda pair: _chance(pair).same,
    }
    print(f"{len(held)} pairs, of which {sum(pair.same for pair in held)} the same")
    print("| rule | precision | recall | F1 |\n|---|---|---|---|")
    for name, rule in rules.items():
        print(f"| {name} | " + " | ".join(f"{value:.2f}" for value in _measures(held, rule)) + " |")
    for low, high in pairwise(BANDS):
        inside = [pair for pair in held if low <= _chance(pair).score < high]
        if inside:
            mean = sum(_chance(pair).score for pair in inside) / len(inside)
            share = sum(pair.same for pair in inside) / len(inside)
            print(f"scores from {low} to {min(high, 1)}: {len(inside)} pairs, mean {mean:.2f}, the same {share:.2f}")


def _chance(pair: Pair) -> Scored:
    return score(Fields(**pair.one), Fields(**pair.other))


def _sorted_words(least: float) -> Rule:
    return lambda pair: fuzz.token_sort_ratio(_plain(pair.one["name"]), _plain(pair.other["name"])) >= least


def _name_and_zip(pair: Pair) -> bool:
    first, second = pair.one.get("postal_code", "")[:5], pair.other.get("postal_code", "")[:5]
    return _plain(pair.one["name"]) == _plain(pair.other["name"]) and first == second != ""


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def _f1(pairs: list[Pair], rule: Rule) -> float:
    return _measures(pairs, rule)[2]


def _measures(pairs: list[Pair], rule: Rule) -> tuple[float, float, float]:
    said = [rule(pair) for pair in pairs]
    right = sum(one and pair.same for one, pair in zip(said, pairs, strict=True))
    precision, recall = right / max(sum(said), 1), right / max(sum(pair.same for pair in pairs), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
