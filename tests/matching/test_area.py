"""A service is shown where it serves the place the person lives in."""

import pytest

from resource_hub.core.geography import find_postal_code
from resource_hub.matching.rules import area
from resource_hub.matching.values import Extent, Truth
from tests.matching.build import Row, left_out, names, query, ranked

CITY = find_postal_code("21201")
COUNTY = find_postal_code("21204")


@pytest.mark.parametrize(
    ("extent", "city", "county"),
    [
        (Extent("state", "MD"), Truth.YES, Truth.YES),
        (Extent("state", "va"), Truth.NO, Truth.NO),
        (Extent("county", "Baltimore (city)"), Truth.YES, Truth.NO),
        (Extent("county", "Baltimore city"), Truth.YES, Truth.NO),
        (Extent("county", "Baltimore County"), Truth.NO, Truth.YES),
        (Extent("county", "Baltimore County, MD"), Truth.NO, Truth.YES),
        (Extent("county", "Baltimore County, OH"), Truth.NO, Truth.NO),
        (Extent("postal_code", "21201"), Truth.YES, Truth.NO),
        (Extent("postal_code", "21204, 21201"), Truth.YES, Truth.YES),
        (Extent("nation", "US"), Truth.YES, Truth.YES),
        (Extent("words", ""), Truth.UNKNOWN, Truth.UNKNOWN),
        (Extent("parish council", "Here"), Truth.UNKNOWN, Truth.UNKNOWN),
    ],
)
def test_an_area_holds_a_home_or_not(extent: Extent, city: Truth, county: Truth) -> None:
    assert area.judge(extent, CITY, "MD") is city
    assert area.judge(extent, COUNTY, "MD") is county


def test_one_area_of_several_is_enough_and_none_stated_serves_everybody() -> None:
    rows = [
        Row("two", areas=(Extent("county", "Baltimore County"), Extent("postal_code", "21201"))),
        Row("none"),
        Row("elsewhere", areas=(Extent("county", "Garrett"),)),
    ]

    assert set(names(rows, query(home=CITY))) == {"two", "none"}
    assert all(match.questions == () and match.eligible for match in ranked(rows, query(home=CITY)))
    assert left_out(rows, query(home=CITY)) == {"elsewhere": "outside_area"}


def test_an_unknown_home_is_asked_for_and_leaves_nobody_out() -> None:
    rows = [
        Row("county", areas=(Extent("county", "Garrett"),)),
        Row("none"),
        Row("words", areas=(Extent("words", ""),)),
    ]

    found = {match.listing.name: match for match in ranked(rows, query(home=None))}

    assert [question.fact for question in found["county"].questions] == ["zip"]
    assert not found["county"].eligible
    assert found["none"].questions == found["words"].questions == ()


def test_words_beside_a_tested_area_keep_a_service_in() -> None:
    rows = [Row("both", areas=(Extent("county", "Garrett"), Extent("words", "")))]

    assert names(rows, query(home=CITY)) == ["both"]
