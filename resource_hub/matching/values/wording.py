"""Plain words as values: what our vocabulary knows, the texts of a market, and the index that is built from both."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from resource_hub.matching.values.columns import Floats, Ints, Words
from resource_hub.matching.values.ranking import Ranking, Reason

Phrase = tuple[str, ...]
# Half the bytes of what is computed with: there are many of them.
Places = NDArray[np.int32]
Weights = NDArray[np.float32]
# Phrases, each with its number, by the one or two words that they begin with.
Phrasebook = Mapping[Phrase, Sequence[tuple[Phrase, int]]]


@dataclass(frozen=True)
class Wish:
    """What a phrase of everyday speech asks for: needs and terms of a directory, each with a weight."""

    needs: Mapping[str, float]
    terms: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Helpline:
    """Help that is there at once. `text` says in each language when to turn to it."""

    name: str
    phone: str
    text: Mapping[str, str]


@dataclass(frozen=True)
class SafetyRule:
    """Words over a normalised text that ask for safety first; silent where it says `unless`."""

    code: str
    says: re.Pattern[str]
    unless: re.Pattern[str]
    help: tuple[Helpline, ...]


@dataclass(frozen=True)
class Lexicon:
    """What we know about words. Terms are named in lower case, as the crosswalk has them.

    `evidence` says which phrases of a listing show which terms, `wishes` what phrases of everyday speech ask for;
    both are in words without plural. `written` has a phrase as it is written, `spoken`
    how often a word stands in them.
    """

    evidence: Mapping[Phrase, Mapping[str, float]]
    written: Mapping[Phrase, str]
    wishes: Mapping[Phrase, Wish]
    parts: Mapping[str, tuple[str, ...]]
    needs: Mapping[str, Mapping[str, float]]
    little: frozenset[str]
    empty: frozenset[str]
    common: frozenset[str]
    against: tuple[Phrase, ...]
    spoken: Mapping[str, int]
    safety: tuple[SafetyRule, ...]


@dataclass(frozen=True)
class Text:
    """The words of one service. `terms` are lines of names: a term, then those it lies within.

    `needs` are those that are written down for it, with their weights.
    """

    service_id: str
    name: str
    organization: str
    description: str = ""
    whom: str = ""
    keywords: str = ""
    terms: tuple[tuple[str, ...], ...] = ()
    needs: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Postings:
    """An inverted index: rows `rows[starts[n]:starts[n + 1]]` have the word with number n, and how much it tells."""

    tokens: Mapping[str, int]
    starts: Ints
    rows: Places
    impacts: Weights
    size: int


@dataclass(frozen=True)
class Speller:
    """Known words under the hashes of what is left when letters are left out; `weight` is how usual a word is.

    `keys` are in order; `drawers` says for each value of their first bits, above `shift`, where they begin.
    """

    words: Sequence[str]
    numbers: Mapping[str, int]
    weight: Floats
    keys: Words
    owner: Places
    drawers: Ints
    shift: np.uint64


@dataclass(frozen=True)
class Wording:
    """What the services of a market are found by. Rows of the indexes are places in `services`.

    `terms` and `needs` tell from 0 to 1 how much a service is there for a term or a need, by its words and labels.
    `book` finds the phrases of everyday speech, `wishes` says what each asks for; `shown` writes a word in full,
    `showing` names the phrases that show a term, as they stand in `phrases` and as they are written;
    `names` finds a term by its name.
    """

    services: tuple[str, ...]
    words: Postings
    phrases: Postings
    terms: Postings
    needs: Postings
    shown: Mapping[str, str]
    showing: Mapping[str, tuple[tuple[str, str], ...]]
    names: Mapping[Phrase, str]
    speller: Speller
    book: Phrasebook
    wishes: tuple[Wish, ...]


@dataclass(frozen=True)
class Understood:
    """What was understood of a text: its words as corrected, needs, terms, and words to look for; with weights."""

    text: str
    needs: Mapping[str, float]
    terms: Mapping[str, float]
    words: Mapping[str, float]


@dataclass(frozen=True)
class Told:
    """A question in words, judged for each row of the ranking: how well it answers, and why."""

    relevance: Floats
    reasons: Callable[[int], tuple[Reason, ...]]


@dataclass(frozen=True)
class Found:
    """The answer to a question in plain words. `needs` were understood, whether or not a service was found."""

    query: str
    corrected: str
    needs: Mapping[str, float]
    safety: SafetyRule | None
    ranking: Ranking
