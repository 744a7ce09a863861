"""What the profiles of an index are worth to one person; what many people share is worked out once."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from resource_hub.core.codes import FactValue
from resource_hub.core.geography import PostalCode
from resource_hub.matching.index.conditions import Conditions
from resource_hub.matching.index.table import Index
from resource_hub.matching.rules import area
from resource_hub.matching.rules.capacity import eligible_chance
from resource_hub.matching.rules.follow_through import documents, language, primary
from resource_hub.matching.values.columns import Documents, Floats, Ints, Languages, Profiles
from resource_hub.matching.values.policy import Accept, Policy
from resource_hub.matching.values.query import Query
from resource_hub.matching.values.ranking import Truth

T = TypeVar("T")

_KEPT = 64


@dataclass(frozen=True)
class Verdicts:
    """By area profile: served. By eligibility profile: verdict and chance. By terms profile: the chance of terms.

    `person` has the chance of meeting the conditions by `served` and eligibility profile, 0 for who does not pass;
    `serving` are the area profiles that may hold the home.
    """

    served: Ints
    eligible: Ints
    chance: Floats
    person: Floats
    terms: Floats

    @property
    def serving(self) -> Ints:
        return self.served.nonzero()[0]


@dataclass(frozen=True)
class _Terms:
    """The terms profiles themselves, as rows."""

    languages: Languages
    documents: Documents

    @property
    def of(self) -> Profiles:
        return Profiles.own(len(self))

    def __len__(self) -> int:
        return len(self.languages.stated)


class Judge:
    """Judges the profiles of an index for a query."""

    def __init__(self, index: Index) -> None:
        """Begin with nothing judged."""
        self._index = index
        self._conditions = Conditions(index.columns.eligibility)
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()

    def verdicts(self, query: Query, policy: Policy) -> Verdicts:
        """Return the verdicts on every profile."""
        told = {fact: value for fact, value in query.facts.items() if fact in self._conditions.facts}
        conditions = ("facts", policy.accept, query.home is None, *sorted(told.items(), key=repr))
        judged = self._once(
            conditions, lambda: _judged(self._conditions, told, policy.accept, at_home=query.home is not None)
        )
        return Verdicts(self.served(query.home), *judged, self._terms(query, policy))

    def served(self, home: PostalCode | None) -> Ints:
        """Return for each area profile whether it holds a home."""
        if home is None:
            return self._index.homeless
        served = self._index.nowhere.copy()
        for key in area.keys_of_home(home):
            holding = self._index.holders.get(key)
            if holding is not None:
                served[holding] = Truth.YES
        return served

    def _terms(self, query: Query, policy: Policy) -> Floats:
        columns = self._index.columns
        held = tuple(query.facts.get(fact) for fact in columns.documents.by_fact)
        key = ("terms", policy.language, policy.documents, primary(query.language), held)
        rows = _Terms(columns.languages, columns.documents)
        return self._once(
            key, lambda: language(rows, query, policy.language) * documents(rows, query, policy.documents)
        )

    def _once(self, key: Hashable, work: Callable[[], T]) -> T:
        found: T | None = self._kept.get(key)
        if found is None:
            found = self._kept[key] = work()
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return found


def _judged(
    conditions: Conditions, facts: Mapping[str, FactValue], policy: Accept, *, at_home: bool
) -> tuple[Ints, Floats, Floats]:
    verdict, strict = conditions.judge(facts)
    doubted = strict == Truth.NO
    chance = eligible_chance(verdict, doubted, policy)
    asked = eligible_chance(np.minimum(verdict, Truth.UNKNOWN), doubted, policy)
    # Somebody whose home is known can tell no more about an area.
    by_served = {Truth.NO: np.zeros(len(chance)), Truth.UNKNOWN: chance if at_home else asked, Truth.YES: chance}
    return verdict, chance, np.stack([by_served[truth] for truth in sorted(by_served)]) * (verdict > Truth.NO)
