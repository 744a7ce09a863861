"""The poverty level of a household: the published tables, by day and place."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.matching.guidelines import poverty_guidelines
from resource_hub.matching.rules.poverty import guideline_of, with_income_fpl

TABLES = poverty_guidelines()
DAY = date(2026, 11, 20)


# A household of four in each year's Federal Register notice: contiguous states, Alaska, Hawaii.
@pytest.mark.parametrize(
    ("day", "contiguous", "alaska", "hawaii"),
    [
        (date(2024, 6, 1), 31_200, 39_000, 35_880),
        (date(2025, 6, 1), 32_150, 40_190, 36_980),
        (date(2026, 6, 1), 33_000, 41_250, 37_950),
        (date(2031, 6, 1), 33_000, 41_250, 37_950),
    ],
)
def test_the_guideline_of_a_household_of_four(day: date, contiguous: float, alaska: float, hawaii: float) -> None:
    found = [guideline_of(TABLES, day, state) for state in ("MD", "AK", "HI")]

    assert [one.first + 3 * one.each for one in found if one] == [contiguous, alaska, hawaii]
    assert guideline_of(TABLES, day, None) == guideline_of(TABLES, day, "PR") == found[0]


def test_a_table_holds_from_its_day_on() -> None:
    before, after = (guideline_of(TABLES, date(2026, 1, day), "MD") for day in (12, 13))

    assert before is not None
    assert after is not None
    assert (before.first, after.first) == (15_650, 15_960)
    assert guideline_of(TABLES, date(2023, 1, 1), "MD") is None


@given(st.floats(0, 1e6), st.integers(1, 20), st.floats(0, 5000) | st.none())
def test_a_told_percentage_is_never_overruled(income: float, size: int, told: float | None) -> None:
    facts = {"income": income, "household_size": float(size)} | ({} if told is None else {"income_fpl": told})
    known = with_income_fpl(facts, TABLES, DAY, "MD")

    assert known["income_fpl"] == (
        pytest.approx(100 * income / (15_960 + 5_680 * (size - 1))) if told is None else told
    )
    assert facts.items() <= known.items()


def test_more_income_or_a_smaller_household_is_more_percent() -> None:
    one, four, rich = (
        float(str(with_income_fpl({"income": income, "household_size": size}, TABLES, DAY, "MD")["income_fpl"]))
        for income, size in ((30_000.0, 1.0), (30_000.0, 4.0), (60_000.0, 4.0))
    )

    assert one > four
    assert rich == 2 * four
