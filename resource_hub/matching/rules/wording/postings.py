"""An inverted index in arrays: for each word the rows that have it and how much it tells about them."""

from collections.abc import Mapping, Sequence

import numpy as np

from resource_hub.matching.values.columns import Floats, Ints
from resource_hub.matching.values.wording import Places, Postings, Weights

# From the rarest word on, as many rows are looked at as leave nothing worth finding out.
_ENOUGH = 1_000
_NOWHERE = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32)


def postings(tokens: Mapping[str, int], token: Ints, row: Ints, impact: Floats, size: int) -> Postings:
    """Build the index from one line for each word and row, in any order."""
    order = np.lexsort((row, token))
    starts = np.searchsorted(token[order], np.arange(len(tokens) + 1))
    return Postings(tokens, starts, row[order].astype(np.int32), impact[order].astype(np.float32), size)


def bm25(counts: Floats, lengths: Floats, token: Ints, row: Ints, words: int, *, k1: float, b: float) -> Floats:
    """Return what each line tells (Okapi BM25): `counts` and `lengths` may be weighted by field."""
    size, average = len(lengths), max(float(lengths.mean()) if len(lengths) else 0.0, 1e-9)
    rows_with = np.bincount(token, minlength=words)
    rarity = np.log1p((size - rows_with + 0.5) / (rows_with + 0.5))
    evened = counts / (1 - b + b * lengths[row] / average)
    told: Floats = rarity[token] * evened * (k1 + 1) / (evened + k1)
    return told


def lines(index: Postings, word: str) -> tuple[Places, Weights]:
    """Return the rows that have a word, in order, and what it tells about each."""
    number = index.tokens.get(word)
    if number is None:
        return _NOWHERE
    part = slice(index.starts[number], index.starts[number + 1])
    return index.rows[part], index.impacts[part]


def score(index: Postings, asked: Mapping[str, float]) -> Floats:
    """Return one number per row: the sum of what the words tell, each by its weight."""
    total = np.zeros(index.size)
    for word, weight in asked.items():
        rows, impacts = lines(index, word)
        # A row stands once under a word, so that plain indexing adds right.
        total[rows] += weight * impacts
    return total


def search(index: Postings, words: Sequence[Mapping[str, float]], limit: int = 10) -> Ints:
    """Return the best rows, best first. Each of `words` is one word asked for, with its spellings and their weights.

    The rarest words choose the rows, the common ones only put them in order.
    """
    found = sorted((_either(index, spellings) for spellings in words), key=lambda pair: len(pair[0]))
    found = [pair for pair in found if len(pair[0])]
    if not found:
        return np.zeros(0, dtype=np.int64)
    chosen: list[Places] = []
    seen = 0
    for rows, _told in found:
        if chosen and seen + len(rows) > _ENOUGH:
            break
        chosen.append(rows)
        seen += len(rows)
    rows = chosen[0] if len(chosen) == 1 else _each_once(chosen)
    total = np.zeros(len(rows))
    for there, told in found:
        at = np.minimum(np.searchsorted(there, rows), len(there) - 1)
        total += np.where(there[at] == rows, told[at], 0)
    return rows[best(total, limit)].astype(np.int64)


def best(total: Floats, limit: int) -> Ints:
    """Return the places of the largest numbers above zero, the largest first, earlier ones first among equals."""
    size = len(total)
    top = np.arange(size) if size <= limit else np.argpartition(-total, limit - 1)[:limit]
    top = top[total[top] > 0]
    ordered: Ints = top[np.lexsort((top, -total[top]))]
    return ordered


def _each_once(sorted_lists: Sequence[Places]) -> Places:
    # A stable sort merges runs that are in order already, which is much faster than `np.unique`.
    rows = np.sort(np.concatenate(sorted_lists), kind="stable")
    first = np.ones(len(rows), dtype=np.bool_)
    np.not_equal(rows[1:], rows[:-1], out=first[1:])
    return rows[first]


def _either(index: Postings, spellings: Mapping[str, float]) -> tuple[Places, Weights]:
    found = [
        (rows, np.float32(weight) * told) for word, weight in spellings.items() for rows, told in [lines(index, word)]
    ]
    found = [pair for pair in found if len(pair[0])]
    if len(found) == 1:
        return found[0]
    if not found:
        return _NOWHERE
    rows, told = (np.concatenate(parts) for parts in zip(*found, strict=True))
    order = np.lexsort((-told, rows))
    first = np.ones(len(rows), dtype=np.bool_)
    first[1:] = rows[order][1:] != rows[order][:-1]
    return rows[order][first], told[order][first]
