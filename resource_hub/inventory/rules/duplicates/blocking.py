"""Which pairs of many records are worth comparing: those that share a phone, site, address, rare words or a cell."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist

from resource_hub.inventory.rules.duplicates.addresses import DIRECTIONS, KINDS
from resource_hub.inventory.rules.duplicates.fields import Entry

Pairs = NDArray[np.int64]

# A block of more records is sorted by name, and each is compared with the next ones only.
LARGEST_BLOCK, WINDOW = 40, 8
_PREFIX, _RAREST, _SHORT_NAME = 4, 3, 2
_CELLS_PER_DEGREE = 500
# Names that are less alike than this are never the same place, but for acronyms.
LEAST_ALIKE = 58.0
_AT_ONCE = 200_000
_ACRONYM = "i"


def candidates(entries: Sequence[Entry]) -> Pairs:
    """Return the pairs of places in `entries` that are worth comparing, each once, the first before the second."""
    blocks = _blocks(entries)
    kept = [_alike(entries, _unique(_pairs(blocks, entries, acronyms=False), len(entries)))]
    kept.append(_unique(_pairs(blocks, entries, acronyms=True), len(entries)))
    return np.unique(np.concatenate(kept), axis=0)


def _blocks(entries: Sequence[Entry]) -> dict[str, list[int]]:
    usual = Counter(word for entry in entries for word in set(entry.name.words))
    blocks: dict[str, list[int]] = defaultdict(list)
    for place, entry in enumerate(entries):
        for key in set(keys(entry, usual)):
            blocks[key].append(place)
    return {key: block for key, block in blocks.items() if len(block) > 1}


def keys(entry: Entry, usual: Counter[str]) -> Iterator[str]:
    """Return the blocks that a record is in; `usual` counts in how many records each word of names is."""
    rare = sorted(set(entry.name.words), key=lambda word: (usual[word], word))[:_RAREST]
    stem = rare[0][:_PREFIX] if rare else ""
    yield from (f"p{phone}" for phone in entry.phones)
    if entry.site.host and (entry.site.path or not entry.site.shared):
        yield f"w{entry.site.host}/{entry.site.path if entry.site.shared else ''}"
    if entry.street.is_known and entry.street.number:
        telling = [word for word in entry.street.words if word not in DIRECTIONS | KINDS] or entry.street.words
        yield f"a{entry.street.number} {telling[0][:_PREFIX]} {entry.zip[:3] or entry.city}"
    yield from (f"n{' '.join(sorted(two))}" for two in combinations(rare, 2))
    yield f"n{' '.join(sorted(word[:_PREFIX] for word in rare[:2]))}"
    if entry.zip and stem:
        yield f"z{entry.zip} {stem}"
    if entry.point is not None:
        yield "g{:.0f} {:.0f}".format(*(degrees * _CELLS_PER_DEGREE for degrees in entry.point))
    if entry.name.initials and len(entry.name.words) > _SHORT_NAME:
        yield from (f"{_ACRONYM}{initials}" for initials in entry.name.initials)
    if len(entry.name.words) <= _SHORT_NAME:
        yield from (f"{_ACRONYM}{word}" for word in entry.name.acronyms)


def _pairs(blocks: dict[str, list[int]], entries: Sequence[Entry], *, acronyms: bool) -> Iterator[tuple[int, int]]:
    for key, block in blocks.items():
        if key.startswith(_ACRONYM) is acronyms:
            yield from _of_block(block, entries)


def _of_block(block: list[int], entries: Sequence[Entry]) -> Iterable[tuple[int, int]]:
    if len(block) <= LARGEST_BLOCK:
        return combinations(block, 2)
    ordered = sorted(block, key=lambda place: entries[place].name.joined)
    return (
        (min(place, other), max(place, other))
        for at, place in enumerate(ordered)
        for other in ordered[at + 1 : at + 1 + WINDOW]
    )


def _unique(pairs: Iterator[tuple[int, int]], size: int) -> Pairs:
    codes = np.fromiter((one * size + other for one, other in pairs), dtype=np.int64)
    codes = np.unique(codes)
    return np.stack((codes // max(size, 1), codes % max(size, 1)), axis=1)


def _alike(entries: Sequence[Entry], pairs: Pairs) -> Pairs:
    """Leave out, many at once, what has names of nothing in common."""
    names = [" ".join(entry.name.words) for entry in entries]
    kept = []
    for start in range(0, len(pairs), _AT_ONCE):
        some = pairs[start : start + _AT_ONCE]
        one, other = [names[place] for place in some[:, 0]], [names[place] for place in some[:, 1]]
        likeness = cpdist(one, other, scorer=fuzz.token_set_ratio, score_cutoff=LEAST_ALIKE, dtype=np.uint8)
        kept.append(some[likeness > 0])
    return np.concatenate(kept) if kept else pairs
