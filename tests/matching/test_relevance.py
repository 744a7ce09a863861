"""How good finding in plain words is on real directories, with their labels hidden from it."""

import pytest

from benchmarks.relevance.city import CITIES, Source, opened
from benchmarks.relevance.judging import judge, statements, terms
from benchmarks.relevance.rankers import bm25, ours

pytestmark = [pytest.mark.shared, pytest.mark.slow]

# What ours must be above BM25, well below what it is: a list that gets worse shows, chance does not.
TERMS, STATEMENTS = 0.08, 0.25
MOST_WITHOUT = 0.01


@pytest.mark.usefixtures("shared_data")
@pytest.mark.parametrize("source", CITIES, ids=lambda source: str(source.slug))
def test_plain_words_find_more_than_bm25_and_nearly_always_something(source: Source) -> None:
    with opened(source, hidden=True) as city:
        for questions, more in ((terms(city.labelled), TERMS), (statements(city.labelled), STATEMENTS)):
            found, plain = judge(ours(city), questions), judge(bm25(city), questions)

            assert found.ndcg >= plain.ndcg + more
            assert found.nothing <= MOST_WITHOUT
