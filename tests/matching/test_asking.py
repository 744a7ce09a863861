"""What people write becomes a question, or a refusal that says how to mend it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from resource_hub.core.errors import Invalid
from resource_hub.core.geography import Point
from resource_hub.matching.asking import Wish, query_of, when, where
from resource_hub.matching.values import Query, TravelMode

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
ZONE = "America/New_York"


def asked(**words: Any) -> Query:
    return query_of(Wish(**{"needs": ("food-insecurity",), **words}), ZONE, NOW)


def test_a_zip_code_is_its_centre_and_where_the_person_lives() -> None:
    query = asked(near="21201")

    assert query.home is not None
    assert (query.home.code, query.home.state) == ("21201", "MD")
    assert query.origin == query.home.point


def test_a_point_says_nothing_about_where_the_person_lives() -> None:
    query = asked(near=" 39.29 , -76.62 ")

    assert query.origin == Point(39.29, -76.62)
    assert query.home is None


def test_the_zip_code_of_home_is_the_person_s_own_not_where_they_are() -> None:
    query = asked(near="21201", facts={"zip": "20850"})

    assert query.home is not None
    assert query.home.county == "Montgomery"
    assert asked(near="21201", facts={"zip": "00000"}).home is None


def test_without_a_place_there_is_no_origin() -> None:
    assert asked().origin is None


def test_facts_come_as_words_or_as_values() -> None:
    assert asked(facts={"age": "34", "veteran": "no"}).facts == {"age": 34.0, "veteran": False}
    assert asked(facts={"age": 34, "veteran": True, "insurance": "Medicaid"}).facts == {
        "age": 34.0,
        "veteran": True,
        "insurance": "medicaid",
    }


def test_a_fact_may_have_several_values() -> None:
    assert asked(facts={"insurance": ["Medicare", "medicaid"]}).facts == {"insurance": ("medicaid", "medicare")}
    assert asked(facts={"insurance": ["medicare"], "age": [34]}).facts == {"insurance": "medicare", "age": 34.0}


def test_dollars_and_household_make_the_percent_of_the_poverty_level_of_that_day_and_place() -> None:
    told = {"income": "$31,920", "household_size": "1"}

    assert asked(facts=told, near="21201").facts["income_fpl"] == 200
    assert asked(facts=told, near="21201", at="2026-01-12").facts["income_fpl"] == pytest.approx(100 * 31920 / 15650)
    assert asked(facts=told, near="99501").facts["income_fpl"] == 160
    assert asked(facts=told | {"zip": "96813"}, near="21201").facts["income_fpl"] == pytest.approx(100 * 31920 / 18360)
    honolulu = query_of(Wish(("food-insecurity",), facts=told), "Pacific/Honolulu", NOW)
    assert honolulu.facts["income_fpl"] == pytest.approx(100 * 31920 / 18360)


def test_what_was_told_of_income_stands() -> None:
    told = {"income": "31920", "household_size": "1", "income_fpl": "90"}

    assert asked(facts=told).facts["income_fpl"] == 90
    assert "income_fpl" not in asked(facts={"income": "31920"}).facts
    assert "income_fpl" not in asked(facts={"income": "31920", "household_size": "0"}).facts
    assert "income_fpl" not in asked(facts={"income": "31920", "household_size": "1"}, at="2020-05-01").facts


def test_when_help_is_needed_is_read_like_any_time() -> None:
    assert asked(needed_by="2026-11-24T09:00").needed_by == datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
    assert asked().needed_by is None


def test_a_need_asked_twice_is_one_need() -> None:
    assert asked(needs=("food-insecurity", "homelessness", "food-insecurity")).needs == (
        "food-insecurity",
        "homelessness",
    )


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-21T15:00", datetime(2026, 11, 21, 20, 0, tzinfo=UTC)),
        ("2026-07-21T15:00", datetime(2026, 7, 21, 19, 0, tzinfo=UTC)),
        ("2026-11-21T15:00-08:00", datetime(2026, 11, 21, 23, 0, tzinfo=UTC)),
        ("2026-11-21T15:00Z", datetime(2026, 11, 21, 15, 0, tzinfo=UTC)),
        ("2026-11-21", datetime(2026, 11, 21, 5, 0, tzinfo=UTC)),
    ],
)
def test_a_time_without_zone_is_the_market_s(text: str, moment: datetime) -> None:
    assert when(text, ZONE) == moment


def test_now_is_when_nothing_else_is_said() -> None:
    assert asked().at == NOW
    assert asked(by="walk").by is TravelMode.WALK


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"near": "2120"}, "near"),
        ({"near": "99999"}, "near"),
        ({"near": "91,0"}, "near"),
        ({"near": "0,181"}, "near"),
        ({"near": "39.29;-76.62"}, "near"),
        ({"near": "nan,nan"}, "near"),
        ({"needs": ("bread",)}, "need"),
        ({"needs": ()}, "need"),
        ({"facts": {"age": "old"}}, "age"),
        ({"facts": {"age": "-3"}}, "age"),
        ({"facts": {"shoe": "43"}}, "shoe"),
        ({"facts": {"zip": "2120"}}, "zip"),
        ({"at": "tomorrow"}, "at"),
        ({"needed_by": "soon"}, "needed_by"),
        ({"facts": {"insurance": ["none", "private"]}}, "insurance"),
        ({"at": "0001-01-01"}, "at"),
        ({"language": "sp anish"}, "language"),
        ({"by": "boat"}, "by"),
        ({"max_km": 0}, "max_km"),
        ({"max_km": float("nan")}, "max_km"),
        ({"limit": 0}, "limit"),
        ({"limit": 10_000}, "limit"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_field(words: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        asked(**words)

    [fault] = refused.value.faults
    assert fault.field == field
    assert fault.text


def test_a_zip_code_with_four_more_digits_is_read() -> None:
    point, code = where("21201-1234")

    assert code is not None
    assert code.point == point
