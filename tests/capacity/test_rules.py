"""A statement of capacity that contradicts itself is refused, and says where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.capacity.rules import faults_of, places_of
from resource_hub.capacity.values import CapacityStatus, Statement

CAPACITY, NO_CAPACITY, WAITLIST, ASSESSMENT = CapacityStatus
counts = st.none() | st.integers(-3, 20)


@pytest.mark.parametrize(
    "statement",
    [
        Statement(CAPACITY),
        Statement(CAPACITY, 1),
        Statement(CAPACITY, 10, 10, "beds"),
        Statement(ASSESSMENT),
        Statement(ASSESSMENT, 0),
        Statement(NO_CAPACITY),
        Statement(NO_CAPACITY, 0, 12),
        Statement(WAITLIST),
        Statement(WAITLIST, 0, 12, waiting_days=30),
    ],
)
def test_sensible_statements_pass(statement: Statement) -> None:
    assert faults_of(statement) == {}


@pytest.mark.parametrize(
    ("statement", "field"),
    [
        (Statement(CAPACITY, 12, 10), "available"),
        (Statement(CAPACITY, -1), "available"),
        (Statement(CAPACITY, 0), "available"),
        (Statement(CAPACITY, 1, -10), "maximum"),
        (Statement(NO_CAPACITY, 1), "available"),
        (Statement(WAITLIST, 2), "available"),
        (Statement(WAITLIST, waiting_days=-2), "waiting_days"),
        (Statement(CAPACITY, 2, waiting_days=3), "waiting_days"),
        (Statement(CAPACITY, 2_000_000), "available"),
        (Statement(CAPACITY, 2, unit="x" * 61), "unit"),
    ],
)
def test_contradictions_are_named(statement: Statement, field: str) -> None:
    assert list(faults_of(statement)) == [field]


@given(st.builds(Statement, st.sampled_from(CapacityStatus), counts, counts))
def test_what_passes_leaves_places_between_none_and_the_maximum(statement: Statement) -> None:
    if faults_of(statement):
        return
    places = places_of(statement)
    if places is not None:
        assert 0 <= places <= (statement.maximum if statement.maximum is not None else places)
    if statement.status in {NO_CAPACITY, WAITLIST}:
        assert places == 0


def test_nobody_counts_is_not_the_same_as_none_free() -> None:
    assert places_of(Statement(CAPACITY)) is None
    assert places_of(Statement(NO_CAPACITY)) == 0
