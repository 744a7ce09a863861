from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from resource_hub.core.geography import postal_codes
from resource_hub.inventory.rules.areas import Area, read_area
from resource_hub.inventory.rules.changes import as_text, differences
from resource_hub.inventory.rules.markets import area_of, faults_of, time_zone_of
from resource_hub.inventory.rules.needs import needs_of_term, needs_of_terms
from resource_hub.inventory.rules.parts import owner_of, part_id
from resource_hub.inventory.values import Crosswalk, FieldChange, NewMarket

BALTIMORE = NewMarket("baltimore", "Baltimore", "MD")


def codes(**fields: object) -> list[tuple[str, str]]:
    new = NewMarket(**({"slug": "here", "name": "Here", "state": "MD"} | fields))  # type: ignore[arg-type] # any field
    return [(fault.field, fault.code) for fault in faults_of(new, postal_codes())]


def test_a_plain_market_is_fine_and_has_its_states_zone() -> None:
    assert faults_of(BALTIMORE, postal_codes()) == []
    assert time_zone_of(BALTIMORE) == "America/New_York"
    assert time_zone_of(NewMarket("x", "X", "TN", time_zone="America/New_York")) == "America/New_York"


def test_each_fault_of_a_market_is_named() -> None:
    assert codes(slug="Bad Slug") == [("slug", "malformed")]
    assert codes(slug="a" * 61) == [("slug", "malformed")]
    assert codes(name=" ") == [("name", "malformed")]
    assert codes(state="XX") == [("state", "unknown")]
    assert codes(time_zone="America/Baltimore") == [("time-zone", "unknown")]
    assert codes(counties=("Baltimor",)) == [("county", "unknown")]
    assert codes(postal_codes=("00000", "94103")) == [("postal-code", "unknown"), ("postal-code", "other_state")]


def test_near_names_are_proposed() -> None:
    (fault,) = faults_of(NewMarket("here", "Here", "MD", counties=("Baltimor",)), postal_codes())
    assert "Baltimore" in fault.text
    (fault,) = faults_of(NewMarket("here", "Here", "MD", time_zone="America/NewYork"), postal_codes())
    assert "America/New_York" in fault.text


def test_counties_are_kept_in_the_form_that_is_compared() -> None:
    new = NewMarket("here", "Here", "MD", counties=("Harford County", "Harford"), postal_codes=("21201",))
    assert area_of(new) == {("county", "harford"), ("postal_code", "21201")}


def test_an_area_is_read_only_where_its_name_is_certain() -> None:
    assert read_area("94403", "CA") == Area("postal_code", "94403")
    assert read_area("San  Mateo County", "CA") == Area("county", "San Mateo County")
    assert read_area("San Mateo County, CA", "CA") == Area("county", "San Mateo County")
    assert read_area("ca", "CA") == Area("state", "CA")
    assert read_area("00000", "CA") is None
    assert read_area("San Mateo County", "MD") is None
    assert read_area("the whole Bay Area", "CA") is None


def test_differences_name_only_what_changed() -> None:
    before = {"name": "Pantry", "email": None, "modes": ["in_person"], "other": 1}
    after = {"name": "Pantry", "email": "info@x.example", "modes": ["in_person", "phone"]}
    assert differences(before, after) == [
        FieldChange("email", "", "info@x.example"),
        FieldChange("modes", "in_person", "in_person, phone"),
    ]


def test_values_are_written_for_people() -> None:
    assert [as_text(value) for value in (None, True, False, 3, 0.5, date(2026, 1, 2))] == [
        "", "yes", "no", "3", "0.5", "2026-01-02",
    ]  # fmt: skip
    assert as_text(datetime(2026, 1, 2, 3, 4, tzinfo=UTC)) == "2026-01-02T03:04:00+00:00"


def test_a_term_has_its_own_needs_or_those_of_the_nearest_ancestor() -> None:
    crosswalk = Crosswalk({"food": {"food-insecurity": 1.0}, "gardening": {}, "goods": {"material-hardship": 1.0}})
    assert needs_of_term(("Pantry", "Food", "Goods"), crosswalk) == {"food-insecurity": 1.0}
    assert needs_of_term(("Gardening", "Food"), crosswalk) == {}
    assert needs_of_term(("Unheard of",), crosswalk) == {}


def test_the_highest_weight_of_a_need_wins() -> None:
    assert needs_of_terms([{"stress": 0.5}, {"stress": 0.8, "social-connection": 0.5}, {"stress": 0.6}]) == {
        "stress": 0.8,
        "social-connection": 0.5,
    }


@given(st.text(max_size=80), st.text(max_size=200))
def test_the_owner_of_a_part_is_found_again(owner: str, key: str) -> None:
    source_id = part_id("service", owner, "language", key)
    assert owner_of(source_id) == f"service/{owner}"
    assert len(source_id) <= len(owner) + 90


def test_a_record_of_its_own_has_no_owner() -> None:
    assert owner_of("143903") is None
    assert owner_of(None) is None
