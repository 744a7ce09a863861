"""Made-up texts of services, their words as unequal as those of a language, and questions with slips of the pen."""

from dataclasses import dataclass
from functools import lru_cache
from string import ascii_lowercase

import numpy as np

from resource_hub.matching.values import Ints

WORDS = 20_000
_ONSETS = ("b", "br", "c", "d", "f", "g", "gr", "h", "l", "m", "n", "p", "pr", "r", "s", "st", "t", "tr", "v", "w")
_NUCLEI = ("a", "e", "i", "o", "u", "ai", "ea", "oo", "ou")
_CODAS = ("", "l", "m", "n", "nd", "r", "rt", "s", "st", "t")
_SHORTEST = 5
# Words of a name and its description.
_LENGTH = 35
_ASKED = 3


@dataclass(frozen=True)
class Texts:
    """The known words, and for each text the numbers of its words."""

    words: tuple[str, ...]
    of: Ints

    def __len__(self) -> int:
        return len(self.of)

    def text(self, row: int) -> str:
        """Write a text out."""
        return " ".join(self.words[number] for number in self.of[row].tolist())

    def lines(self) -> tuple[Ints, Ints, Ints]:
        """Return for each word of each text the word's number, the text's, and how often it is there."""
        row = np.repeat(np.arange(len(self)), _LENGTH)
        pairs, count = np.unique(row * WORDS + self.of.ravel(), return_counts=True)
        return pairs % WORDS, pairs // WORDS, count


@dataclass(frozen=True)
class Question:
    """Three words of a text, one of them misspelt; what was meant; and the number of the text that is sought."""

    words: tuple[str, ...]
    meant: tuple[str, ...]
    sought: int


def texts(count: int, seed: int = 3) -> Texts:
    """Return so many texts; the share of a word falls with its number (Zipf)."""
    chance = np.random.default_rng(seed)
    shares = 1 / np.arange(10, WORDS + 10)
    return Texts(_words(seed), chance.choice(WORDS, size=(count, _LENGTH), p=shares / shares.sum()))


def questions(known: Texts, count: int, seed: int = 4) -> list[Question]:
    """Return questions for texts drawn at random: three of their words, a letter of one of them wrong."""
    chance = np.random.default_rng(seed)
    found = []
    for sought in chance.integers(len(known), size=count).tolist():
        there = {known.words[number] for number in known.of[sought].tolist()}
        words = chance.permutation(sorted(word for word in there if len(word) >= _SHORTEST))[:_ASKED].tolist()
        slipped = int(chance.integers(len(words)))
        misspelt = [*words[:slipped], slip(chance, words[slipped]), *words[slipped + 1 :]]
        found.append(Question(tuple(misspelt), tuple(words), sought))
    return found


def slip(chance: np.random.Generator, word: str) -> str:
    """Return a word with a letter left out, put in, replaced, or swapped with the next."""
    place, letter = int(chance.integers(len(word) - 1)), ascii_lowercase[int(chance.integers(26))]
    ways = (
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + letter + word[place + 1 :],
        word[:place] + word[place + 1] + word[place] + word[place + 2 :],
    )
    return ways[int(chance.integers(len(ways)))]


@lru_cache(maxsize=1)
def _words(seed: int) -> tuple[str, ...]:
    chance = np.random.default_rng(seed)
    found: dict[str, None] = {}
    while len(found) < WORDS:
        word = "".join(_syllable(chance) for _ in range(int(chance.integers(2, 4))))
        if len(word) >= _SHORTEST - 1:
            found[word] = None
    return tuple(found)


def _syllable(chance: np.random.Generator) -> str:
    onset, nucleus, coda = (int(chance.integers(len(parts))) for parts in (_ONSETS, _NUCLEI, _CODAS))
    return _ONSETS[onset] + _NUCLEI[nucleus] + _CODAS[coda]
