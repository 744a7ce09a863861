import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.core.codes import FACTS
from resource_hub.inventory.rules.eligibility_text import OLDEST, ages_between, read_rules
from resource_hub.inventory.values import Operator, Rule, RuleStatus

AT_LEAST, AT_MOST, IS = Operator.AT_LEAST, Operator.AT_MOST, Operator.IS


def conditions(rules: tuple[Rule, ...], status: RuleStatus) -> set[tuple[str, Operator, object]]:
    return {(rule.fact, rule.operator, rule.value) for rule in rules if rule.status is status}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ages 18 and older.", {("age", AT_LEAST, 18)}),
        ("Adults 18 and older.", {("age", AT_LEAST, 18)}),
        ("Adults, 18 years of age and over", {("age", AT_LEAST, 18)}),
        ("Persons age13 and older.", {("age", AT_LEAST, 13)}),
        ("Seniors, ages 60 and over", {("age", AT_LEAST, 60)}),
        ("Seniors (60+)", {("age", AT_LEAST, 60)}),
        ("seniors 62+", {("age", AT_LEAST, 62)}),
        ("Senior citizens aged 60 or older.", {("age", AT_LEAST, 60)}),
        ("Must be at least 21 years old.", {("age", AT_LEAST, 21)}),
        ("Ages 5-17.", {("age", AT_LEAST, 5), ("age", AT_MOST, 17)}),
        ("Children, ages 3 to 5", {("age", AT_LEAST, 3), ("age", AT_MOST, 5)}),
        ("Youth between the ages of 12 through 18.", {("age", AT_LEAST, 12), ("age", AT_MOST, 18)}),
        ("Children, birth to 5", {("age", AT_MOST, 5)}),
        ("From birth to age 18 years.", {("age", AT_MOST, 18)}),
        ("Ages 0-18.", {("age", AT_MOST, 18)}),
        ("Persons under 21.", {("age", AT_MOST, 20)}),
        ("Children up to age 12.", {("age", AT_MOST, 12)}),
        ("Youth 17 and under", {("age", AT_MOST, 17)}),
        ("Women ages 18 or older.", {("gender", IS, "female"), ("age", AT_LEAST, 18)}),
        ("Men, 18 years of age and older", {("gender", IS, "male"), ("age", AT_LEAST, 18)}),
        ("Girls ages 5-17 years.", {("gender", IS, "female"), ("age", AT_LEAST, 5), ("age", AT_MOST, 17)}),
        ("Women only.", {("gender", IS, "female")}),
        ("Veterans.", {("veteran", IS, True)}),
        ("Pregnant women.", {("pregnant", IS, True)}),
        ("People with disabilities", {("disability", IS, True)}),
    ],
)
def test_one_plain_statement_is_approved(text: str, expected: set[tuple[str, Operator, object]]) -> None:
    rules = read_rules(text)
    assert conditions(rules, RuleStatus.APPROVED) == expected
    assert not conditions(rules, RuleStatus.SUGGESTED)
    assert {rule.words for rule in rules} == {text}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Seniors 60 years or older. Spouses of any age.", {("age", AT_LEAST, 60)}),
        (
            "Children up to age 19 and pregnant women of any age.",
            {("age", AT_MOST, 19), ("pregnant", IS, True), ("gender", IS, "female")},
        ),
        ("18 and older with some exceptions for younger persons.", {("age", AT_LEAST, 18)}),
        ("Ages 60 and older. See notes.", {("age", AT_LEAST, 60)}),
        ("Most services are for ages 55 & older.", {("age", AT_LEAST, 55)}),
        ("Families with children, ages 0-18.", {("age", AT_MOST, 18), ("children", AT_LEAST, 1)}),
        ("Any family with a dependent child", {("children", AT_LEAST, 1)}),
        ("Persons ages 16 and older or agencies.", {("age", AT_LEAST, 16)}),
        ("Eligible Veterans.", {("veteran", IS, True)}),
        ("Open to anyone over 16.", {("age", AT_LEAST, 16)}),
        (
            "Uninsured adults below 200% of the federal poverty level",
            {("insurance", IS, "none"), ("income_fpl", AT_MOST, 200)},
        ),
        ("Homeless men", {("gender", IS, "male")}),
    ],
)
def test_anything_more_is_only_suggested(text: str, expected: set[tuple[str, Operator, object]]) -> None:
    rules = read_rules(text)
    assert not conditions(rules, RuleStatus.APPROVED)
    assert conditions(rules, RuleStatus.SUGGESTED) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Open to anyone.",
        "Families. Takes 30 and more.",
        "Grades 7-12",
        "grade 9 and up",
        "Drug-free for 10-14 days",
        "Infants 6 months and older",
        "Ages 2 to 11 months.",
        "Rent of $500 and up",
        "Section 8 and over",
        "Men and women",
        "Ages 65-18.",
        "Ages 200 and older.",
        "Open Monday to Friday 9-5",
    ],
)
def test_what_is_no_limit_gives_none(text: str) -> None:
    assert read_rules(text) == ()


def test_two_age_groups_are_two_alternatives() -> None:
    rules = read_rules("Alateen is for ages 11-18. Al-Anon groups 19 and older.")
    assert {(rule.alternative, rule.operator, rule.value) for rule in rules} == {
        (0, AT_LEAST, 19),
        (1, AT_LEAST, 11),
        (1, AT_MOST, 18),
    }


def test_the_words_are_those_of_the_text() -> None:
    (rule,) = read_rules("Residents in need, Ages 62 AND OLDER, with a lease")
    assert rule.words == "62 AND OLDER"


def test_stated_ages_are_approved_as_they_stand() -> None:
    assert conditions(ages_between(12, None), RuleStatus.APPROVED) == {("age", AT_LEAST, 12)}
    assert conditions(ages_between(12, 18.5), RuleStatus.APPROVED) == {("age", AT_LEAST, 12), ("age", AT_MOST, 18.5)}
    assert ages_between(None, None) == ()


@given(st.text(max_size=300))
def test_any_text_gives_rules_that_can_be_stored(text: str) -> None:
    for rule in read_rules(text):
        assert rule.fact in FACTS
        assert rule.words is not None
        assert rule.fact != "age" or 0 <= float(str(rule.value)) <= OLDEST


@given(st.integers(1, OLDEST), st.sampled_from(["Adults {} and older", "Ages {} and up.", "Persons {} years or older"]))
def test_a_lowest_age_is_read_as_written(age: int, form: str) -> None:
    assert conditions(read_rules(form.format(age)), RuleStatus.APPROVED) == {("age", AT_LEAST, age)}


@given(st.integers(1, OLDEST), st.text(alphabet=st.characters(categories=["L"]), min_size=3, max_size=20))
def test_an_unknown_word_is_never_approved(age: int, word: str) -> None:
    rules = read_rules(f"Adults {age} and older unless {word}")
    assert not conditions(rules, RuleStatus.APPROVED)
