"""Corrects a word against known words.

What is left of a word when letters are left out is hashed for all known words beforehand; a misspelt word meets the
right one in a hash, and only those few are compared letter by letter.
"""

from collections.abc import Mapping
from itertools import combinations

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from resource_hub.matching.values.columns import Ints, Words
from resource_hub.matching.values.wording import Speller

# Only the first letters are hashed; further mistakes show when words are compared.
_PREFIX, _MOST_EDITS = 7, 2
# Words of fewer letters are taken as they are; from so many on, two letters may be wrong.
SHORTEST, _TWO_FROM = 4, 8
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
# For every way to leave out up to two letters of the prefix: the places of those that stay, the last one is a blank.
_WAYS = np.array(
    [
        [place for place in range(_PREFIX) if place not in left_out] + [_PREFIX] * len(left_out)
        for edits in range(_MOST_EDITS + 1)
        for left_out in combinations(range(_PREFIX), edits)
    ],
    dtype=np.intp,
)
# So many words are hashed in one go, to bound memory.
_AT_ONCE = 8192
_POWERS = _FACTOR ** np.arange(1, _PREFIX + 1, dtype=np.uint64)


def speller(words: Mapping[str, float]) -> Speller:
    """Build a speller from normalised words and how usual each is."""
    known = sorted(word for word in words if len(word) >= SHORTEST)
    keys = _keys(known)
    owner = np.repeat(np.arange(len(known)), len(_WAYS)).astype(np.int32)
    order = np.argsort(keys.ravel(), kind="stable")
    numbers = {word: number for number, word in enumerate(known)}
    weight = np.array([words[word] for word in known], dtype=np.float64)
    ordered = keys.ravel()[order]
    # About as many drawers as hashes, so that one look finds the few that may be the same.
    shift = np.uint64(64 - max(len(ordered).bit_length(), 1))
    drawers = np.searchsorted(ordered >> shift, np.arange(2 ** (64 - int(shift)) + 1, dtype=np.uint64))
    return Speller(known, numbers, weight, ordered, owner[order], drawers, shift)


def spellings(known: Speller, word: str, limit: int = 1) -> list[tuple[str, int]]:
    """Return the known words that a word may stand for, with how many letters differ.

    The fewest come first, then the more usual. A word that is known, or too short to judge, has none.
    """
    if len(word) < SHORTEST or word in known.numbers:
        return []
    candidates = [known.words[number] for number in _candidates(known, word)]
    edits = _MOST_EDITS if len(word) >= _TWO_FROM else 1
    close = extract(word, candidates, scorer=OSA.distance, score_cutoff=edits, limit=None)
    ranked = sorted(close, key=lambda one: (one[1], one[0][0] != word[0], -known.weight[known.numbers[one[0]]], one[0]))
    return [(str(found), int(distance)) for found, distance, _place in ranked[:limit]]


def _candidates(known: Speller, word: str) -> Ints:
    keys = _keys([word])[0]
    drawer = (keys >> known.shift).astype(np.int64)
    first, sizes = known.drawers[drawer], known.drawers[drawer + 1] - known.drawers[drawer]
    places = np.repeat(first - (np.cumsum(sizes) - sizes), sizes) + np.arange(int(sizes.sum()))
    same = known.keys[places] == np.repeat(keys, sizes)
    return np.unique(known.owner[places[same]])


def _keys(words: list[str]) -> Words:
    letters = np.zeros((len(words), _PREFIX + 1), dtype=np.uint64)
    for place, word in enumerate(words):
        codes = [ord(letter) for letter in word[:_PREFIX]]
        letters[place, : len(codes)] = codes
    keys = np.empty((len(words), len(_WAYS)), dtype=np.uint64)
    for start in range(0, len(words), _AT_ONCE):
        part = letters[start : start + _AT_ONCE]
        keys[start : start + _AT_ONCE] = (part[:, _WAYS] * _POWERS).sum(axis=2, dtype=np.uint64)
    return keys
