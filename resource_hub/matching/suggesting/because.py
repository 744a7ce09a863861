"""The words of a listing that spoke most for a need, as they are written there."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from resource_hub.core.codes import NEEDS
from resource_hub.matching.rules.wording.normal import normalise, stem
from resource_hub.matching.suggesting.features import Features
from resource_hub.matching.values.columns import Floats
from resource_hub.matching.values.wording import Lexicon, Phrase, Text

MOST_WORDS = 5
_LONGEST_PHRASE = 5
_CERTAIN = 1.0


def because(known: Features, weights: Floats, row: int, text: Text, ours: Mapping[Phrase, float]) -> tuple[str, ...]:
    """Return up to five words or phrases of a text that speak for a need, those that speak most first.

    `weights` are the need's, `ours` the phrases that speak for it in our own vocabulary.
    """
    written = list(_written(text))
    found = [phrase for phrase, _weight in sorted(_phrases(written, ours), key=lambda pair: -pair[1])]
    line = known.matrix[row]
    spoken = line.data * weights[line.indices]
    words = dict(_surface(written))
    for place in np.argsort(-spoken, kind="stable"):
        number = line.indices[place]
        if spoken[place] <= 0 or len(found) >= 2 * MOST_WORDS:
            break
        if number < len(known.words) and known.words[number] in words:
            found.append(words[known.words[number]])
    return tuple(_distinct(found))[:MOST_WORDS]


def phrases_for(lexicon: Lexicon) -> Mapping[str, Mapping[Phrase, float]]:
    """Return for each need the phrases of a listing that speak for it in our vocabulary, with their weights."""
    spoken: dict[str, dict[Phrase, float]] = {need: {} for need in NEEDS}
    for phrase, shown in lexicon.evidence.items():
        for term, weight in shown.items():
            for need, answers in lexicon.needs.get(term, {}).items():
                if weight == _CERTAIN:
                    spoken[need][phrase] = max(answers, spoken[need].get(phrase, 0.0))
    return spoken


def _written(text: Text) -> Iterator[Sequence[str]]:
    for field in (text.name, text.keywords, text.description, text.whom, text.organization):
        words = normalise(field).split()
        if words:
            yield words


def _surface(written: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Yield each word and pair of words without plural, with how it is written; the first way of writing counts."""
    for size in (1, 2):
        for words in reversed(written):
            for start in reversed(range(len(words) - size + 1)):
                part = words[start : start + size]
                yield " ".join(stem(word) for word in part), " ".join(part)


def _phrases(written: Sequence[Sequence[str]], ours: Mapping[Phrase, float]) -> Iterator[tuple[str, float]]:
    for words in written:
        plain = [stem(word) for word in words]
        for start in range(len(plain)):
            for size in range(1, _LONGEST_PHRASE + 1):
                weight = ours.get(tuple(plain[start : start + size]))
                if weight and start + size <= len(plain):
                    yield " ".join(words[start : start + size]), weight * size


def _distinct(found: Sequence[str]) -> Iterator[str]:
    said: list[str] = []
    for words in found:
        if not any(f" {words} " in f" {other} " for other in said):
            said.append(words)
            yield words
