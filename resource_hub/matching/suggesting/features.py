"""Texts of services as numbers: their words and pairs of words, and what our own vocabulary finds in them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from resource_hub.core.codes import NEEDS
from resource_hub.matching.rules.wording.building import build
from resource_hub.matching.rules.wording.normal import stems
from resource_hub.matching.values.columns import Floats
from resource_hub.matching.values.wording import Lexicon, Text

# What the words of the name weigh beside those of the text, and what our vocabulary weighs beside both.
_NAME, _OURS = 0.7, 2.0
_LEAST_TEXTS = 2


@dataclass(frozen=True)
class Features:
    """A row for each service. `words` names the first columns of `matrix`; `prior` is our vocabulary's, by need."""

    matrix: Any
    words: tuple[str, ...]
    prior: Floats


def features(lexicon: Lexicon, texts: Sequence[Text]) -> Features:
    """Return the features of texts; the terms and needs that they carry are no part of them."""
    bare = [replace(text, terms=(), needs=()) for text in texts]
    prior = _prior(lexicon, bare)
    names, parts = [], []
    fields = (
        (_NAME, [_grams(text.name, text.organization) for text in bare]),
        (1.0, [_grams(text.description, text.keywords, text.whom) for text in bare]),
    )
    for weight, documents in fields:
        if not _is_known_twice(documents):
            continue
        reader = TfidfVectorizer(analyzer=list, min_df=_LEAST_TEXTS, sublinear_tf=True)
        parts.append(reader.fit_transform(documents) * weight)
        names += list(reader.get_feature_names_out())
    matrix = hstack([*parts, csr_matrix(prior * _OURS)]).tocsr()
    return Features(matrix, tuple(names), prior)


def _is_known_twice(documents: Sequence[Sequence[str]]) -> bool:
    """Tell whether any word stands in as many texts as it must to count."""
    seen: set[str] = set()
    for document in documents:
        words = set(document)
        if words & seen:
            return True
        seen |= words
    return False


def _grams(*fields: str) -> list[str]:
    grams = []
    for field in fields:
        words = stems(field)
        grams += [*words, *(f"{first} {second}" for first, second in pairwise(words))]
    return grams


def _prior(lexicon: Lexicon, texts: Sequence[Text]) -> Floats:
    """Return how much each text is there for each need by our vocabulary alone, from 0 to 1."""
    told = build(lexicon, texts).needs
    prior = np.zeros((len(texts), len(NEEDS)))
    for column, need in enumerate(NEEDS):
        if need in told.tokens:
            number = told.tokens[need]
            lines = slice(told.starts[number], told.starts[number + 1])
            prior[told.rows[lines], column] = told.impacts[lines]
    return prior
