"""Eligibility is three-valued: a known rule passes, fails or asks; nothing that is not known leaves anybody out."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resource_hub.core.codes import FactValue
from resource_hub.inventory.values import Operator
from resource_hub.matching.rules import eligibility
from resource_hub.matching.values import Condition, Truth
from tests.matching.build import Row, left_out, names, query, ranked
from tests.matching.build import eligibility as table_of

ADULTS = Condition("age", Operator.AT_LEAST, 60, approved=True)
CHILDREN = Condition("age", Operator.AT_MOST, 17, approved=True)
BABIES = Condition("age", Operator.AT_MOST, 0.75, approved=True)
TODDLERS = Condition("age", Operator.AT_LEAST, 1.5, approved=True)
VETERANS = Condition("veteran", Operator.IS, value=True, approved=True)
MEDICAID = Condition("insurance", Operator.ANY_OF, ("medicaid", "none"), approved=True)


@pytest.mark.parametrize(
    ("condition", "fact", "truth"),
    [
        (ADULTS, 60.0, Truth.YES),
        (ADULTS, 59.9, Truth.NO),
        (ADULTS, None, Truth.UNKNOWN),
        (ADULTS, 59.5, Truth.UNKNOWN),
        (ADULTS, 60.5, Truth.YES),
        (ADULTS, 58.5, Truth.NO),
        (CHILDREN, 17.5, Truth.UNKNOWN),
        (CHILDREN, 17, Truth.YES),
        (CHILDREN, 17.9, Truth.YES),
        (CHILDREN, 18, Truth.NO),
        (BABIES, 9.5 / 12, Truth.YES),
        (BABIES, 10.5 / 12, Truth.NO),
        (BABIES, 0.75, Truth.YES),
        (BABIES, 0.0, Truth.UNKNOWN),
        (BABIES, 1.0, Truth.NO),
        (TODDLERS, 18.5 / 12, Truth.YES),
        (TODDLERS, 17.5 / 12, Truth.NO),
        (TODDLERS, 1.0, Truth.UNKNOWN),
        (TODDLERS, 1.5, Truth.UNKNOWN),
        (TODDLERS, 2.0, Truth.YES),
        (ADULTS, 718.5 / 12, Truth.NO),
        (ADULTS, 720.5 / 12, Truth.YES),
        (VETERANS, True, Truth.YES),
        (VETERANS, False, Truth.NO),
        (Condition("veteran", Operator.IS, value=False, approved=True), False, Truth.YES),
        (Condition("veteran", Operator.IS_NOT, value=True, approved=True), False, Truth.YES),
        (MEDICAID, "Medicaid", Truth.YES),
        (MEDICAID, "medicare", Truth.NO),
        (Condition("insurance", Operator.NONE_OF, ("private",), approved=True), "private", Truth.NO),
        (Condition("insurance", Operator.NONE_OF, ("private",), approved=True), "none", Truth.YES),
        (MEDICAID, ("medicare", "medicaid"), Truth.YES),
        (MEDICAID, ("medicare", "private"), Truth.NO),
        (Condition("insurance", Operator.NONE_OF, ("private",), approved=True), ("medicare", "private"), Truth.NO),
        (Condition("insurance", Operator.IS_NOT, "private", approved=True), ("medicare", "medicaid"), Truth.YES),
        (Condition("insurance", Operator.ANY_OF, (), approved=True), "private", Truth.UNKNOWN),
        (Condition("children", Operator.AT_LEAST, 1, approved=True), 0.0, Truth.NO),
        (Condition("children", Operator.IS, 2, approved=True), 2.0, Truth.YES),
        (Condition("age", Operator.IS, 60, approved=True), 60.5, Truth.UNKNOWN),
        (Condition("veteran", Operator.IS, value="yes", approved=True), True, Truth.UNKNOWN),
        (Condition("zip", Operator.ANY_OF, ("21201", "21202"), approved=True), "21202", Truth.YES),
        (Condition("zip", Operator.ANY_OF, ("21201", "21202"), approved=True), "21203", Truth.NO),
        (Condition("age", Operator.AT_LEAST, "sixty", approved=True), 30.0, Truth.UNKNOWN),
        (Condition("age", "resembles", 60, approved=True), 30.0, Truth.UNKNOWN),
        (Condition("shoe_size", Operator.AT_LEAST, 60, approved=True), None, Truth.UNKNOWN),
    ],
)
def test_a_rule_passes_fails_or_asks(condition: Condition, fact: FactValue | None, truth: Truth) -> None:
    facts = {} if fact is None else {condition.fact: fact}

    assert eligibility.judge(condition, facts) is truth


def test_a_rule_that_nobody_approved_asks_where_it_would_say_no() -> None:
    suggested = Condition("age", Operator.AT_LEAST, 60, approved=False)

    assert eligibility.judge(suggested, {"age": 30.0}) is Truth.UNKNOWN
    assert eligibility.judge(suggested, {"age": 60.0}) is Truth.YES


def slow(alternatives: Sequence[Sequence[Condition]], facts: Mapping[str, FactValue]) -> Truth:
    """Judge as a person would with the rules on paper."""
    if not alternatives:
        return Truth.YES
    verdicts = []
    for alternative in alternatives:
        judged = [eligibility.judge(condition, facts) for condition in alternative]
        if any(truth is Truth.NO for truth in judged):
            verdicts.append(Truth.NO)
        elif any(truth is Truth.UNKNOWN for truth in judged):
            verdicts.append(Truth.UNKNOWN)
        else:
            verdicts.append(Truth.YES)
    if Truth.YES in verdicts:
        return Truth.YES
    return Truth.UNKNOWN if Truth.UNKNOWN in verdicts else Truth.NO


conditions = st.one_of(
    st.builds(
        Condition,
        st.sampled_from(["age", "income_fpl"]),
        st.sampled_from([Operator.AT_LEAST, Operator.AT_MOST]),
        st.integers(0, 100),
        st.booleans(),
    ),
    st.builds(Condition, st.sampled_from(["veteran", "pregnant"]), st.just(Operator.IS), st.booleans(), st.booleans()),
    st.builds(
        Condition,
        st.just("insurance"),
        st.sampled_from([Operator.ANY_OF, Operator.NONE_OF]),
        st.sampled_from([("medicaid",), ("medicare", "none")]),
        st.booleans(),
    ),
)
markets = st.lists(st.lists(st.lists(conditions, min_size=1, max_size=3), max_size=3), min_size=1, max_size=8)
people = st.fixed_dictionaries(
    {},
    optional={
        "age": st.integers(0, 100),
        "income_fpl": st.integers(0, 100),
        "veteran": st.booleans(),
        "pregnant": st.booleans(),
        "insurance": st.sampled_from(["medicaid", "medicare", "none"]),
    },
)


@settings(deadline=None)
@given(markets, people)
def test_the_columns_agree_with_the_rules_on_paper(
    market: list[list[list[Condition]]], person: dict[str, FactValue]
) -> None:
    judged = eligibility.judge_rows(table_of(market), person)

    assert [Truth(verdict) for verdict in judged] == [slow(row, person) for row in market]


@settings(deadline=None)
@given(markets, people)
def test_learning_a_fact_never_turns_a_yes_or_a_no(
    market: list[list[list[Condition]]], person: dict[str, FactValue]
) -> None:
    before = eligibility.judge_rows(table_of(market), person)
    more = {"age": 40, "veteran": True, "insurance": "none", **person}
    after = eligibility.judge_rows(table_of(market), more)

    assert all(then == now for then, now in zip(before, after, strict=True) if then != Truth.UNKNOWN)


@settings(deadline=None, max_examples=40)
@given(markets, people)
def test_only_an_approved_rule_that_fails_leaves_a_service_out(
    market: list[list[list[Condition]]], person: dict[str, FactValue]
) -> None:
    rows = [Row(f"r{number}", alternatives=tuple(map(tuple, row))) for number, row in enumerate(market)]

    for name in left_out(rows, query(facts=person)):
        failed = eligibility.failed(table_of(market), int(name[1:]), person)
        assert failed is not None
        assert failed.approved


def test_thirty_year_olds_are_not_shown_what_is_for_sixty_and_over() -> None:
    rows = [Row("elders", alternatives=((ADULTS,),)), Row("all")]

    assert names(rows, query(facts={"age": 30.0})) == ["all"]
    assert left_out(rows, query(facts={"age": 30.0})) == {"elders": "ineligible"}


def test_words_that_speak_against_the_person_weigh_more_than_not_knowing() -> None:
    suggested = ((Condition("age", Operator.AT_LEAST, 60, approved=False),),)
    rows = [Row("elders, they say", alternatives=suggested), Row("veterans", alternatives=((VETERANS,),)), Row("all")]

    assert names(rows, query(facts={"age": 30.0})) == ["all", "veterans", "elders, they say"]
    assert ranked(rows, query(facts={"age": 70.0}))[-1].listing.name == "veterans"


def test_one_alternative_that_holds_is_enough() -> None:
    rows = [Row("either", alternatives=((ADULTS,), (VETERANS,)))]

    assert ranked(rows, query(facts={"age": 30.0, "veteran": True}))[0].eligible


def test_what_is_not_known_becomes_a_question_that_an_answer_settles() -> None:
    rows = [Row("elders", alternatives=((ADULTS,),))]

    asking = ranked(rows)[0]
    settled = ranked(rows, query(facts={"age": 65.0}))[0]

    assert not asking.eligible
    assert [question.fact for question in asking.questions] == ["age"]
    assert settled.eligible
    assert settled.questions == ()
    assert settled.score > asking.score


def test_the_question_that_settles_most_of_the_list_comes_first_and_there_are_three_at_most() -> None:
    many = (ADULTS, VETERANS, MEDICAID, Condition("pregnant", Operator.IS, value=True, approved=True))
    rows = [Row("a", alternatives=(many,)), *(Row(name, alternatives=((VETERANS,),)) for name in "bcd")]

    questions = {match.listing.name: [asked.fact for asked in match.questions] for match in ranked(rows)}

    assert questions["a"] == ["veteran", "age", "insurance"]
    assert questions["b"] == ["veteran"]


def test_a_dead_alternative_asks_nothing() -> None:
    rows = [Row("either", alternatives=((ADULTS, VETERANS), (MEDICAID,)))]

    [match] = ranked(rows, query(facts={"age": 30.0}))

    assert [question.fact for question in match.questions] == ["insurance"]


def test_words_that_nobody_turned_into_rules_are_unknown() -> None:
    assert not ranked([Row("in words", in_words=True)])[0].eligible
