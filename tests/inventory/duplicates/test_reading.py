"""How names, addresses, phones and websites are read, which pairs are worth comparing, and whose fields are better."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.inventory.rules.duplicates.addresses import read_street
from resource_hub.inventory.rules.duplicates.blocking import LARGEST_BLOCK, WINDOW, candidates
from resource_hub.inventory.rules.duplicates.contacts import read_phones, read_site
from resource_hub.inventory.rules.duplicates.fields import Fields
from resource_hub.inventory.rules.duplicates.finding import find_pairs
from resource_hub.inventory.rules.duplicates.names import read_name
from resource_hub.inventory.rules.duplicates.reading import read
from resource_hub.inventory.rules.merging import better_from_gone
from resource_hub.inventory.values import RecordKind

NOW = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Harbor Table, Inc.", "HARBOR TABLE"),
        ("St. Mary's Outreach", "Saint Marys Outreach"),
        ("Dept. of Aging & Disability Svcs", "Department of Aging and Disability Services"),
        ("Cañada Ctr", "Canada Center"),
        ("Loaves &amp; Fishes L.L.C.", "Loaves and Fishes"),
        ("Bethel AME", "Bethel African Methodist Episcopal"),
    ],
)
def test_names_that_differ_in_form_only_are_read_alike(one: str, other: str) -> None:
    assert read_name(one).words == read_name(other).words


def test_words_behind_a_comma_name_a_part_unless_they_say_only_what_is_done() -> None:
    assert read_name("Harbor College, Career Center").part == {"career", "center"}
    assert not read_name("Harbor Table, Food Pantry").part
    assert not read_name("Harbor Table, Inc.").part


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("100 North Main Street", ""), ("100 N. Main St", "")),
        (("100 Main St, Suite 3", ""), ("100 MAIN ST", "STE 3")),
        (("225 - 37th Avenue", ""), ("225 37th Ave", "")),
        (("12 Oak Ave 2nd Floor", ""), ("12 Oak Avenue, Floor 2", "")),
    ],
)
def test_addresses_that_differ_in_form_only_are_read_alike(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert read_street(*one) == read_street(*other)


def test_a_box_is_no_street_and_what_says_no_place_is_nothing() -> None:
    assert read_street("P.O. Box 763", "").box == "763"
    assert not read_street("P.O. Box 763", "").is_known
    assert not read_street("Confidential", "").is_known
    assert not read_street("Phone: 718-503-8424", "").is_known
    assert read(Fields("POTS", "Phone: 718-503-8424")).phones == {"7185038424"}


@pytest.mark.parametrize("text", ["(410) 555-0100", "410.555.0100", "+1 410 555 0100", "1-410-555-0100 ext. 12"])
def test_a_number_is_read_in_any_form(text: str) -> None:
    assert read_phones(text) == {"4105550100"}


def test_several_numbers_are_all_read_and_words_are_none() -> None:
    assert read_phones("410-555-0100 or 410-555-0199") == {"4105550100", "4105550199"}
    assert read_phones("call the front desk") == frozenset()


def test_a_page_on_a_shared_host_is_told_by_its_path() -> None:
    assert read_site("https://www.Harbor.example.org/index.html") == read_site("harbor.example.org")
    assert read_site("facebook.com/harbor").shared
    assert read_site("http://www.co.ha.md.us/health").shared
    assert not read_site("harbor.example.org").shared
    assert not read_site("none yet").host
    assert not read_site("http://[").host


def test_planted_pairs_are_found_among_many() -> None:
    names = [f"{word} {kind}" for word in ("Harbor", "Cedar", "Maple", "Anchor") for kind in ("Table", "House", "Hope")]
    records = [Fields(name, f"{137 * place + 100} Oak St", city="Easton") for place, name in enumerate(names)]
    records.append(Fields("The Harbor Tabel, Inc.", "100 Oak Street", city="Easton"))
    assert [(pair.one, pair.other) for pair in find_pairs(records)] == [(0, len(names))]


def test_a_large_block_is_not_compared_all_with_all() -> None:
    size = 20 * LARGEST_BLOCK
    entries = [read(Fields(f"Pantry {number:05}", phone="410-555-0100")) for number in range(size)]
    assert len(candidates(entries)) <= 4 * size * WINDOW


@given(st.lists(st.builds(Fields, st.text(max_size=12), phone=st.sampled_from(["", "4105550100"])), max_size=8))
def test_pairs_are_of_two_and_each_stands_there_once(records: list[Fields]) -> None:
    pairs = [(int(one), int(other)) for one, other in candidates([read(record) for record in records])]
    assert all(one < other < len(records) for one, other in pairs)
    assert len(pairs) == len(set(pairs))


def blank(**fields: object) -> dict[str, object]:
    names = ("name", "alternate_name", "description", "url", "transportation", "latitude", "longitude", "location_type")
    return {**dict.fromkeys(names), **fields}


def test_what_the_kept_record_lacks_is_taken_and_the_longer_description() -> None:
    kept = blank(name="Harbor Table", description="A pantry.")
    gone = blank(name="Harbor Tabel", description="A pantry with groceries.", transportation="Bus 3", url="h.example")
    changed = (NOW, NOW + timedelta(days=1))
    taken = better_from_gone(kept, gone, changed, RecordKind.LOCATION)
    assert taken == {"description", "transportation", "url"}


def test_a_web_page_that_both_have_is_taken_from_the_fresher_one() -> None:
    kept, gone = blank(url="old.example"), blank(url="new.example")
    assert better_from_gone(kept, gone, (NOW, NOW + timedelta(days=1)), RecordKind.LOCATION) == {"url"}
    assert not better_from_gone(kept, gone, (NOW, NOW - timedelta(days=1)), RecordKind.LOCATION)


def test_a_point_is_never_mixed_of_two() -> None:
    kept, gone = blank(latitude=39.2), blank(latitude=38.1, longitude=-76.0)
    assert not better_from_gone(kept, gone, (NOW, NOW), RecordKind.LOCATION) & {"latitude", "longitude"}
