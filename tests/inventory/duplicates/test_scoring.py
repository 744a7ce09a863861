"""Whether two records are the same place, in the cases that stewards meet."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.inventory.rules.duplicates.fields import Fields
from resource_hub.inventory.rules.duplicates.scoring import score

MAIN = {"address_1": "100 Main St", "city": "Baltimore", "state_province": "MD", "postal_code": "21201"}
GARRISON = {"address_1": "2300 Garrison Blvd", "city": "Baltimore", "state_province": "MD", "postal_code": "21216"}
OHIO = {"address_1": "12 Oak Ave", "city": "Columbus", "state_province": "OH", "postal_code": "43201"}


def at(place: dict[str, Any], name: str, **more: Any) -> Fields:
    return replace(Fields(name), **place, **more)


SAME = {
    "a saint, an apostrophe, a denomination": (
        at(MAIN, "St. Mary's Church"),
        Fields("Saint Marys Catholic Church", "100 Main Street", city="BALTIMORE", postal_code="21201-1234"),
    ),
    "a legal form, an article, capitals, a changed number": (
        at(MAIN, "Harbor Table, Inc.", phone="410-555-0100"),
        at(MAIN, "THE HARBOR TABLE", phone="(410) 555-0199"),
    ),
    "a short form and a suite": (
        at(MAIN, "Dept. of Aging & Disability"),
        Fields("Department of Aging and Disability", "100 MAIN ST STE 3", city="Baltimore", state_province="MD"),
    ),
    "another order of words and one number": (
        Fields("Dept. of Social Services Baltimore", phone="4105550100"),
        Fields("Baltimore Department of Social Services", phone="+1 410.555.0100"),
    ),
    "letters changed": (at(MAIN, "Marylnad Food Bnak"), at(MAIN, "Maryland Food Bank")),
    "words written together": (at(MAIN, "Maryland Food Bank"), at(MAIN, "Maryland Foodbank")),
    "an acronym": (at(MAIN, "Part of the Solution"), at(MAIN, "POTS")),
    "a PO box beside a street": (
        Fields("Boys & Girls Club of Easton", "P.O. Box 12", city="Easton", phone="4105550100"),
        Fields("Boys and Girls Clubs of Easton", "12 Oak St", city="Easton", phone="4105550100"),
    ),
    "a website, written twice": (
        Fields("Habitat for Humanity of the Chesapeake", website="habitatchesapeake.org"),
        Fields("Habitat for Humanity Chesapeake Inc", website="https://www.habitatchesapeake.org/"),
    ),
    "a directory's label before the name": (
        at(MAIN, "Holy Cross Episcopal Church"),
        at(MAIN, "CHILD MEAL SITE:: Holy Cross Episcopal Church"),
    ),
    "a usual name at one address": (at(MAIN, "Food Pantry"), at(MAIN, "Food Pantry")),
}
DIFFERENT = {
    "two organizations in one building": (at(MAIN, "Harbor Table"), at(MAIN, "Legal Aid Bureau")),
    "two organizations with one switchboard": (
        at(MAIN, "Harbor Table", phone="4105550100"),
        at(MAIN, "Kids First Clinic", phone="4105550100"),
    ),
    "a usual name at two addresses": (at(MAIN, "Food Pantry"), at(GARRISON, "Food Pantry")),
    "a usual church name in two states": (at(MAIN, "First Baptist Church"), at(OHIO, "First Baptist Church")),
    "a usual name and nothing else": (Fields("Food Pantry"), Fields("Food Pantry")),
    "a chain in two cities": (
        at(MAIN, "Salvation Army – Baltimore", website="salvationarmy.org"),
        at(OHIO, "Salvation Army – Columbus", website="https://www.salvationarmy.org"),
    ),
    "branches with one number": (
        at(MAIN, "Meals on Wheels", phone="4105550100"),
        at(GARRISON, "Meals on Wheels", phone="4105550100"),
    ),
    "parts of one organization": (
        at(MAIN, "Harbor College, Career Center", phone="410-555-0101"),
        at(MAIN, "Harbor College, Transfer Center", phone="410-555-0100"),
    ),
    "city and county": (
        at(MAIN, "Baltimore City Dept. of Recreation & Parks"),
        at(GARRISON, "Baltimore County Dept. of Recreation and Parks"),
    ),
    "nothing at all": (Fields(), Fields()),
}


@pytest.mark.parametrize("case", SAME)
def test_what_a_steward_would_merge_is_the_same(case: str) -> None:
    assert score(*SAME[case]).same


@pytest.mark.parametrize("case", DIFFERENT)
def test_what_a_steward_would_keep_apart_is_different(case: str) -> None:
    assert not score(*DIFFERENT[case]).same


def test_reasons_say_what_spoke_for_and_against() -> None:
    found = score(at(MAIN, "Harbor Table", phone="4105550100"), at(MAIN, "The Harbor Table", phone="4105550199"))
    assert "For: the street address is the same." in found.reasons
    assert "Against: the phone numbers differ." in found.reasons
    assert not any("missing" in reason for reason in found.reasons)


def test_points_far_apart_speak_against_a_pair() -> None:
    near = score(
        Fields("Harbor Table", latitude=39.29, longitude=-76.61),
        Fields("Harbor Table", latitude=39.29, longitude=-76.61),
    )
    far = score(
        Fields("Harbor Table", latitude=39.29, longitude=-76.61),
        Fields("Harbor Table", latitude=39.49, longitude=-76.61),
    )
    assert near.score > far.score
    assert any("2 km" in reason for reason in far.reasons)


ANYTHING = st.text(max_size=60)
RECORDS = st.builds(
    Fields, ANYTHING, ANYTHING, ANYTHING, ANYTHING, ANYTHING, ANYTHING, ANYTHING, ANYTHING, st.floats() | st.none(),
    st.floats() | st.none(),
)  # fmt: skip


@given(RECORDS, RECORDS)
def test_any_two_records_have_a_chance_and_their_order_does_not_matter(one: Fields, other: Fields) -> None:
    found = score(one, other)
    assert 0 <= found.score <= 1
    assert found.reasons
    assert score(other, one).score == pytest.approx(found.score, abs=1e-3)


@given(RECORDS)
def test_a_record_is_never_less_like_itself_than_without_its_phone(record: Fields) -> None:
    whole, less = Fields(record.name, phone="4105550100"), Fields(record.name)
    assert score(whole, whole).score >= score(whole, less).score


def test_long_texts_are_cut_before_they_are_compared() -> None:
    long = Fields("a b " * 500_000, "1 " * 500_000, phone="4" * 500_000, website="x." * 500_000)
    assert score(long, long).score <= 1
