"""What can be written about a person, in which form it is stored, and how a refusal names what is wrong."""

from datetime import date, timedelta

import pytest

from resource_hub.core.codes import FactValue
from resource_hub.core.errors import Invalid
from resource_hub.people.errors import BadPerson
from resource_hub.people.rules import reach, validate
from resource_hub.people.values import (
    NewPerson,
    NewRoute,
    PersonFactValue,
    RouteKind,
)

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("field", "text", "stored"),
    [
        ("name", "  Ana\tReyes\n", "Ana Reyes"),
        ("birth", "1950", "1950"),
        ("birth", "3/4/1950", "1950-03-04"),
        ("birth", "", ""),
        ("postal_code", "21201-1234", "21201"),
        ("language", "ZH-hant-tw", "zh-Hant-TW"),
        ("language", "mam", "mam"),
        ("record_number", "00-12 x", "00-12 x"),
    ],
)
def test_fields_are_stored_in_one_form(field: str, text: str, stored: str) -> None:
    assert validate.read_fields({field: text}, TODAY) == {field: stored}


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("name", " \n", "missing"),
        ("name", "a" * 201, "too_long"),
        ("record_number", "1" * 41, "too_long"),
        ("record_number", " - ", "invalid"),
        ("birth", "77", "invalid"),
        ("birth", "1950-3-14", "invalid"),
        ("birth", "1950-02-30", "invalid"),
        ("birth", "2026-11-22", "out_of_range"),
        ("birth", "1895", "out_of_range"),
        ("birth", "١٩٥٠", "invalid"),
        ("postal_code", "2120", "invalid"),
        ("postal_code", "K1A 0B1", "invalid"),
        ("language", "Klingon", "invalid"),
        ("language", "xx", "invalid"),
    ],
)
def test_a_wrong_field_is_named_and_its_text_is_not_repeated(field: str, text: str, code: str) -> None:
    with pytest.raises(BadPerson) as refusal:
        validate.read_fields({"name": "Ana", field: text}, TODAY)

    assert [(fault.field, fault.code) for fault in refusal.value.faults] == [(field, code)]
    assert not text.strip(" -\n") or text not in refusal.value.text


@pytest.mark.parametrize(
    ("kind", "text", "stored"),
    [
        (RouteKind.PHONE, "(410) 555-0123", "+14105550123"),
        (RouteKind.PHONE, "410 555 0123 x12", "+14105550123;ext=12"),
        (RouteKind.TEXT, "+1 410.555.0123", "+14105550123"),
        (RouteKind.EMAIL, " ana@mail.example.org ", "ana@mail.example.org"),
        (RouteKind.OTHER, "Ask at the front desk of the shelter", "Ask at the front desk of the shelter"),
    ],
)
def test_a_contact_route_is_stored_in_one_form(kind: RouteKind, text: str, stored: str) -> None:
    assert reach.read_route(NewRoute(kind, text)).value == stored


@pytest.mark.parametrize(
    ("kind", "text", "field"),
    [
        (RouteKind.PHONE, "555-0123", "phone"),
        (RouteKind.TEXT, "my sister's", "phone"),
        (RouteKind.PHONE, "1" * 300, "phone"),
        (RouteKind.EMAIL, "ana@example", "email"),
        (RouteKind.EMAIL, "a" * 250 + "@example.org", "email"),
        (RouteKind.OTHER, "", "other"),
    ],
)
def test_a_wrong_contact_route_is_refused(kind: RouteKind, text: str, field: str) -> None:
    with pytest.raises(BadPerson) as refusal:
        reach.read_route(NewRoute(kind, text))

    assert [fault.field for fault in refusal.value.faults] == [field]


def test_a_phone_number_is_shown_as_people_write_it() -> None:
    assert reach.shown_phone("+14105550123;ext=12") == "(410) 555-0123 ext. 12"


def test_everything_wrong_with_a_new_person_is_said_at_once() -> None:
    new = NewPerson(
        name="",
        birth="soon",
        facts=(PersonFactValue("shoe_size", 9.0, TODAY), PersonFactValue("veteran", "maybe", TODAY)),
        routes=(NewRoute(RouteKind.PHONE, "410-555-0123"), NewRoute(RouteKind.EMAIL, "nowhere", note="n" * 501)),
    )

    with pytest.raises(BadPerson) as refusal:
        validate.read_person(new, TODAY)

    assert [fault.field for fault in refusal.value.faults] == ["name", "birth", "routes.1.note", "shoe_size", "veteran"]


@pytest.mark.parametrize("text", ["80 - 12", "8012", "\uff18\uff1012"])
def test_spaces_hyphens_and_width_do_not_make_another_record_number(text: str) -> None:
    assert validate.normal_record_number(text) == "8012"


def test_a_fact_is_not_known_before_its_day() -> None:
    with pytest.raises(Invalid, match="not one to come"):
        validate.read_fact(PersonFactValue("veteran", value=True, as_of=TODAY + timedelta(days=2)), TODAY)


@pytest.mark.parametrize("value", [True, False, 0.1 + 0.2, 12.0])
def test_a_fact_comes_back_as_it_was_stated(value: FactValue) -> None:
    name = "veteran" if isinstance(value, bool) else "income_fpl"
    once = validate.read_fact(PersonFactValue(name, value, TODAY), TODAY)

    assert once.value == value
    assert type(once.value) is type(value)
