"""The labelled pairs: keys of places in the shared material, and whether a person said that they are the same."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.duplicates.records import Fields, read_all

LABELS = Path(__file__).with_name("labels.csv")


@dataclass(frozen=True)
class Pair:
    """A labelled pair with its fields."""

    keys: tuple[str, str]
    one: Fields
    other: Fields
    same: bool


def labelled(data: Path, part: str) -> Iterator[Pair]:
    """Return the pairs of a part: `tune`, which the weights are fitted to, or `held`, which they are not."""
    places = read_all(data)
    with LABELS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["part"] == part:
                keys = row["a"], row["b"]
                yield Pair(keys, places[keys[0]], places[keys[1]], row["label"] == "same")
