"""Columns are read with few statements and kept only while they are true."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event

from resource_hub.accounts.work import Work
from resource_hub.capacity.models import Room
from resource_hub.core.db import Database
from resource_hub.inventory.models import (
    Market,
)
from resource_hub.matching.queries import columns_of
from resource_hub.matching.service import match
from resource_hub.matching.values import Query, Ranking
from tests.factories import BALTIMORE, a_listing, a_market
from tests.matching.build import ORIGIN
from tests.matching.records import room


@pytest.fixture
def own_database(migrated_file: Path, tmp_path: Path) -> Database:
    """A database of its own, whose commits are real."""
    return Database.from_url(f"sqlite:///{shutil.copy(migrated_file, tmp_path)}")


def test_columns_are_kept_until_the_revision_grows_but_room_is_always_fresh(own_database: Database, work: Work) -> None:
    query = Query(("food-insecurity",), work.now, origin=ORIGIN)
    with own_database.write() as session:
        here = replace(work, session=session)
        market = a_market(here)
        listing = a_listing(here, market)
        room(here, market, listing, "no-capacity")
    with own_database.read() as session:
        kept = columns_of(session, market)
        assert columns_of(session, market) is kept
        assert match(session, market, query).matches[0].room.status == "no-capacity"
    with own_database.write() as session:
        known = session.get_one(Room, listing.service_at_location.id)
        known.status = "waitlist"
        a_listing(replace(work, session=session), session.get_one(Market, market.id), name="Second")
        session.get_one(Market, market.id).revision += 1
        session.flush()
        assert match(session, session.get_one(Market, market.id), query).considered == 2
        session.rollback()
    with own_database.read() as session:
        assert match(session, session.get_one(Market, market.id), query).considered == 1
    own_database.engine.dispose()


def test_what_is_not_committed_is_not_kept(own_database: Database, work: Work) -> None:
    with own_database.write() as session:
        here = replace(work, session=session)
        market = a_market(here)
        a_listing(here, market, at=BALTIMORE)
        seen = columns_of(session, market)
        assert columns_of(session, market) is not seen
    own_database.engine.dispose()


def test_a_market_is_read_with_the_same_few_statements_however_large(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    counted: list[str] = []
    bind = work.session.connection()
    event.listen(bind, "before_cursor_execute", lambda *arguments: counted.append(arguments[2]))
    a_listing(work, market)
    work.session.flush()
    counted.clear()
    ranking()
    few = len(counted)
    for _ in range(5):
        a_listing(work, market)
    work.session.flush()
    counted.clear()
    ranking()

    assert few == len(counted) <= 16
