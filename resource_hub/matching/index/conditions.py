"""Judges the rules of an index fact by fact: what one fact says to its rules is the same for everybody who tells it."""

from collections import OrderedDict, defaultdict
from collections.abc import Mapping

import numpy as np

from resource_hub.core.codes import FactValue
from resource_hub.matching.rules.eligibility import judge, rows_of
from resource_hub.matching.values.columns import Eligibility, Ints

_KEPT = 2048


class Conditions:
    """The rules of an index by the fact that they ask for."""

    def __init__(self, rules: Eligibility) -> None:
        """Judge for somebody who tells nothing."""
        self._rules = rules
        by_fact: dict[str, list[int]] = defaultdict(list)
        for number, condition in enumerate(rules.conditions):
            by_fact[condition.fact].append(number)
        self._of = {fact: np.array(numbers, dtype=np.int64) for fact, numbers in by_fact.items()}
        self._untold = self._truths(np.arange(len(rules.conditions)), {})
        self._kept: OrderedDict[tuple[str, str], Ints] = OrderedDict()

    @property
    def facts(self) -> frozenset[str]:
        """The facts that any rule asks for."""
        return frozenset(self._of)

    def judge(self, facts: Mapping[str, FactValue]) -> tuple[Ints, Ints]:
        """Return the verdict on every profile, and that where rules nobody approved are taken at their word."""
        truths = self._untold.copy()
        for fact, value in facts.items():
            if fact in self._of:
                truths[:, self._of[fact]] = self._told(fact, value)
        return rows_of(self._rules, truths[0]), rows_of(self._rules, truths[1])

    def _told(self, fact: str, value: FactValue) -> Ints:
        key = (fact, repr(value))
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = self._truths(self._of[fact], {fact: value})
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return found

    def _truths(self, numbers: Ints, facts: Mapping[str, FactValue]) -> Ints:
        conditions = [self._rules.conditions[number] for number in numbers.tolist()]
        lines = [[judge(one, facts, strict=strict) for one in conditions] for strict in (False, True)]
        return np.array(lines, dtype=np.int64).reshape(2, len(conditions))
