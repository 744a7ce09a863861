"""Needs are those of the field's guide; a fact is read as people write it, or refused with what to write."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.core.codes import (
    FACTS,
    NEEDS,
    Fact,
    FactKind,
    FactValue,
    check_need,
    months_of,
    parse_fact,
    values_of,
    written,
)
from resource_hub.core.errors import Invalid

UNSPECIFIED = "sdoh-category-unspecified"
GUIDE = "fhir_sdoh/stu3-sushi/conformance/ValueSet-SDOHCC-ValueSetSDOHCategory.json"
FACT_NAMES = [
    "age", "household_size", "income_fpl", "veteran", "insurance", "gender", "pregnant", "disability", "has_id", "zip",
    "income", "children", "has_proof_of_address", "has_proof_of_income",
]  # fmt: skip


def test_there_are_24_needs_each_with_words_of_its_own() -> None:
    assert len(NEEDS) == 24
    assert len({name.lower() for name in NEEDS.values()}) == 24
    assert list(NEEDS)[-1] == UNSPECIFIED


@pytest.mark.shared
def test_the_needs_are_those_of_the_guide_in_its_order(shared_data: Path) -> None:
    value_set = json.loads((shared_data / GUIDE).read_text())
    codes = [concept["code"] for include in value_set["compose"]["include"] for concept in include["concept"]]
    assert list(NEEDS) == [*(code for code in codes if code != UNSPECIFIED), UNSPECIFIED]


def test_a_need_is_one_of_the_list() -> None:
    assert check_need("food-insecurity") == "food-insecurity"
    with pytest.raises(Invalid, match="food-insecurity") as refusal:
        check_need("hunger")
    assert [fault.field for fault in refusal.value.faults] == ["need"]


def test_the_facts_are_those_of_the_contract() -> None:
    assert list(FACTS) == FACT_NAMES
    for name, fact in FACTS.items():
        assert fact.name == name
        assert bool(fact.choices) == (fact.kind is FactKind.CHOICE)
        assert bool(fact.largest) == (fact.kind is FactKind.NUMBER)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("age", " 30 ", 30.0),
        ("income_fpl", "137.5", 137.5),
        ("veteran", "Yes", True),
        ("has_id", "no", False),
        ("pregnant", "FALSE", False),
        ("disability", "1", True),
        ("insurance", "Medicaid", "medicaid"),
        ("insurance", "Medicare, medicaid", ("medicaid", "medicare")),
        ("insurance", "medicaid,medicaid", "medicaid"),
        ("age", "7 months", 7.5 / 12),
        ("age", "18m", 18.5 / 12),
        ("age", "1 mo.", 1.5 / 12),
        ("income", "$30,000", 30_000.0),
        ("income", "12500.50", 12_500.5),
        ("children", "2", 2.0),
        ("zip", "21201", "21201"),
    ],
)
def test_a_fact_is_read_as_people_write_it(name: str, text: str, value: object) -> None:
    assert parse_fact(name, text) == value


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("age", "-1", "from 0 to 130"),
        ("age", "131", "from 0 to 130"),
        ("age", "nan", "from 0 to 130"),
        ("income_fpl", "inf", "from 0 to 5000"),
        ("veteran", "maybe", "yes or no"),
        ("insurance", "none, medicaid", "cannot stand beside"),
        ("insurance", "medicaid,", "none, medicaid"),
        ("gender", "female, male", "female, male, other"),
        ("age", "30, 40", "from 0 to 130"),
        ("age", "1600 months", "from 0 to 130"),
        ("income", "30,00", "from 0 to 10000000"),
        ("insurance", "gold", "none, medicaid, medicare, private, other"),
        ("zip", "2120", "five digits"),
        ("zip", "21201-3412", "five digits"),
        ("zip", "٢١٢٠١", "five digits"),
        ("race", "any", "age, household_size"),
    ],
)
def test_a_refusal_says_what_to_write_and_names_the_fact(name: str, text: str, says: str) -> None:
    with pytest.raises(Invalid, match=says) as refusal:
        parse_fact(name, text)
    assert [fault.field for fault in refusal.value.faults] == [name]


def is_value_of(fact: Fact, value: FactValue) -> bool:
    if fact.kind is FactKind.NUMBER:
        return isinstance(value, float) and math.isfinite(value) and 0 <= value <= fact.largest
    if fact.kind is FactKind.YES_NO:
        return isinstance(value, bool)
    if fact.kind is FactKind.CHOICE:
        return {*values_of(value)} <= {*fact.choices} and (fact.several or not isinstance(value, tuple))
    return isinstance(value, str) and len(value) == 5 and value.isascii() and value.isdecimal()


@given(st.sampled_from(FACT_NAMES), st.text() | st.floats().map(str) | st.integers().map(str) | st.from_regex("[0-9]+"))
def test_whatever_is_written_is_a_value_or_refused(name: str, text: str) -> None:
    try:
        value = parse_fact(name, text)
    except Invalid:
        return
    assert is_value_of(FACTS[name], value)
    again = parse_fact(name, written(name, value))
    assert again == (pytest.approx(value) if name != "age" and isinstance(value, float) else again)


@given(st.integers(0, 1559))
def test_an_age_in_months_stays_in_months(months: int) -> None:
    age = parse_fact("age", f"{months} months")

    assert isinstance(age, float)
    assert months_of(age) == months
    assert parse_fact("age", written("age", age)) == age


@pytest.mark.parametrize("age", [0.0, 1.0, 75.5, 130.0])
def test_an_age_in_years_has_no_months(age: float) -> None:
    assert months_of(age) is None
    assert parse_fact("age", written("age", age)) == age


@given(st.text())
def test_no_other_name_is_a_fact(name: str) -> None:
    if name not in FACTS:
        with pytest.raises(Invalid):
            parse_fact(name, "1")
