"""Made-up names of made-up words, as unequal as those of a language, and questions with slips of the pen."""

from dataclasses import dataclass
from functools import lru_cache
from string import ascii_lowercase

import numpy as np

from resource_hub.matching.values import Ints

WORDS = 20_000
_ONSETS = (
    "b",
    "br",
    "c",
    "ch",
    "d",
    "f",
    "g",
    "gr",
    "h",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
    "w",
)
_NUCLEI = ("a", "e", "i", "o", "u", "ai", "ea", "oo", "ou")
_CODAS = ("", "l", "m", "n", "nd", "r", "rt", "s", "st", "t")
_SHORTEST = 5
_LENGTHS = (3, 4, 5, 6)


@dataclass(frozen=True)
class Question:
    """Two words of a name, one of them misspelt, and the number of the name that is sought."""

    words: tuple[str, ...]
    sought: int


def names(count: int, seed: int = 3) -> list[tuple[str, ...]]:
    """Return so many names, each as its words; the share of a word falls with its number (Zipf)."""
    chance = np.random.default_rng(seed)
    words = np.array(_words(seed))
    shares = 1 / np.arange(10, WORDS + 10)
    drawn = chance.choice(WORDS, size=(count, max(_LENGTHS)), p=shares / shares.sum())
    lengths = chance.choice(_LENGTHS, size=count)
    return [tuple(words[row[:length]].tolist()) for row, length in zip(drawn, lengths, strict=True)]


def questions(of: list[tuple[str, ...]], count: int, seed: int = 4) -> list[Question]:
    """Return questions for names drawn at random: their two rarest words, a letter of one of them wrong."""
    chance = np.random.default_rng(seed)
    usual: dict[str, int] = {}
    for name in of:
        for word in set(name):
            usual[word] = usual.get(word, 0) + 1
    found: list[Question] = []
    while len(found) < count:
        sought = int(chance.integers(len(of)))
        rarest = sorted({word for word in of[sought] if len(word) >= _SHORTEST}, key=lambda word: usual[word])[:2]
        if len(rarest) > 1:
            slipped = int(chance.integers(2))
            words = [slip(chance, word) if place == slipped else word for place, word in enumerate(rarest)]
            found.append(Question(tuple(words), sought))
    return found


def slip(chance: np.random.Generator, word: str) -> str:
    """Return a word with a letter left out, doubled by another, replaced, or swapped with the next."""
    place, letter = int(chance.integers(len(word) - 1)), ascii_lowercase[int(chance.integers(26))]
    ways = (
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + letter + word[place + 1 :],
        word[:place] + word[place + 1] + word[place] + word[place + 2 :],
    )
    return ways[int(chance.integers(len(ways)))]


@lru_cache(maxsize=1)
def _words(seed: int) -> list[str]:
    chance = np.random.default_rng(seed)
    found: dict[str, None] = {}
    while len(found) < WORDS:
        syllables = [_syllable(chance) for _ in range(int(chance.integers(2, 4)))]
        word = "".join(syllables)
        if len(word) >= _SHORTEST - 1:
            found[word] = None
    return list(found)


def _syllable(chance: np.random.Generator) -> str:
    onset, nucleus, coda = (int(chance.integers(len(parts))) for parts in (_ONSETS, _NUCLEI, _CODAS))
    return _ONSETS[onset] + _NUCLEI[nucleus] + _CODAS[coda]


def lines_of(of: list[tuple[str, ...]]) -> tuple[dict[str, int], Ints, Ints, Ints]:
    """Return the words by number, and for each word of each name its number, its name's, and how often it is there."""
    numbers: dict[str, int] = {}
    lines = [
        (numbers.setdefault(word, len(numbers)), row, name.count(word))
        for row, name in enumerate(of)
        for word in dict.fromkeys(name)
    ]
    token, row, count = np.array(lines, dtype=np.int64).T
    return numbers, token, row, count
