"""Room in one word: what goes in comes out."""

from datetime import UTC, datetime, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.capacity.rules import MOST_PLACES, MOST_WAITING_DAYS
from resource_hub.matching.rules.room_words import packed, unpacked
from resource_hub.matching.values.columns import ROOM_STATUSES

MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds of a strategy carry no zone


@given(
    st.sampled_from(ROOM_STATUSES[1:]),
    st.none() | st.integers(0, MOST_PLACES),
    st.none() | st.integers(0, MOST_WAITING_DAYS),
    MOMENTS,
)
def test_a_word_says_what_was_said(status: str, free: int | None, days: int | None, as_of: datetime) -> None:
    word = packed(status, free, days, as_of)
    found = unpacked(np.array([word], dtype=np.uint64))

    assert 0 < word < 2**64
    assert ROOM_STATUSES[found.status[0]] == status
    assert (None if np.isnan(found.free[0]) else found.free[0]) == free
    assert (None if np.isnan(found.waiting_days[0]) else found.waiting_days[0]) == days
    assert timedelta(0) <= as_of - datetime.fromtimestamp(found.as_of[0] * 60, UTC) < timedelta(minutes=1)


def test_nothing_said_is_a_word_of_zero() -> None:
    found = unpacked(np.zeros(1, dtype=np.uint64))

    assert packed("no such status", 1, 1, datetime(2026, 1, 1, tzinfo=UTC)) == 0
    assert ROOM_STATUSES[found.status[0]] == "unknown"
    assert np.isnan([found.free[0], found.waiting_days[0], found.as_of[0]]).all()
