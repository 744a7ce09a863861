"""May this person use this service? Yes, no, or ask."""

from collections.abc import Mapping
from math import floor
from typing import TypeGuard

import numpy as np

from resource_hub.core.codes import FactValue, values_of
from resource_hub.inventory.values import Operator
from resource_hub.matching.rules.logic import all_of, any_of
from resource_hub.matching.values.columns import Condition, Eligibility, Ints
from resource_hub.matching.values.ranking import Truth

_ORDER = frozenset({Operator.AT_LEAST, Operator.AT_MOST})
_SAME = frozenset({Operator.IS, Operator.ANY_OF})
_OTHER = frozenset({Operator.IS_NOT, Operator.NONE_OF})
_AGE = "age"
_YEAR = 12
_EITHER_AGE = 0.5
# An age of 0.58 is seven months, as is 7/12; no month is shorter than this share of it.
_ROUNDING = 0.05


def judge(condition: Condition, facts: Mapping[str, FactValue], *, strict: bool = False) -> Truth:
    """Judge one rule. A rule that is not approved, or that we cannot read, never says no: it asks.

    `strict` takes rules that are not approved at their word.
    """
    truth = _compare(condition, facts.get(condition.fact))
    return Truth.UNKNOWN if truth is Truth.NO and not (condition.approved or strict) else truth


def judge_rows(rules: Eligibility, facts: Mapping[str, FactValue], *, strict: bool = False) -> Ints:
    """Judge every row: all rules of one alternative must hold, one alternative that holds is enough."""
    return rows_of(rules, np.array([judge(one, facts, strict=strict) for one in rules.conditions], dtype=np.int64))


def rows_of(rules: Eligibility, judged: Ints) -> Ints:
    """Return the verdict on every row from those on the rules, in the order of `rules.conditions`."""
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


def _compare(condition: Condition, fact: FactValue | None) -> Truth:
    if fact is None:
        return Truth.UNKNOWN
    if condition.operator in _ORDER:
        return _in_order(condition.fact, condition.operator, condition.value, fact)
    wanted = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    pairs = [(value, held) for value in wanted for held in values_of(fact)]
    found = max((_same(condition.fact, *pair) for pair in pairs), default=Truth.UNKNOWN)
    if condition.operator in _SAME:
        return found
    return Truth(Truth.YES - found) if condition.operator in _OTHER else Truth.UNKNOWN


def _in_order(name: str, operator: str, limit: object, fact: FactValue) -> Truth:
    if not (_is_number(limit) and _is_number(fact)):
        return Truth.UNKNOWN
    low, high = _reach(name, fact)
    if operator == Operator.AT_LEAST:
        least = _months(limit) if name == _AGE else limit
        return Truth.YES if low >= least else Truth.NO if high < least else Truth.UNKNOWN
    most = _months(limit) + (0 if limit % 1 else _YEAR - 1) if name == _AGE else limit
    return Truth.YES if high <= most else Truth.NO if low > most else Truth.UNKNOWN


def _same(name: str, value: FactValue, fact: FactValue) -> Truth:
    if isinstance(value, str) and isinstance(fact, str):
        return _truth(holds=value.strip().lower() == fact.strip().lower())
    if isinstance(value, bool) and isinstance(fact, bool):
        return _truth(holds=value is fact)
    return min(_in_order(name, operator, value, fact) for operator in _ORDER)


def _reach(name: str, number: float) -> tuple[float, float]:
    """Return the lowest and the highest that a number stands for; of an age in full months.

    A whole age is a year long. One that ends in a half is somebody known by the year of birth alone: 75 or 76, which
    `people` says as 75.5. Any other is told in months.
    """
    if name != _AGE:
        return number, number
    months = _months(number)
    if number % 1 == _EITHER_AGE:
        return months - _YEAR // 2, months + _YEAR + _YEAR // 2 - 1
    return months, months if number % 1 else months + _YEAR - 1


def _months(age: float) -> int:
    return floor(age * _YEAR + _ROUNDING)


def _is_number(value: object) -> TypeGuard[float | int]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _truth(*, holds: bool) -> Truth:
    return Truth.YES if holds else Truth.NO
