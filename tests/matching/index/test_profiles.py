"""Rows that share a profile are judged as if each had its own; chosen rows are judged as they are among all."""

import numpy as np
import pytest

from resource_hub.matching.policy import current
from resource_hub.matching.rules.assess import assess
from resource_hub.matching.rules.profiles import shared
from tests.matching.build import columns, query, rooms
from tests.matching.index.markets import a_market

ASKED = query(facts={"age": 40.0}, language="es", max_km=60)


@pytest.mark.parametrize("seed", range(5))
def test_profiles_change_no_score(seed: int) -> None:
    rows = a_market(seed, 120)
    each, once, room = columns(rows), shared(columns(rows)), rooms(rows)
    apart, together = assess(each, room, ASKED, current()), assess(once, room, ASKED, current())

    assert len(once.weights) < len(each.weights)
    assert len(once.hours.stated) < len(each.hours.stated)
    np.testing.assert_array_equal(apart.exclusion, together.exclusion)
    np.testing.assert_array_equal(apart.eligible, together.eligible)
    np.testing.assert_allclose(apart.score[apart.passed], together.score[apart.passed], rtol=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_chosen_rows_keep_their_score_in_the_order_of_choice(seed: int) -> None:
    rows = a_market(seed, 120)
    table, room = shared(columns(rows)), rooms(rows)
    chosen = np.random.default_rng(seed).permutation(120)[:30]
    whole = assess(table, room, ASKED, current())
    part = assess(table.take(chosen), room.take(chosen), ASKED, current())

    assert [one.name for one in table.take(chosen).listings] == [rows[row].name for row in chosen]
    np.testing.assert_array_equal(part.exclusion, whole.exclusion[chosen])
    np.testing.assert_allclose(part.score[part.passed], whole.score[chosen][part.passed], rtol=1e-12)


def test_rows_are_found_by_the_id_that_lots_are_drawn_by() -> None:
    from_ids = columns(a_market(0, 5))
    assert from_ids.rows_of([]).tolist() == []
    assert from_ids.rows_of(["nobody"]).tolist() == [-1]
