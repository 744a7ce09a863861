"""The index in arrays agrees with counting everything out."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.matching.rules.wording.postings import best, bm25, postings, score, search
from resource_hub.matching.values.wording import Postings

WORDS = ("food", "pantry", "shelter", "ride", "rent")
ROWS = st.lists(st.dictionaries(st.sampled_from(WORDS), st.integers(1, 4), max_size=4), min_size=1, max_size=12)


def index_of(rows: list[dict[str, int]]) -> Postings:
    tokens = {word: number for number, word in enumerate(WORDS)}
    lines = [(tokens[word], row, count) for row, words in enumerate(rows) for word, count in words.items()]
    token, row, count = np.array(lines, dtype=np.int64).reshape(-1, 3).T
    return postings(tokens, token, row, count.astype(np.float64), len(rows))


@given(ROWS, st.dictionaries(st.sampled_from((*WORDS, "unknown")), st.floats(0.1, 2), max_size=4))
def test_a_score_is_the_sum_over_the_words(rows: list[dict[str, int]], asked: dict[str, float]) -> None:
    expected = [sum(weight * words.get(word, 0) for word, weight in asked.items()) for words in rows]

    assert score(index_of(rows), asked).tolist() == pytest.approx(expected)


@given(ROWS, st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True), st.integers(1, 5))
def test_a_search_finds_the_best_rows_in_order(rows: list[dict[str, int]], asked: list[str], limit: int) -> None:
    totals = [sum(words.get(word, 0) for word in asked) for words in rows]

    found = search(index_of(rows), [{word: 1.0} for word in asked], limit).tolist()

    assert [totals[row] for row in found] == sorted((total for total in totals if total), reverse=True)[:limit]
    assert len(set(found)) == len(found)


def test_of_several_spellings_the_better_one_counts_once() -> None:
    index = index_of([{"food": 1}, {"food": 1, "rent": 3}, {"ride": 9}])

    assert search(index, [{"food": 1.0, "rent": 0.5}]).tolist() == [1, 0]


def test_unknown_words_find_nothing() -> None:
    assert search(index_of([{"food": 1}]), [{"gold": 1.0}]).tolist() == []
    assert search(index_of([{"food": 1}]), []).tolist() == []


@given(st.lists(st.floats(0, 5), max_size=30), st.integers(1, 40))
def test_the_best_are_the_largest_above_zero(numbers: list[float], limit: int) -> None:
    total = np.array(numbers, dtype=np.float64)

    chosen = total[best(total, limit)].tolist()

    assert chosen == sorted((number for number in numbers if number > 0), reverse=True)[:limit]


def test_bm25_is_as_it_is_in_the_books() -> None:
    # Two rows of lengths 2 and 4; the word stands twice in the second.
    told = bm25(np.array([2.0]), np.array([2.0, 4.0]), np.array([0]), np.array([1]), 1, k1=1.2, b=0.75)

    rarity = math.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    assert told.tolist() == pytest.approx([rarity * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 4 / 3))])
