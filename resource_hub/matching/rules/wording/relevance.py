"""How well each service answers what was understood: its words, the terms it is there for, the needs it answers."""

from collections.abc import Mapping

import numpy as np

from resource_hub.matching.rules.wording.postings import lines, score
from resource_hub.matching.values.columns import Floats
from resource_hub.matching.values.wording import Postings, Understood, Wording

# What each of the three counts in full. Tuned on one city of the benchmark, kept for the others.
_WORDS, _TERMS, _NEEDS = 0.6, 1.0, 0.4
# A best that is weaker than this is not lifted to the full weight.
_LIFTED = 0.1
# Above 1 it spreads the better answers, so that what else the ranking knows puts only near-equals in another order.
_SHARP = 1.5
# Below this share of the best a service is no answer.
_LEAST = 0.05


def relevance(wording: Wording, asked: Understood) -> Floats:
    """Return one number per service: 1 is the best answer of the market, 0 is none."""
    parts = (
        (_WORDS, score(wording.words, asked.words), 0.0),
        (_TERMS, _together(wording.terms, asked.terms), _LIFTED),
        (_NEEDS, _together(wording.needs, asked.needs), _LIFTED),
    )
    total = np.zeros(len(wording.services))
    for weight, told, least in parts:
        best = max(float(told.max(initial=0.0)), least)
        if best > 0:
            total += weight * told / best
    best = float(total.max(initial=0.0))
    if best == 0:
        return total
    share = (total / best) ** _SHARP
    return np.where(share < _LEAST, 0.0, share)


def mentioned(wording: Wording, asked: Understood, place: int, limit: int = 4) -> tuple[str, ...]:
    """Return what stands in a service's listing and was asked for, what tells most first, as it is written."""
    told = {wording.shown[word]: weight * _at(wording.words, word, place) for word, weight in asked.words.items()}
    for name, weight in asked.terms.items():
        for phrase, written in wording.showing.get(name, ()):
            told[written] = max(told.get(written, 0.0), weight * _at(wording.phrases, phrase, place))
    found: list[str] = []
    for written in sorted(told, key=lambda written: (-told[written], written)):
        # What lies within a phrase that is named already is not named again.
        if told[written] > 0 and not any(written in other or other in written for other in found):
            found.append(written)
    return tuple(found[:limit])


def _together(index: Postings, asked: Mapping[str, float]) -> Floats:
    """Add the squares, so that one strong answer counts more than several weak ones."""
    total = np.zeros(index.size)
    for name, weight in asked.items():
        rows, told = lines(index, name)
        total[rows] += (weight * told) ** 2
    combined: Floats = np.sqrt(total)
    return combined


def _at(index: Postings, name: str, place: int) -> float:
    rows, told = lines(index, name)
    at = int(np.searchsorted(rows, place))
    return float(told[at]) if at < len(rows) and rows[at] == place else 0.0
