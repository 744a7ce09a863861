"""The engines: each finds the ten best names for the words of a question."""

from collections import Counter
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import extract

from resource_hub.evaluation.bench.find.names import Question, lines_of
from resource_hub.evaluation.bench.peers import Missing
from resource_hub.matching.rules.wording.postings import bm25, postings, search
from resource_hub.matching.rules.wording.spelling import speller, spellings

LIMIT = 10
_K1, _B = 1.2, 0.5
_SPELLINGS = 3
_LONG = 8

Name = tuple[str, ...]
Engine = Callable[[int], list[int]]


def ours(names: Sequence[Name], questions: Sequence[Question]) -> Engine:
    """Correct each word against the known ones, then look the words up."""
    numbers, token, row, count = lines_of(list(names))
    lengths = np.array([len(name) for name in names], dtype=np.float64)
    told = bm25(count.astype(np.float64), lengths, token, row, len(numbers), k1=_K1, b=_B)
    index = postings(numbers, token, row, told, len(names))
    known = speller(dict(Counter(word for name in names for word in name)))

    def find(number: int) -> list[int]:
        asked = [
            dict.fromkeys((found for found, _edits in spellings(known, word, _SPELLINGS)), 1.0) or {word: 1.0}
            for word in questions[number].words
        ]
        return [int(row) for row in search(index, asked, LIMIT)]

    return find


def tantivy(names: Sequence[Name], questions: Sequence[Question]) -> Engine:
    """Let Tantivy look for terms that differ in a letter, or in two where a word is long."""
    try:
        library: Any = import_module("tantivy")
    except ImportError as error:
        raise Missing("install the Python package tantivy") from error
    builder = library.SchemaBuilder()
    builder.add_integer_field("number", stored=True)
    builder.add_text_field("name", tokenizer_name="default", index_option="freq")
    schema = builder.build()
    index = library.Index(schema)
    writer = index.writer(256_000_000, 1)
    for number, name in enumerate(names):
        writer.add_document(library.Document(number=number, name=" ".join(name)))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def find(number: int) -> list[int]:
        terms = [
            (library.Occur.Should, library.Query.fuzzy_term_query(schema, "name", word, 2 if len(word) >= _LONG else 1))
            for word in questions[number].words
        ]
        hits = searcher.search(library.Query.boolean_query(terms), LIMIT).hits
        return [searcher.doc(address)["number"][0] for _score, address in hits]

    return find


def scan(names: Sequence[Name], questions: Sequence[Question]) -> Engine:
    """Compare the question with every name."""
    texts = [" ".join(name) for name in names]

    def find(number: int) -> list[int]:
        asked = " ".join(questions[number].words)
        return [place for _text, _score, place in extract(asked, texts, scorer=fuzz.token_set_ratio, limit=LIMIT)]

    return find
