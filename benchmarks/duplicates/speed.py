"""Finding the duplicates of a large directory: recall of the planted ones, pairs, memory, time beside all pairs.

Run it with `python -m benchmarks.duplicates.speed [ORGANIZATIONS]`; 100,000 if not given.
"""

import resource
import sys
import time
from itertools import combinations

from benchmarks.duplicates.directory import directory
from resource_hub.inventory.rules.duplicates.blocking import candidates
from resource_hub.inventory.rules.duplicates.fields import Entry
from resource_hub.inventory.rules.duplicates.finding import find_pairs
from resource_hub.inventory.rules.duplicates.reading import read
from resource_hub.inventory.rules.duplicates.scoring import score_entries

SAMPLE = 500


def main(size: int) -> None:
    """Print what was found, and how long it took."""
    records, planted = directory(size, size // 10)
    began = time.monotonic()
    entries = [read(record) for record in records]
    reading = time.monotonic() - began
    compared = len(candidates(entries))
    blocking = time.monotonic() - began - reading
    began = time.monotonic()
    found = {(pair.one, pair.other) for pair in find_pairs(records)}
    whole = time.monotonic() - began
    print(f"{size} organizations: {compared} pairs compared, of {size * (size - 1) // 2}")
    print(f"planted {len(planted)}, found {len(planted & found)} ({len(planted & found) / len(planted):.1%})")
    print(f"other pairs found: {len(found - planted)}")
    print(f"read {reading:.1f} s, blocked {blocking:.1f} s, all of it {whole:.1f} s")
    print(f"all pairs would take {_naive(entries[:SAMPLE]) * size * (size - 1) / 2 / whole:.0f} times as long")
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def _naive(entries: list[Entry]) -> float:
    """Return the seconds that a pair takes when every pair of a sample is compared."""
    began = time.monotonic()
    for one, other in combinations(entries, 2):
        score_entries(one, other)
    return (time.monotonic() - began) / (len(entries) * (len(entries) - 1) / 2)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
