"""What is asked: what settles most of the list comes first, at most three a row, and an answer really settles."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resource_hub.core.codes import FactValue
from resource_hub.inventory.values import Operator
from resource_hub.matching import phrases
from resource_hub.matching.values import Condition, Extent, Mode, Query
from tests.matching.build import ENGLISH, Row, left_out, query, ranked

ELDERS = Condition("age", Operator.AT_LEAST, 60, approved=True)
VETERANS = Condition("veteran", Operator.IS, value=True, approved=True)
MEDICAID = Condition("insurance", Operator.ANY_OF, ("medicaid", "none"), approved=True)
PREGNANT = Condition("pregnant", Operator.IS, value=True, approved=True)
POOR = Condition("income_fpl", Operator.AT_MOST, 200, approved=True)
ANSWERS: dict[str, FactValue] = {"age": 70.0, "veteran": True, "insurance": "none", "pregnant": False, "has_id": True}


def facts_asked(rows: list[Row], asked: Query | None = None) -> dict[str, list[str]]:
    return {match.listing.name: [one.fact for one in match.questions] for match in ranked(rows, asked)}


def test_what_settles_a_likely_match_comes_before_what_settles_two_unlikely_ones() -> None:
    rows = [
        Row("likely", alternatives=((ELDERS, VETERANS),)),
        Row("unlikely", alternatives=((VETERANS,),), status="no-capacity"),
        Row("also unlikely", alternatives=((VETERANS, ELDERS, PREGNANT),), status="no-capacity"),
        Row("another likely one", alternatives=((ELDERS,),)),
    ]

    asked = facts_asked(rows)

    assert asked["likely"] == ["age", "veteran"]
    assert asked["also unlikely"] == ["age", "veteran", "pregnant"]


def test_three_at_most_and_those_that_settle_most() -> None:
    everything = (PREGNANT, MEDICAID, VETERANS, ELDERS)
    rows = [
        Row("all", alternatives=(everything,), documents=("has_id",)),
        *(Row(name, alternatives=((MEDICAID,),)) for name in "bc"),
        Row("d", alternatives=((VETERANS,),)),
    ]

    assert facts_asked(rows)["all"] == ["insurance", "veteran", "age"]


def test_what_only_the_organization_knows_is_asked_last() -> None:
    suggested = Condition("age", Operator.AT_LEAST, 60, approved=False)
    [match] = ranked([Row(alternatives=((suggested, VETERANS),))], query(facts={"age": 30.0}))

    assert [(one.fact, one.stated) for one in match.questions] == [("veteran", None), ("age", suggested)]


def test_income_in_dollars_asks_for_the_household() -> None:
    row = Row(alternatives=((POOR,),))

    assert facts_asked([row])[row.name] == ["income_fpl"]
    assert facts_asked([row], query(facts={"income": 20_000.0}))[row.name] == ["household_size"]


@pytest.mark.parametrize(("age", "asks"), [(1.0, True), (1.5, True), (18.5 / 12, False)])
def test_an_age_told_too_roughly_is_asked_again(age: float, *, asks: bool) -> None:
    toddlers = Condition("age", Operator.AT_LEAST, 1.5, approved=True)
    [match] = ranked([Row(alternatives=((toddlers,),))], query(facts={"age": age}))

    texts = [phrases.question(one, ENGLISH) for one in match.questions]
    assert texts == (["What age (for a baby, in months)?"] if asks else [])


conditions = st.sampled_from([ELDERS, VETERANS, MEDICAID, PREGNANT])
rows = st.builds(
    lambda alternatives, papers: {"alternatives": alternatives, "documents": papers},
    st.lists(st.lists(conditions, min_size=1, max_size=3).map(tuple), max_size=3).map(tuple),
    st.sampled_from([(), ("has_id",)]),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(rows, min_size=1, max_size=6))
def test_answering_the_first_question_settles_it_and_asks_nothing_new(made: list[dict[str, Any]]) -> None:
    market = [Row(f"r{number}", modes=Mode.PHONE, **fields) for number, fields in enumerate(made)]
    known: dict[str, FactValue] = {}
    asked = facts_asked(market)

    for _step in range(len(ANSWERS)):
        open_facts = {fact for facts in asked.values() for fact in facts}
        if not open_facts:
            break
        assert all(len(facts) <= 3 for facts in asked.values())
        first = next(facts[0] for facts in asked.values() if facts)
        known[first] = ANSWERS[first]
        asked = facts_asked(market, query(facts=known))
        assert first not in {fact for facts in asked.values() for fact in facts}
    assert not any(asked.values())


def test_an_answer_changes_the_list() -> None:
    rows = [Row("elders", alternatives=((ELDERS,),)), Row("here", areas=(Extent("postal_code", "21201"),)), Row("all")]

    before = {match.listing.name: match.score for match in ranked(rows)}
    old = {match.listing.name: match.score for match in ranked(rows, query(facts={"age": 70.0}))}

    assert old["elders"] > before["elders"]
    assert old["all"] == before["all"]
    assert left_out(rows, query(facts={"age": 30.0})) == {"elders": "ineligible"}
    assert facts_asked(rows, query(home=None))["here"] == ["zip"]
