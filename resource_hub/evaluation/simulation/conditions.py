"""The conditions that services of the made-up market have."""

from collections.abc import Mapping
from dataclasses import replace

from resource_hub.core.codes import FactValue
from resource_hub.matching.rules.eligibility import judge
from resource_hub.matching.values import Condition, Truth

CONDITIONS = tuple(
    Condition(fact, operator, value, approved=True)
    for fact, operator, value in (
        ("age", "at_least", 60.0),
        ("age", "at_least", 21.0),
        ("age", "at_most", 64.0),
        ("income_fpl", "at_most", 200.0),
        ("income_fpl", "at_most", 150.0),
        ("income_fpl", "at_most", 130.0),
        ("insurance", "any_of", ("medicaid", "none")),
        ("veteran", "is", True),
    )
)


def listed(number: int, *, approved: bool) -> tuple[tuple[Condition, ...], ...]:
    """Return the alternatives of a listing with this condition; -1 is none."""
    return () if number < 0 else ((replace(CONDITIONS[number], approved=approved),),)


def holds(facts: Mapping[str, FactValue]) -> list[bool]:
    """Return which of the conditions a person meets."""
    return [judge(condition, facts) is Truth.YES for condition in CONDITIONS]
