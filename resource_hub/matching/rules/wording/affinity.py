"""How much a service is there for a term or a need, judged by its words, and by the terms it carries."""

from collections.abc import Mapping, Sequence

import numpy as np

from resource_hub.core.codes import NEEDS
from resource_hub.matching.rules.wording.postings import postings
from resource_hub.matching.rules.wording.reading import Lines
from resource_hub.matching.values.columns import Floats, Ints
from resource_hub.matching.values.wording import Lexicon, Phrase, Postings, Text

# A wider term is answered in this share by what answers a part of it.
_PART = 0.4
# Among so many services one stands for the best that words alone can say; less than this is never the best.
_BEST_OF, _LEAST = 0.995, 4.0
# What a label is worth beside words that say everything: a term, and one that it lies within.
_CARRIED, _WIDER = 1.5, 1.2
_NOTHING = 0.02
_POWER = 1.5


def terms(lexicon: Lexicon, phrases: Sequence[Phrase], found: Lines, texts: Sequence[Text]) -> Postings:
    """Return for each term the services that are there for it and how much, from 0 to 1.

    `found` has what each phrase tells of each service. Terms are named in lower case.
    """
    names = _names(lexicon, texts)
    size = len(texts)
    shown = [[(names[name], weight) for name, weight in lexicon.evidence.get(phrase, {}).items()] for phrase in phrases]
    shown = [
        pairs or [(names[name], 1.0) for name in [" ".join(phrase)] if name in names]
        for pairs, phrase in zip(shown, phrases, strict=True)
    ]
    term, row, told = _spread(shown, found, size)
    term, row, told = _with_parts(lexicon, names, (term, row, told), size)
    told = np.minimum(told / _best(term, told, len(names), size)[term], 1.0)
    labels = _labels(names, texts)
    term, row = (np.concatenate(pair) for pair in zip((term, row), labels[:2], strict=True))
    term, row, told = _together(term, row, np.concatenate([told, labels[2]]), size)
    kept = told > _NOTHING
    return postings(names, term[kept], row[kept], told[kept] / (1 + _CARRIED), size)


def needs(lexicon: Lexicon, affinity: Postings, texts: Sequence[Text]) -> Postings:
    """Return for each need the services that are there for it, from 0 to 1: by their terms, and as written down."""
    number = {need: place for place, need in enumerate(NEEDS)}
    answers = [
        [(number[need], weight**_POWER) for need, weight in lexicon.needs.get(name, {}).items()]
        for name in affinity.tokens
    ]
    term = np.repeat(np.arange(len(affinity.tokens)), np.diff(affinity.starts))
    lines = Lines(term, affinity.rows.astype(np.int64), affinity.impacts.astype(np.float64))
    need, row, told = _spread(answers, lines, affinity.size, power=2.0)
    written = [
        (number[code], place, (_CARRIED / (1 + _CARRIED) * weight**_POWER) ** 2)
        for place, text in enumerate(texts)
        for code, weight in text.needs
        if code in number
    ]
    if written:
        more = np.array(written, dtype=np.float64).T
        need, row = np.concatenate([need, more[0].astype(np.int64)]), np.concatenate([row, more[1].astype(np.int64)])
        need, row, told = _together(need, row, np.concatenate([told, more[2]]), affinity.size)
    return postings(number, need, row, np.minimum(np.sqrt(told), 1.0), affinity.size)


def _names(lexicon: Lexicon, texts: Sequence[Text]) -> dict[str, int]:
    names = {name for shown in lexicon.evidence.values() for name in shown} | set(lexicon.parts)
    names |= {name.casefold() for text in texts for line in text.terms for name in line}
    return {name: number for number, name in enumerate(sorted(names))}


def _spread(
    pairs: Sequence[Sequence[tuple[int, float]]], found: Lines, size: int, power: float = 1.0
) -> tuple[Ints, Ints, Floats]:
    """Turn each line into one for each of its number's pairs, then add up what falls together."""
    sizes = np.array([len(group) for group in pairs], dtype=np.int64)
    target = np.array([number for group in pairs for number, _weight in group], dtype=np.int64)
    weight = np.array([value for group in pairs for _number, value in group], dtype=np.float64)
    times = sizes[found.number]
    # Place of each copy among the pairs of its line's number.
    first = np.repeat((np.cumsum(sizes) - sizes)[found.number] - (np.cumsum(times) - times), times)
    at = first + np.arange(int(times.sum()))
    told = (np.repeat(found.count, times) * weight[at]) ** power
    return _together(target[at], np.repeat(found.row, times), told, size)


def _together(number: Ints, row: Ints, told: Floats, size: int) -> tuple[Ints, Ints, Floats]:
    keys, place = np.unique(number * size + row, return_inverse=True)
    total = np.bincount(place, weights=told, minlength=len(keys)).astype(np.float64)
    return keys // max(size, 1), keys % max(size, 1), total


def _with_parts(
    lexicon: Lexicon, names: Mapping[str, int], lines: tuple[Ints, Ints, Floats], size: int
) -> tuple[Ints, Ints, Floats]:
    term, row, told = lines
    starts = np.searchsorted(term, np.arange(len(names) + 1))
    extra: list[tuple[Ints, Ints, Floats]] = [lines]
    for whole, parts in lexicon.parts.items():
        best = np.zeros(size)
        for part in parts:
            span = slice(starts[names[part]], starts[names[part] + 1])
            best[row[span]] = np.maximum(best[row[span]], told[span])
        rows = np.flatnonzero(best)
        extra.append((np.full(len(rows), names[whole]), rows, _PART * best[rows]))
    terms, rows, values = (np.concatenate(column) for column in zip(*extra, strict=True))
    return _together(terms, rows, values, size)


def _best(term: Ints, told: Floats, count: int, size: int) -> Floats:
    """Return what the best services of each term reach: a high quantile over all of the market."""
    best = np.full(count, _LEAST)
    starts = np.searchsorted(term, np.arange(count + 1))
    from_top = int((1 - _BEST_OF) * size)
    for number in range(count):
        reached = told[starts[number] : starts[number + 1]]
        if len(reached) > from_top:
            best[number] = max(_LEAST, float(np.partition(reached, -1 - from_top)[-1 - from_top]))
    return best


def _labels(names: Mapping[str, int], texts: Sequence[Text]) -> tuple[Ints, Ints, Floats]:
    worth: dict[tuple[int, int], float] = {}
    for row, text in enumerate(texts):
        for line in text.terms:
            for up, name in enumerate(line):
                key = names[name.casefold()], row
                worth[key] = max(worth.get(key, 0.0), _WIDER if up else _CARRIED)
    keys = np.array(list(worth), dtype=np.int64).reshape(-1, 2)
    return keys[:, 0], keys[:, 1], np.array(list(worth.values()), dtype=np.float64)
