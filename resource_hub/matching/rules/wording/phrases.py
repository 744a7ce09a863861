"""Phrases of several words, looked for in a row of words."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from resource_hub.matching.values.wording import Phrase, Phrasebook


class Hit(NamedTuple):
    """Phrase `number` stands from word `start` up to `end`."""

    number: int
    start: int
    end: int


def phrasebook(phrases: Iterable[Phrase]) -> Phrasebook:
    """Order phrases for looking them up; the number of a phrase is its place."""
    book: dict[Phrase, list[tuple[Phrase, int]]] = {}
    for number, phrase in enumerate(phrases):
        if phrase:
            book.setdefault(phrase[:2], []).append((phrase, number))
    return book


def hits(book: Phrasebook, words: Sequence[str]) -> Iterator[Hit]:
    """Yield every phrase that stands in the words, also within a longer one."""
    for start, word in enumerate(words):
        for phrase, number in book.get((word,), ()):
            yield Hit(number, start, start + len(phrase))
    for start, pair in enumerate(pairwise(words)):
        for phrase, number in book.get(pair, ()):
            end = start + len(phrase)
            if len(phrase) == len(pair) or tuple(words[start:end]) == phrase:
                yield Hit(number, start, end)


def longest(found: Iterable[Hit]) -> list[Hit]:
    """Keep the longest phrases: none that lies within, or overlaps, a longer or earlier one."""
    kept: list[Hit] = []
    taken: set[int] = set()
    for hit in sorted(found, key=lambda hit: (hit.start - hit.end, hit.start)):
        span = set(range(hit.start, hit.end))
        if not span & taken:
            kept.append(hit)
            taken |= span
    return sorted(kept, key=lambda hit: hit.start)
