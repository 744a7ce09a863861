"""The engines: each finds the ten best texts for the words of a question."""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import extract

from resource_hub.evaluation.bench.find.texts import Question, Texts
from resource_hub.evaluation.bench.peers import Missing
from resource_hub.matching.rules.wording.postings import bm25, postings, search
from resource_hub.matching.rules.wording.spelling import speller, spellings

LIMIT = 10
_K1, _B = 1.2, 0.5
_SPELLINGS = 1
_LONG = 8

Engine = Callable[[int], list[int]]


def ours(known: Texts, questions: Sequence[Question]) -> Engine:
    """Correct each word against the known ones, then look the words up."""
    token, row, count = known.lines()
    lengths = np.bincount(row, weights=count).astype(np.float64)
    told = bm25(count.astype(np.float64), lengths, token, row, len(known.words), k1=_K1, b=_B)
    index = postings({word: number for number, word in enumerate(known.words)}, token, row, told, len(known))
    usual = np.bincount(token, minlength=len(known.words)).tolist()
    right = speller({word: float(rows) for word, rows in zip(known.words, usual, strict=True) if rows})

    def find(number: int) -> list[int]:
        asked = [
            dict.fromkeys((found for found, _edits in spellings(right, word, _SPELLINGS)), 1.0) or {word: 1.0}
            for word in questions[number].words
        ]
        return [int(row) for row in search(index, asked, LIMIT)]

    return find


def tantivy(known: Texts, questions: Sequence[Question]) -> Engine:
    """Let Tantivy look for terms that differ in a letter, or in two where a word is long."""
    try:
        library: Any = import_module("tantivy")
    except ImportError as error:
        raise Missing("install the Python package tantivy") from error
    builder = library.SchemaBuilder()
    builder.add_integer_field("number", stored=True)
    builder.add_text_field("text", tokenizer_name="default", index_option="freq")
    schema = builder.build()
    index = library.Index(schema)
    writer = index.writer(256_000_000, 1)
    for number in range(len(known)):
        writer.add_document(library.Document(number=number, text=known.text(number)))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def find(number: int) -> list[int]:
        terms = [
            (library.Occur.Should, library.Query.fuzzy_term_query(schema, "text", word, 2 if len(word) >= _LONG else 1))
            for word in questions[number].words
        ]
        hits = searcher.search(library.Query.boolean_query(terms), LIMIT).hits
        return [searcher.doc(address)["number"][0] for _score, address in hits]

    return find


def scan(known: Texts, questions: Sequence[Question]) -> Engine:
    """Compare the question with every text."""
    texts = [known.text(row) for row in range(len(known))]

    def find(number: int) -> list[int]:
        asked = " ".join(questions[number].words)
        return [place for _text, _score, place in extract(asked, texts, scorer=fuzz.token_set_ratio, limit=LIMIT)]

    return find
