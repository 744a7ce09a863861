"""P(follow-through): the way there, the language, the documents."""

from typing import Protocol

import numpy as np

from resource_hub.matching.rules.decay import decay
from resource_hub.matching.rules.distance import Standing, Ways
from resource_hub.matching.values.columns import Bools, Columns, Documents, Floats, Languages, Profiles
from resource_hub.matching.values.policy import DocumentsPolicy, LanguagePolicy, Policy, TravelPolicy
from resource_hub.matching.values.query import REMOTE, Query

ENGLISH = "en"


class Terms(Protocol):
    """Rows by the languages that they speak and the documents that they ask for."""

    @property
    def languages(self) -> Languages: ...
    @property
    def documents(self) -> Documents: ...
    @property
    def of(self) -> Profiles: ...
    def __len__(self) -> int: ...


def follow_through(columns: Columns, query: Query, there: Ways, policy: Policy) -> Floats:
    """Return the chance that the person gets there and gets through."""
    return (
        travel(columns, query, there, policy.travel)
        * language(columns, query, policy.language)
        * documents(columns, query, policy.documents)
    )


def travel(columns: Standing, query: Query, there: Ways, policy: TravelPolicy) -> Floats:
    """Return the chance by minutes of travel; 1 where nobody has to travel or no origin was given."""
    if query.origin is None:
        return np.ones(len(columns))
    by_minutes = decay(there.minutes, policy.half_minutes, policy.limit)
    known = np.where(np.isnan(by_minutes), policy.unknown, by_minutes)
    return np.where(columns.modes & REMOTE, 1.0, known)


def language(columns: Terms, query: Query, policy: LanguagePolicy) -> Floats:
    """Return the chance by language; a service in the United States speaks English."""
    tag = primary(query.language)
    if tag == ENGLISH:
        return np.ones(len(columns))
    languages = columns.languages
    unspoken = np.where(languages.stated, policy.others_only, policy.unknown)
    otherwise = np.where(languages.interpreted, policy.interpreted, unspoken)
    return np.where(spoken(columns, query), 1.0, otherwise[columns.of.terms])


def documents(columns: Terms, query: Query, policy: DocumentsPolicy) -> Floats:
    """Return the chance by the documents that are asked for and held."""
    result = np.where(columns.documents.others, policy.others, 1.0)
    for fact, asks in columns.documents.by_fact.items():
        result *= np.where(asks, _held(query, fact, policy), 1.0)
    return result[columns.of.terms]


def asks_for(columns: Columns, query: Query, row: int) -> list[str]:
    """Return the facts about documents that a row asks for and nobody has told."""
    return [
        fact
        for fact, asks in columns.documents.by_fact.items()
        if asks[columns.of.terms[row]] and fact not in query.facts
    ]


def primary(language: str | None) -> str:
    """Return the primary tag of a language; English where none was said."""
    return (language or ENGLISH).lower().replace("_", "-").partition("-")[0]


def spoken(columns: Terms, query: Query) -> Bools:
    """Return the rows that speak the person's language."""
    nobody = np.zeros(len(columns.languages.stated), dtype=np.bool_)
    return columns.languages.spoken.get(primary(query.language), nobody)[columns.of.terms]


def _held(query: Query, fact: str, policy: DocumentsPolicy) -> float:
    held = query.facts.get(fact)
    if held is None:
        return policy.unknown
    return 1.0 if held is True else policy.missing
