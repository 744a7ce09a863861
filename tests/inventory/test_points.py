"""Coordinates that were looked up: they stay while the source is silent, and give way to its word."""

import pytest

from resource_hub.inventory.rules.points import with_stated_point

FOUND = {"latitude": 39.0, "longitude": -76.0, "point_source": "geocoder", "name": "House"}
GIVEN = {**FOUND, "point_source": None}
SILENT = {"latitude": None, "longitude": None, "name": "Home"}


@pytest.mark.parametrize(
    ("before", "wanted", "left"),
    [
        (FOUND, SILENT, {"name": "Home"}),
        (GIVEN, SILENT, SILENT),
        (FOUND, {"latitude": 39.5, "longitude": None}, {}),
        (FOUND, {"latitude": 39.5, "longitude": -76.5}, {"latitude": 39.5, "longitude": -76.5, "point_source": None}),
        (FOUND, {"latitude": 39.5}, {"latitude": 39.5, "point_source": None}),
        (FOUND, {"name": "Home"}, {"name": "Home"}),
        ({"number": "1"}, {"number": "2"}, {"number": "2"}),
    ],
)
def test_a_point_stays_until_somebody_states_one(
    before: dict[str, object], wanted: dict[str, object], left: dict[str, object]
) -> None:
    assert with_stated_point(before, wanted) == left
