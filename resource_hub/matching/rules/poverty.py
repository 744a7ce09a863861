"""Income in percent of the poverty level, from dollars a year and the size of the household."""

from collections.abc import Mapping, Sequence
from datetime import date

from resource_hub.core.codes import FactValue
from resource_hub.matching.values.poverty import Guideline, Guidelines


def with_income_fpl(
    facts: Mapping[str, FactValue], tables: Sequence[Guidelines], day: date, state: str | None
) -> Mapping[str, FactValue]:
    """Return the facts, with `income_fpl` where it follows from `income` and `household_size`.

    What was told stands. `state` is where the person lives (two letters); None is taken for the contiguous states.
    Before the first table nothing follows.
    """
    income, size = facts.get("income"), facts.get("household_size")
    guideline = guideline_of(tables, day, state)
    if "income_fpl" in facts or guideline is None or not isinstance(income, float) or not isinstance(size, float):
        return facts
    if size < 1:
        return facts
    return {**facts, "income_fpl": 100 * income / (guideline.first + guideline.each * (size - 1))}


def guideline_of(tables: Sequence[Guidelines], day: date, state: str | None) -> Guideline | None:
    """Return the guideline of a state that holds on a day: the latest that is not later; None before the first."""
    known = [table for table in tables if table.since <= day]
    if not known:
        return None
    latest = max(known, key=lambda table: table.since)
    return {"AK": latest.alaska, "HI": latest.hawaii}.get(state or "", latest.contiguous)
