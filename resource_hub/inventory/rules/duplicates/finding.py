"""The pairs among many records that are the same place, or worth a look."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from resource_hub.inventory.rules.duplicates.blocking import candidates
from resource_hub.inventory.rules.duplicates.compare import compare
from resource_hub.inventory.rules.duplicates.fields import Entry, Fields
from resource_hub.inventory.rules.duplicates.reading import read
from resource_hub.inventory.rules.duplicates.scoring import THRESHOLD, Scored, judge, score_entries

Watch = Callable[[Sequence[tuple[int, int]]], Iterable[tuple[int, int]]]
May = Callable[[int, int], bool]


@dataclass(frozen=True)
class FoundPair:
    """Two records by their place in what was searched, and how they were judged."""

    one: int
    other: int
    judged: Scored


def find_pairs(records: Sequence[Fields], may: May = lambda _one, _other: True, watch: Watch = iter) -> list[FoundPair]:
    """Return the pairs that are the same, the surest first. `may` says of a pair whether it is one at all."""
    entries = [read(record) for record in records]
    pairs = [(int(one), int(other)) for one, other in candidates(entries)]
    found = list(_found(entries, watch(pairs), may))
    return sorted(found, key=lambda pair: (-pair.judged.score, pair.one, pair.other))


def _found(entries: Sequence[Entry], pairs: Iterable[tuple[int, int]], may: May) -> Iterator[FoundPair]:
    for one, other in pairs:
        if score_entries(entries[one], entries[other]) >= THRESHOLD and may(one, other):
            yield FoundPair(one, other, judge(compare(entries[one], entries[other])))
