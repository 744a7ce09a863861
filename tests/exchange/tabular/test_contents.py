import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.core.geography import Point
from resource_hub.exchange.tabular.cleaning import Unreadable
from resource_hub.exchange.tabular.contents import (
    Number,
    Surroundings,
    read_email,
    read_phone,
    read_point,
    read_postal_code,
    read_state,
    read_web,
)
from resource_hub.exchange.tabular.languages import read_languages

MARYLAND = Surroundings.of_state("MD")


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("4105550100", Number("(410) 555-0100", None)),
        ("(410) 555-0100 ext. 12", Number("(410) 555-0100", "12")),
        ("650 329-2436", Number("(650) 329-2436", None)),
        ("1-800-FLOWERS", Number("(800) 356-9377", None)),
        ("+44 20 7946 0018", Number("+44 20 7946 0018", None)),
    ],
)
def test_telephone_numbers_are_written_as_people_do(cell: str, number: Number) -> None:
    assert read_phone(cell) == number


@pytest.mark.parametrize("cell", ["call us", "911 or 211 or so", "12", "555-01"])
def test_what_is_no_telephone_number_is_refused(cell: str) -> None:
    with pytest.raises(Unreadable) as fault:
        read_phone(cell)
    assert fault.value.code == "not_a_phone_number"


def code_of(latitude: str, longitude: str) -> str:
    with pytest.raises(Unreadable) as fault:
        read_point(latitude, longitude, MARYLAND)
    return fault.value.code


def test_a_point_in_the_state_is_read() -> None:
    assert read_point("39.29", "-76.61", MARYLAND) == Point(39.29, -76.61)
    assert read_point("38.90", "-77.03", MARYLAND) == Point(38.90, -77.03)


def test_each_fault_of_a_point_has_its_code() -> None:
    assert code_of("0", "0.0") == "zero_coordinates"
    assert code_of("-76.61", "39.29") == "swapped"
    assert code_of("4762000", "-8528000") == code_of("-8528000", "4762000") == "metres"
    assert code_of("2000000", "-1000000") == "out_of_range"
    assert code_of("37.77", "-122.42") == "outside_state"
    assert code_of("39.29", "76.61") == "outside_state"
    assert code_of("north", "-76.61") == "not_a_number"
    assert code_of("39.29", "") == "not_a_number"


@given(st.floats(allow_nan=False), st.floats(allow_nan=False))
def test_a_point_that_is_read_is_near_the_state(latitude: float, longitude: float) -> None:
    try:
        point = read_point(str(latitude), str(longitude), MARYLAND)
    except Unreadable:
        return
    assert MARYLAND.near(point)


def test_small_contents_are_read_or_refused() -> None:
    assert (read_state(" md "), read_postal_code("21201"), read_postal_code("21201-1234")) == (
        "MD",
        "21201",
        "21201-1234",
    )
    assert read_email("mail: info@x.example, sales@x.example") == "info@x.example"
    assert (read_web("x.example/help"), read_web("https://x.example")) == ("http://x.example/help", "https://x.example")
    for read, cell in (
        (read_state, "Maryland!"),
        (read_postal_code, "2120"),
        (read_email, "x at y"),
        (read_web, "none given"),
    ):
        with pytest.raises(Unreadable):
            read(cell)


@pytest.mark.parametrize(
    ("items", "languages", "interpretation"),
    [
        ([], (), None),
        (["Spanish", "Filipino (Tagalog)"], (("Spanish", "es"), ("Filipino (Tagalog)", "fil")), None),
        (["Spanish and Korean."], (("Spanish", "es"), ("Korean", "ko")), None),
        (["A.S.L."], (("ASL", "ase"),), None),
        (["Spanish.  Accommodations possible."], (("Spanish", "es"),), "Accommodations possible"),
        (["AT&T Language Line"], (), "AT&T Language Line"),
        (["Limited Spanish."], (("Limited Spanish", None),), None),
        (["None."], (), None),
    ],
)
def test_languages_get_a_tag_only_where_certain(
    items: list[str], languages: tuple[tuple[str, str | None], ...], interpretation: str | None
) -> None:
    spoken = read_languages(items)
    assert (spoken.languages, spoken.interpretation) == (languages, interpretation)
