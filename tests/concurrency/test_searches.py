"""Many searches find nothing at the same moment: each is counted once."""

from datetime import date

from sqlalchemy import select

from resource_hub.accounts.values import SYSTEM
from resource_hub.core.db import Database
from resource_hub.matching.models import ZeroResult
from resource_hub.matching.queries.zero import count_zero
from tests.concurrency.conftest import OpenWork
from tests.concurrency.crowd import all_at_once
from tests.factories import a_market

SEARCHES = 8
DAY = date(2026, 11, 20)


def test_no_count_is_lost_and_no_row_is_there_twice(open_work: OpenWork, real_database: Database) -> None:
    with open_work(SYSTEM) as work:
        market_id = a_market(work).id

    def count(_number: int) -> None:
        with real_database.write() as session:
            count_zero(session, market_id, ("food-insecurity", "homelessness"), DAY)

    assert all_at_once(count, range(SEARCHES)) == [None] * SEARCHES
    with real_database.read() as session:
        rows = {row.need: row.searches for row in session.scalars(select(ZeroResult))}
    assert rows == {"food-insecurity": SEARCHES, "homelessness": SEARCHES}
