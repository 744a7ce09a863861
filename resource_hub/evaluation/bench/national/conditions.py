"""For whom: a few hundred sets of eligibility rules, few of them common."""

import numpy as np

from resource_hub.evaluation.bench.national.draws import happens, some
from resource_hub.inventory.values import Operator
from resource_hub.matching.values import Condition, Eligibility, Ints

SETS = 300
# After the sets come the profile without conditions and the one with conditions in words.
_NO_RULES, _IN_WORDS = SETS, SETS + 1
_WITH_RULES = 0.5
_WORDED = 0.1
_AGES = (13, 16, 18, 21, 24, 50, 55, 60, 62, 65)
_INCOMES = (100, 125, 130, 138, 150, 185, 200, 250, 300, 400)


def eligibility(chance: np.random.Generator) -> Eligibility:
    """Return the rules by profile: sets of one or two alternatives of one to three rules."""
    sets = [_drawn_set(chance) for _ in range(SETS)]
    alternatives = [(number, rules) for number, a_set in enumerate(sets) for rules in a_set]
    known: dict[Condition, int] = {}
    lines = [
        (known.setdefault(rule, len(known)), place) for place, (_, rules) in enumerate(alternatives) for rule in rules
    ]
    which, alternative = np.array(lines, dtype=np.int64).T
    in_words = np.arange(SETS + 2) == _IN_WORDS
    return Eligibility(
        tuple(known), which, alternative, np.array([number for number, _ in alternatives], dtype=np.int64), in_words
    )


def sets_of(chance: np.random.Generator, rows: int) -> Ints:
    """Return each row's profile: half of the rows have rules, and the share of a set falls with its number."""
    shares = 1 / np.arange(1, SETS + 1)
    chosen = chance.choice(SETS, size=rows, p=shares / shares.sum())
    without = np.where(some(chance, rows, _WORDED), _IN_WORDS, _NO_RULES)
    return np.where(some(chance, rows, _WITH_RULES), chosen, without)


def _drawn_set(chance: np.random.Generator) -> list[list[Condition]]:
    alternatives = 2 if happens(chance, 0.15) else 1
    return [_drawn_rules(chance, int(chance.choice([1, 2, 3], p=[0.6, 0.3, 0.1]))) for _ in range(alternatives)]


def _drawn_rules(chance: np.random.Generator, count: int) -> list[Condition]:
    approved = happens(chance, 0.85)
    choices = (
        (0.25, "age", Operator.AT_LEAST, int(chance.choice(_AGES))),
        (0.12, "age", Operator.AT_MOST, int(chance.choice(_AGES)) - 1),
        (0.3, "income_fpl", Operator.AT_MOST, int(chance.choice(_INCOMES))),
        (0.05, "veteran", Operator.IS, True),
        (0.1, "insurance", Operator.ANY_OF, ("none", "medicaid")),
        (0.06, "gender", Operator.IS, "female"),
        (0.06, "disability", Operator.IS, True),
        (0.06, "household_size", Operator.AT_LEAST, int(chance.integers(2, 6))),
    )
    drawn = chance.choice(len(choices), size=count, replace=False, p=[choice[0] for choice in choices])
    return [Condition(fact, operator, value, approved) for _share, fact, operator, value in (choices[n] for n in drawn)]
