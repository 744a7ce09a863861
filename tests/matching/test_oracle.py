"""A slow reading of docs/ranking.md on eligibility, person by person, against the columns: a hundred thousand verdicts.

It shares no code with what it checks: rules are plain tuples here, persons plain dictionaries, and ages are compared in
days of birth that a person of that age may have had.
"""

import random
from collections import Counter
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from resource_hub.matching.rules import eligibility
from resource_hub.matching.values import Condition
from tests.matching.build import eligibility as table_of

NO, UNKNOWN, YES = 0, 1, 2
PERSONS, RULE_SETS = 630, 160

Rule = tuple[str, str, Any, bool]
Person = dict[str, Any]

YES_NO = ("veteran", "pregnant", "disability", "has_id", "has_proof_of_address")
CHOICES = {"insurance": ("none", "medicaid", "medicare", "private", "other"), "gender": ("female", "male", "other")}
LARGEST = {"household_size": 9, "income_fpl": 400, "children": 5}
ZIPS = ("21201", "21202", "20850")
MONTHS = (3, 6, 11, 18, 23, 42)
YEARS = (0, 1, 2, 3, 5, 6, 12, 17, 18, 21, 59, 60, 62, 65)


def ages_in_months(age: Any) -> set[int]:
    """Every number of full months that somebody of a told age may be old."""
    kind, number = age
    if kind == "months":
        return {number}
    years = [number] if kind == "years" else [number, number + 1]
    return {12 * year + month for year in years for month in range(12)}


def oracle_age(operator: str, limit: tuple[str, int], age: Any) -> int:
    kind, number = limit
    verdicts = set()
    for months in ages_in_months(age):
        told = months if kind == "months" else months // 12
        verdicts.add(told >= number if operator == "at_least" else told <= number)
    return UNKNOWN if len(verdicts) == 2 else YES if True in verdicts else NO


def oracle_rule(rule: Rule, person: Person) -> int:
    fact, operator, value, approved = rule
    if fact not in person:
        return UNKNOWN
    told = person[fact]
    if fact == "age":
        verdict = oracle_age(operator, value, told)
    elif operator == "at_least":
        verdict = YES if told >= value else NO
    elif operator == "at_most":
        verdict = YES if told <= value else NO
    else:
        accepted = value if isinstance(value, list) else [value]
        held = told if isinstance(told, list) else [told]
        common = any(one == other for one in accepted for other in held)
        verdict = YES if common == (operator in ("is", "any_of")) else NO
    return UNKNOWN if verdict == NO and not approved else verdict


def oracle(alternatives: list[list[Rule]], person: Person) -> int:
    """One alternative of which all rules hold is enough; a service without rules takes everybody."""
    best = NO if alternatives else YES
    for alternative in alternatives:
        worst = YES
        for rule in alternative:
            worst = min(worst, oracle_rule(rule, person))
        best = max(best, worst)
    return best


def a_rule(draw: random.Random) -> Rule:
    approved = draw.random() < 0.8
    kind = draw.choice(("age", "number", "yes_no", "choice", "zip"))
    if kind == "age":
        limit = ("years", draw.choice(YEARS)) if draw.random() < 0.7 else ("months", draw.choice(MONTHS))
        return "age", draw.choice(("at_least", "at_most")), limit, approved
    if kind == "number":
        fact = draw.choice(list(LARGEST))
        return fact, draw.choice(("at_least", "at_most")), draw.randrange(LARGEST[fact]), approved
    if kind == "yes_no":
        return draw.choice(YES_NO), draw.choice(("is", "is_not")), draw.random() < 0.5, approved
    fact, values = draw.choice(list(CHOICES.items())) if kind == "choice" else ("zip", ZIPS)
    if draw.random() < 0.4:
        return fact, draw.choice(("is", "is_not")), draw.choice(values), approved
    return fact, draw.choice(("any_of", "none_of")), draw.sample(values, draw.randint(1, 2)), approved


