"""How old somebody is, what matching is told, and what a consent covers."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.core.codes import months_of
from resource_hub.people.errors import ConsentExpired, ConsentRevoked
from resource_hub.people.rules import age, consent, sharing
from resource_hub.people.values import (
    SHAREABLE_FIELDS,
    AgeRange,
    Basis,
    ConsentTerms,
    HowGiven,
    NewPerson,
    Person,
    PersonFactValue,
    Route,
    RouteKind,
)

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
TERMS = ConsentTerms(frozenset({"name"}), Basis.AUTHORIZATION, HowGiven.VERBAL, 90)
ANA = Person(
    id="p-1",
    market_id="m-1",
    name="Ana Reyes",
    record_number="77",
    birth="1950-03-14",
    postal_code="21201",
    language="es",
    facts=(PersonFactValue("veteran", value=True, as_of=TODAY), PersonFactValue("income_fpl", 120.0, TODAY)),
    routes=(Route("r-1", RouteKind.PHONE, "+14105550123", "after five", safe_to_leave_message=False),),
)
birthdays = st.dates(date(1897, 1, 1), TODAY)


@pytest.mark.parametrize(
    ("birth", "lowest", "highest"),
    [
        ("1950-03-14", 76, 76),
        ("1950-11-20", 76, 76),
        ("1950-11-21", 75, 75),
        ("1950", 75, 76),
        ("2026", 0, 0),
        ("2026-11-20", 0, 0),
    ],
)
def test_age_is_in_whole_years_and_a_year_alone_leaves_two(birth: str, lowest: int, highest: int) -> None:
    assert age.age_on(TODAY, birth) == AgeRange(lowest, highest)


def test_on_the_last_day_of_the_year_the_year_of_birth_is_enough() -> None:
    assert age.age_on(date(2026, 12, 31), "1950") == AgeRange(76, 76)


def test_a_leap_day_child_turns_older_on_the_first_of_march() -> None:
    assert age.age_on(date(2026, 2, 28), "2000-02-29") == AgeRange(25, 25)
    assert age.age_on(date(2026, 3, 1), "2000-02-29") == AgeRange(26, 26)


@pytest.mark.parametrize("birth", ["", "19500", "unknown"])
def test_an_unknown_birth_has_no_age(birth: str) -> None:
    assert age.age_on(TODAY, birth) is None


@given(birthdays, st.dates(TODAY, date(2030, 1, 1)))
def test_the_age_of_a_date_lies_within_the_ages_of_its_year(birthday: date, today: date) -> None:
    exact, wide = age.age_on(today, birthday.isoformat()), age.age_on(today, f"{birthday.year:04}")

    assert exact
    assert wide
    assert wide.lowest <= exact.lowest == exact.highest <= wide.highest <= wide.lowest + 1


def test_age_and_zip_are_derived_for_matching() -> None:
    assert sharing.facts_for_matching(ANA, TODAY) == {
        "veteran": True,
        "income_fpl": 120.0,
        "age": 76.0,
        "zip": "21201",
    }


def test_an_age_known_by_the_year_alone_is_between_the_two() -> None:
    assert sharing.facts_for_matching(replace(ANA, birth="1950"), TODAY)["age"] == 75.5


def test_what_was_stated_comes_before_what_follows() -> None:
    stated = (PersonFactValue("age", 64.0, TODAY), PersonFactValue("zip", "21230", TODAY))

    facts = sharing.facts_for_matching(replace(ANA, facts=stated), TODAY)

    assert facts == {"age": 64.0, "zip": "21230"}


def test_a_stated_age_grows_with_the_years() -> None:
    stated = replace(ANA, birth="", facts=(PersonFactValue("age", 64.0, date(2024, 11, 21)),))

    assert sharing.facts_for_matching(stated, TODAY)["age"] == 65.0


def test_what_is_unknown_is_left_out() -> None:
    assert sharing.facts_for_matching(Person("p-2", "m-1", "Bo"), TODAY) == {}


def test_age_can_be_shared_without_birth() -> None:
    shared = sharing.shared(ANA, frozenset({"fact:age"}), TODAY)

    assert shared.facts == (("age", 76.0),)
    assert (shared.name, shared.birth, shared.postal_code, shared.language, shared.routes) == (None,) * 4 + ((),)


@given(st.frozensets(st.sampled_from(sorted(SHAREABLE_FIELDS))))
def test_nothing_is_shared_that_the_consent_does_not_cover(fields: frozenset[str]) -> None:
    shared = sharing.shared(ANA, fields, TODAY)

    assert (shared.name is not None) == ("name" in fields)
    assert (shared.birth is not None) == ("birth" in fields)
    assert (shared.postal_code is not None) == ("postal_code" in fields)
    assert (shared.language is not None) == ("language" in fields)
    assert bool(shared.routes) == ("contact_routes" in fields)
    assert {f"fact:{name}" for name, _value in shared.facts} <= fields


@given(st.frozensets(st.sampled_from(sorted(SHAREABLE_FIELDS))))
def test_the_parts_that_are_opened_are_enough(fields: frozenset[str]) -> None:
    parts = sharing.parts_needed(fields)
    nobody = Person(ANA.id, ANA.market_id, name="")
    least = replace(nobody, **{part: getattr(ANA, part) for part in parts})

    assert sharing.shared(least, fields, TODAY) == sharing.shared(ANA, fields, TODAY)
    assert "record_number" not in parts


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        (replace(TERMS, fields=frozenset()), "fields"),
        (replace(TERMS, fields=frozenset({"name", "shoe_size"})), "fields"),
        (replace(TERMS, days=0), "days"),
        (replace(TERMS, days=-1), "days"),
        (replace(TERMS, days=366), "days"),
    ],
)
def test_terms_of_a_consent_that_cannot_be(terms: ConsentTerms, field: str) -> None:
    assert [fault.field for fault in consent.faults_of(terms)] == [field]
    assert not consent.faults_of(TERMS)


def test_a_consent_holds_until_the_instant_it_ends_or_is_taken_back() -> None:
    end = NOW + timedelta(days=90)

    assert consent.refusal_at(NOW, expires_at=end, revoked_at=None) is None
    assert isinstance(consent.refusal_at(end, expires_at=end, revoked_at=None), ConsentExpired)
    assert isinstance(consent.refusal_at(NOW, expires_at=end, revoked_at=NOW), ConsentRevoked)


def test_a_person_does_not_show_in_a_log() -> None:
    assert "Ana" not in f"{ANA!r} {NewPerson('Ana')!r} {sharing.shared(ANA, frozenset({'name'}), TODAY)!r}"


@pytest.mark.parametrize(
    ("birth", "months"),
    [("2026-11-20", 0), ("2026-04-20", 7), ("2026-04-21", 6), ("2024-02-29", 32), ("2023-11-21", 35)],
)
def test_a_baby_s_age_is_told_in_months(birth: str, months: int) -> None:
    told = sharing.facts_for_matching(replace(ANA, birth=birth), TODAY)["age"]

    assert isinstance(told, float)
    assert months_of(told) == months


@pytest.mark.parametrize(("birth", "told"), [("2023-11-20", 3.0), ("2025", 0.5), ("1950", 75.5)])
def test_everybody_else_s_age_is_told_in_years(birth: str, told: float) -> None:
    assert sharing.facts_for_matching(replace(ANA, birth=birth), TODAY)["age"] == told


def test_an_age_told_in_months_grows_by_the_months() -> None:
    stated = PersonFactValue("age", 7.5 / 12, date(2026, 7, 21))
    told = sharing.facts_for_matching(replace(ANA, facts=(stated,)), TODAY)["age"]

    assert isinstance(told, float)
    assert months_of(told) == 10
