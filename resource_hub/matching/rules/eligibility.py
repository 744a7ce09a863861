"""May this person use this service? Yes, no, or ask."""

from collections.abc import Mapping

import numpy as np

from resource_hub.core.codes import FactValue
from resource_hub.inventory.values import Operator
from resource_hub.matching.rules.logic import all_of, any_of
from resource_hub.matching.values.columns import Condition, Eligibility, Ints
from resource_hub.matching.values.ranking import Truth

_ORDER = frozenset({Operator.AT_LEAST, Operator.AT_MOST})
_SAME = frozenset({Operator.IS, Operator.ANY_OF})
_OTHER = frozenset({Operator.IS_NOT, Operator.NONE_OF})
_EITHER_AGE = 0.5


def judge(condition: Condition, facts: Mapping[str, FactValue], *, strict: bool = False) -> Truth:
    """Judge one rule. A rule that is not approved, or that we cannot read, never says no: it asks.

    `strict` takes rules that are not approved at their word.
    """
    truths = {_compare(condition, fact) for fact in _meant(condition.fact, facts.get(condition.fact))}
    truth = truths.pop() if len(truths) == 1 else Truth.UNKNOWN
    return Truth.UNKNOWN if truth is Truth.NO and not (condition.approved or strict) else truth


def judge_rows(rules: Eligibility, facts: Mapping[str, FactValue], *, strict: bool = False) -> Ints:
    """Judge every row: all rules of one alternative must hold, one alternative that holds is enough."""
    judged = np.array([judge(condition, facts, strict=strict) for condition in rules.conditions], dtype=np.int64)
    alternatives = all_of(judged[rules.which], rules.alternative, len(rules.alternative_row))
    return any_of(alternatives, rules.alternative_row, len(rules.in_words))


def failed(rules: Eligibility, row: int, facts: Mapping[str, FactValue]) -> Condition | None:
    """Return the first approved rule of a row that the person does not meet."""
    return next((rule for rule in conditions_of(rules, row) if judge(rule, facts) is Truth.NO), None)


def open_conditions(rules: Eligibility, row: int, facts: Mapping[str, FactValue]) -> list[Condition]:
    """Return the rules of a row that ask, from the alternatives that can still hold."""
    asking = []
    for alternative in np.flatnonzero(rules.alternative_row == row):
        conditions = [rules.conditions[which] for which in rules.which[rules.alternative == alternative]]
        judged = [judge(condition, facts) for condition in conditions]
        if Truth.NO not in judged:
            asking += [rule for rule, truth in zip(conditions, judged, strict=True) if truth is Truth.UNKNOWN]
    return asking


def conditions_of(rules: Eligibility, row: int) -> list[Condition]:
    """Return the rules of a row, alternative by alternative."""
    alternatives = np.flatnonzero(rules.alternative_row == row)
    return [rules.conditions[which] for which in rules.which[np.isin(rules.alternative, alternatives)]]


def _meant(name: str, fact: FactValue | None) -> tuple[FactValue | None, ...]:
    # Somebody known by the year of birth alone is 75 or 76, which `people` says as 75.5: ask where the two differ.
    if name == "age" and isinstance(fact, float) and fact % 1 == _EITHER_AGE:
        return (fact - _EITHER_AGE, fact + _EITHER_AGE)
    return (fact,)


def _compare(condition: Condition, fact: FactValue | None) -> Truth:
    if fact is None:
        return Truth.UNKNOWN
    if condition.operator in _ORDER:
        return _in_order(condition, fact)
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    found = any(_same(value, fact) for value in values)
    if condition.operator in _SAME:
        return Truth.YES if found else Truth.NO
    if condition.operator in _OTHER:
        return Truth.NO if found else Truth.YES
    return Truth.UNKNOWN


def _in_order(condition: Condition, fact: FactValue) -> Truth:
    limit = condition.value
    if not isinstance(limit, int | float) or not isinstance(fact, int | float):
        return Truth.UNKNOWN
    if condition.fact == "age" and limit == int(limit):
        # People say their age in whole years: somebody of 17 and a half is "17 or under".
        fact = int(fact)
    holds = fact >= limit if condition.operator == Operator.AT_LEAST else fact <= limit
    return Truth.YES if holds else Truth.NO


def _same(value: FactValue, fact: FactValue) -> bool:
    if isinstance(value, bool) or isinstance(fact, bool):
        return value is fact
    return str(value).strip().lower() == str(fact).strip().lower() if isinstance(value, str) else value == fact
