"""Where a location's coordinates come from, and what a source's silence or word means for those we looked up."""

from collections.abc import Mapping
from typing import Any

GEOCODER, POSTAL_CODE = "geocoder", "postal_code"
_POINT = ("latitude", "longitude")


def with_stated_point(before: Mapping[str, Any], wanted: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the fields to set on a record: a point that was looked up stays until somebody states one."""
    if not before.get("point_source") or not any(name in wanted for name in _POINT):
        return wanted
    if all(wanted.get(name, before.get(name)) is not None for name in _POINT):
        return {**wanted, "point_source": None}
    return {name: value for name, value in wanted.items() if name not in _POINT}
