"""Reads the texts of a market into lines of numbers: which words and phrases stand in which service, how often."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from resource_hub.matching.rules.wording.normal import normalise, stem
from resource_hub.matching.rules.wording.phrases import hits, longest
from resource_hub.matching.values.columns import Floats, Ints
from resource_hub.matching.values.wording import Phrasebook, Text

# How much a word counts by where it stands.
NAME, KEYWORDS, DESCRIPTION, ORGANIZATION, WHOM, ASIDE = 3.0, 2.0, 1.0, 1.0, 0.5, 0.1
# What lies within a longer phrase: "day care" in "adult day care".
_WITHIN = 0.4
_BREAK = re.compile(r"[.;\n•*]+\s")
# What an organization asks for is not what it gives.
_ASIDE = re.compile(r"\b(donat|volunteer|wheelchair accessib|not provide|does not)", re.IGNORECASE)


@dataclass(frozen=True)
class Lines:
    """One line for each word (or phrase) and service: its number, the service's, and how often, weighted by field."""

    number: Ints
    row: Ints
    count: Floats


@dataclass(frozen=True)
class Read:
    """Texts as numbers. `shown` is how a word is written most often; `lengths` are in weighted words."""

    tokens: Mapping[str, int]
    shown: Mapping[str, str]
    words: Lines
    phrases: Lines
    lengths: Floats


def read(texts: Sequence[Text], book: Phrasebook) -> Read:
    """Read every text once."""
    tokens: dict[str, int] = {}
    stemmed: dict[str, str] = {}
    shown: dict[str, Counter[str]] = defaultdict(Counter)
    words: list[dict[int, float]] = []
    phrases: list[dict[int, float]] = []
    for text in texts:
        counts: dict[int, float] = defaultdict(float)
        found: dict[int, float] = defaultdict(float)
        for part, weight in fields(text):
            surface = normalise(part).split()
            row = [stemmed[word] if word in stemmed else stemmed.setdefault(word, stem(word)) for word in surface]
            for word, token in zip(surface, row, strict=True):
                counts[tokens.setdefault(token, len(tokens))] += weight
                shown[token][word] += 1
            for number, share in _phrases(book, row):
                found[number] += weight * share
        words.append(counts)
        phrases.append(found)
    usual = {token: forms.most_common(1)[0][0] for token, forms in shown.items()}
    lengths = np.array([sum(counts.values()) for counts in words], dtype=np.float64)
    return Read(tokens, usual, _lines(words), _lines(phrases), lengths)


def fields(text: Text) -> Iterator[tuple[str, float]]:
    """Yield the parts of a text, each with how much its words count."""
    yield text.name, NAME
    yield text.organization, ORGANIZATION
    for keyword in text.keywords.splitlines():
        yield keyword, KEYWORDS
    yield text.whom, WHOM
    for sentence in _BREAK.split(text.description):
        yield sentence, ASIDE if _ASIDE.search(sentence) else DESCRIPTION


def _phrases(book: Phrasebook, words: list[str]) -> Iterator[tuple[int, float]]:
    found = list(hits(book, words))
    whole = set(longest(found)) if len(found) > 1 else set(found)
    for hit in found:
        yield hit.number, 1.0 if hit in whole else _WITHIN


def _lines(rows: Sequence[Mapping[int, float]]) -> Lines:
    sizes = [len(counts) for counts in rows]
    number = np.fromiter((key for counts in rows for key in counts), dtype=np.int64, count=sum(sizes))
    count = np.fromiter((value for counts in rows for value in counts.values()), dtype=np.float64, count=sum(sizes))
    return Lines(number, np.repeat(np.arange(len(rows)), sizes), count)
