"""The lists that are compared: ours, BM25, all words, the nearest."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from math import log

import numpy as np
import numpy.typing as npt

from benchmarks.relevance.city import AT, City
from benchmarks.relevance.judging import FIRST, Rank
from resource_hub.core.geography import find_postal_code
from resource_hub.matching.finding import find
from resource_hub.matching.queries import columns_of
from resource_hub.matching.rules.wording.normal import normalise
from resource_hub.matching.values import Query
from resource_hub.matching.values.wording import Text

K1, B = 1.2, 0.75

Scores = npt.NDArray[np.float64]


def ours(city: City) -> Rank:
    """Rank as `resource-hub find` does, the whole formula applied."""
    query = Query((), AT, limit=FIRST * 2)

    def rank(words: str) -> Sequence[str]:
        found = find(city.session, city.market, words, replace(query))
        return list(dict.fromkeys(match.listing.service_id for match in found.ranking.matches))

    return rank


def bm25(city: City) -> Rank:
    """Rank by Okapi BM25 over all words of a listing (k1 1.2, b 0.75, no stemming, no stop words)."""
    counts = [Counter(_words(text)) for text in city.bare]
    lengths = np.array([count.total() for count in counts])
    usual = K1 * (1 - B + B * lengths / lengths.mean())

    @cache
    def scores(word: str) -> Scores:
        times = np.array([count[word] for count in counts])
        rows_with = np.count_nonzero(times)
        rarity = log(1 + (len(counts) - rows_with + 0.5) / (rows_with + 0.5))
        return rarity * times * (K1 + 1) / (times + usual)

    return _sorted(city, lambda asked: sum(map(scores, asked), np.zeros(len(counts))))


def all_words(city: City) -> Rank:
    """Show what has every word that was asked for, in the order of the directory."""
    held = [set(_words(text)) for text in city.bare]
    return _sorted(city, lambda asked: np.array([float(set(asked) <= words) for words in held]))


def nearest(city: City) -> Rank:
    """Show what is nearest to the middle of the city, whatever was asked."""
    columns = columns_of(city.session, city.market)
    middle = find_postal_code(city.middle)
    away = np.hypot(
        columns.latitude - (middle.point.latitude if middle else 0.0),
        (columns.longitude - (middle.point.longitude if middle else 0.0)) * 0.78,
    )
    first = np.argsort(np.where(np.isnan(away), np.inf, away), kind="stable")[: FIRST * 2]
    services = list(dict.fromkeys(columns.listings[int(row)].service_id for row in first))
    return lambda _words: services


RANKERS: dict[str, Callable[[City], Rank]] = {
    "ours": ours,
    "bm25": bm25,
    "all_words": all_words,
    "nearest": nearest,
}


def _words(text: Text) -> list[str]:
    return normalise(f"{text.name} {text.organization} {text.description} {text.whom} {text.keywords}").split()


def _sorted(city: City, score: Callable[[Sequence[str]], Scores]) -> Rank:
    def rank(words: str) -> Sequence[str]:
        scores = score(normalise(words).split())
        best = np.argsort(-scores, kind="stable")[:FIRST]
        return [city.bare[row].service_id for row in best if scores[row] > 0]

    return rank