def a_person(draw: random.Random) -> Person:
    year = draw.choice(YEARS) + draw.choice((-1, 0, 1))
    told: Person = {
        "age": draw.choice((("years", max(year, 0)), ("either", max(year, 0)), ("months", draw.randrange(48)))),
        "zip": draw.choice(ZIPS),
        "gender": draw.choice(CHOICES["gender"]),
        "insurance": draw.choice((["none"], draw.sample(CHOICES["insurance"][1:], draw.randint(1, 3)))),
        **{fact: draw.random() < 0.5 for fact in YES_NO},
        **{fact: draw.randrange(largest) for fact, largest in LARGEST.items()},
    }
    return {fact: value for fact, value in told.items() if draw.random() < 0.7}


def as_condition(rule: Rule) -> Condition:
    fact, operator, value, approved = rule
    if fact == "age":
        value = value[1] / 12 if value[0] == "months" else value[1]
    return Condition(fact, operator, tuple(value) if isinstance(value, list) else value, approved)


def as_facts(person: Person) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for fact, value in person.items():
        if fact == "age":
            kind, number = value
            facts[fact] = {"years": number, "either": number + 0.5, "months": (number + 0.5) / 12}[kind]
        elif isinstance(value, list):
            facts[fact] = value[0] if len(value) == 1 else tuple(value)
        else:
            facts[fact] = value if isinstance(value, bool | str) else float(value)
    return facts


def services(draw: random.Random) -> Iterator[list[list[Rule]]]:
    for _number in range(RULE_SETS):
        yield [[a_rule(draw) for _rule in range(draw.randint(1, 3))] for _alternative in range(draw.randint(0, 3))]


def differences(seed: int, persons: int = PERSONS) -> tuple[list[object], Counter[int]]:
    """Where the columns and the oracle differ, and how often each verdict was given."""
    draw = random.Random(seed)
    rules = list(services(draw))
    table = table_of([[tuple(map(as_condition, alternative)) for alternative in one] for one in rules])
    wrong: list[object] = []
    counted: Counter[int] = Counter()
    for _number in range(persons):
        person = a_person(draw)
        expected = [oracle(one, person) for one in rules]
        counted.update(expected)
        found = eligibility.judge_rows(table, as_facts(person)).tolist()
        wrong += [(person, rules[row]) for row in range(len(rules)) if found[row] != expected[row]]
    return wrong, counted


def test_a_hundred_thousand_verdicts_agree_with_the_slow_reading() -> None:
    wrong, counted = differences(seed=2026)

    assert wrong[:1] == []
    assert counted.total() >= 100_000
    assert min(counted[verdict] for verdict in (NO, UNKNOWN, YES)) > 10_000


def test_the_oracle_knows_the_examples_of_the_page() -> None:
    elders: Rule = ("age", "at_least", ("years", 60), True)

    verdicts = [
        oracle([[elders]], {"age": age}) for age in (("years", 59), ("either", 59), ("months", 720), ("years", 60))
    ]
    assert verdicts == [NO, UNKNOWN, YES, YES]
    assert oracle([[elders], [("veteran", "is", True, True)]], {"age": ("years", 30)}) == UNKNOWN
    assert oracle([[(*elders[:3], False)]], {"age": ("years", 30)}) == UNKNOWN
    assert oracle([], {}) == YES


@pytest.mark.parametrize(("left", "right"), list(product((NO, UNKNOWN, YES), repeat=2)))
def test_a_defect_in_and_or_or_would_be_seen(left: int, right: int) -> None:
    def rule(verdict: int) -> Rule:
        return {
            NO: ("veteran", "is", False, True),
            UNKNOWN: ("pregnant", "is", True, True),
            YES: ("veteran", "is", True, True),
        }[verdict]

    person: Person = {"veteran": True}
    assert oracle([[rule(left), rule(right)]], person) == min(left, right)
    assert oracle([[rule(left)], [rule(right)]], person) == max(left, right)
