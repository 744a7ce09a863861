"""Random markets of a few hundred rows, indexed, for tests that compare the search with judging every row."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from typing import Any

import numpy as np
from hypothesis import strategies as st

from resource_hub.inventory.values import Operator
from resource_hub.matching.index.board import Board
from resource_hub.matching.index.build import index_of
from resource_hub.matching.index.ground import Ground
from resource_hub.matching.index.search import Searcher
from resource_hub.matching.rules.cells import sort_keys
from resource_hub.matching.rules.profiles import shared
from resource_hub.matching.values import Columns, Condition, Extent, Mode, Query, Rooms
from tests.matching.build import AT, HOME, ORIGIN, TODAY, Row, Weekly, columns, query, rooms

ELDERS = Condition("age", Operator.AT_LEAST, 60, approved=True)
POOR = Condition("income_fpl", Operator.AT_MOST, 130, approved=False)
AREAS = (
    (), (), (Extent("state", "MD"),), (Extent("county", "Garrett"), Extent("county", "Baltimore city")),
    (Extent("postal_code", "21201, 21202"),), (Extent("county", "Howard"),), (Extent("nation", "US"),),
    (Extent("other", "the harbor"),),
)  # fmt: skip
HOURS = (
    (), (Weekly(),), (Weekly(freq="MONTHLY", byday="-1SA"),),
    (Weekly(byday="FR", opens_at="09:30", closes_at="12:15"),),
    (Weekly(byday="SU"), Weekly(byday="FR", opens_at="18:00", closes_at="02:00")), (Weekly(interval=2),),
)  # fmt: skip


@dataclass(frozen=True)
class Indexed:
    """A market in both forms: every row, and the index of the same rows in the same order."""

    columns: Columns
    rooms: Rooms
    searcher: Searcher

    @property
    def ground(self) -> Ground:
        return Ground(self.columns, self.rooms, self.searcher)


def indexed(rows: Sequence[Row]) -> Indexed:
    """Index rows, as a market's are when they are read."""
    table = shared(columns(rows))
    order = sorted(range(len(rows)), key=lambda row: tuple(int(part[row]) for part in sort_keys(table)))
    chosen = [rows[row] for row in order]
    table, room = table.take(np.array(order, dtype=np.int64)), rooms(chosen)
    return Indexed(table, room, Searcher(index_of(table), Board.of(room)))


def a_market(seed: int, size: int = 250) -> list[Row]:
    """Draw rows of every kind around the origin, some far away, some nobody knows where."""
    draw = Random(seed)
    return [_row(draw, number) for number in range(size)]


def _row(draw: Random, number: int) -> Row:
    spread = draw.choice([0.01, 0.05, 0.3, 2.0])
    somewhere = (ORIGIN.latitude + draw.gauss(0, spread), ORIGIN.longitude + draw.gauss(0, spread))
    needs = {"food-insecurity": draw.choice([0.3, 0.7, 1.0])} if draw.random() < 0.8 else {}
    return Row(
        name=f"row{number:05}",
        needs=needs | ({"utility-insecurity": draw.random()} if draw.random() < 0.3 else {}),
        at=somewhere if draw.random() < 0.95 else None,
        approximate=draw.random() < 0.1,
        confidential=draw.random() < 0.03,
        active=draw.random() < 0.95,
        modes=draw.choice([Mode.IN_PERSON] * 8 + [Mode.IN_PERSON | Mode.PHONE, Mode.ONLINE]),
        areas=draw.choice(AREAS),
        alternatives=draw.choice([(), (), ((ELDERS,),), ((POOR,),), ((ELDERS, POOR), (POOR,))]),
        in_words=draw.random() < 0.2,
        schedules=draw.choice(HOURS),
        exceptions=draw.choice([(), ((TODAY, None, None),), ((TODAY + timedelta(days=1), "10:00", "11:00"),)]),
        checked=draw.choice([None, TODAY, TODAY - timedelta(days=draw.randrange(900))]),
        languages=draw.choice([(), ("es",), ("ko", "es"), ("zh",)]),
        interpreted=draw.random() < 0.2,
        documents=draw.choice([(), (), ("has_id",)]),
        other_documents=draw.random() < 0.1,
        status=draw.choice(["unknown", "unknown", "capacity", "no-capacity", "waitlist"]),
        free=draw.choice([None, 0, 1, 5]),
        waiting_days=draw.choice([None, None, 3, 40]),
        as_of=AT - timedelta(minutes=draw.randrange(60_000)),
    )


def _asked(seed: int, limit: int, **words: Any) -> Query:
    return replace(query(**words), seed=seed, limit=limit)


QUESTIONS = st.builds(
    _asked,
    seed=st.integers(0, 3),
    limit=st.sampled_from([1, 3, 10, 60]),
    needs=st.sampled_from([("food-insecurity",), ("utility-insecurity",), ("utility-insecurity", "food-insecurity")]),
    origin=st.sampled_from([ORIGIN, None, replace(ORIGIN, latitude=39.6, longitude=-77.4)]),
    home=st.sampled_from([HOME, None]),
    at=st.sampled_from([0, 61, 150, 60 * 24, 60 * 24 * 40]).map(lambda minutes: AT + timedelta(minutes=minutes)),
    facts=st.sampled_from([{}, {"age": 30.0}, {"age": 70.0, "has_id": False}, {"age": 75.5, "income_fpl": 150.0}]),
    language=st.sampled_from([None, "es", "vi"]),
    by=st.sampled_from([None, "walk", "drive"]),
    max_km=st.sampled_from([None, 2.0, 30.0]),
)
