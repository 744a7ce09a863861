"""Processes share a market's index and its room: what one commits, all see; what a killed one left undone is found."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from time import monotonic, sleep, time

import pytest
from sqlalchemy import URL

from resource_hub.accounts.values import SYSTEM
from resource_hub.accounts.work import Work
from resource_hub.capacity.service import ROOM_CHANGED, state_capacity
from resource_hub.capacity.values import CapacityStatus, Statement
from resource_hub.core.db import Database
from resource_hub.core.encryption import Vault
from resource_hub.core.ids import new_id
from resource_hub.inventory.models import Market
from resource_hub.matching.index import shelf
from resource_hub.matching.index.build import index_of
from resource_hub.matching.index.generation import generation_of
from resource_hub.matching.index.shelf import Open, open_index, room_changed
from resource_hub.matching.index.table import Index
from resource_hub.matching.queries.rooms import room_changes
from resource_hub.matching.service import match
from resource_hub.matching.values import Columns, Query
from tests.conftest import NOW
from tests.factories import a_listing, a_market
from tests.matching.build import ORIGIN

FOLLOWING = "resource_hub.matching.index.following"
FOOD = Query(("food-insecurity",), NOW, origin=ORIGIN)


@dataclass(frozen=True)
class Shared:
    """A market with two pantries, in a database whose processes share a folder."""

    url: str
    folder: Path
    database: Database
    market_id: str
    place_id: str

    def open(self, database: Database | None = None) -> Open:
        with (database or self.database).read() as session:
            found = open_index(session, session.get_one(Market, self.market_id))
        assert found is not None
        return found

    def shown(self) -> str:
        """What the list says about room at the pantry."""
        with self.database.read() as session:
            found = match(session, session.get_one(Market, self.market_id), FOOD).matches
        return next(one.room.status for one in found if one.listing.service_at_location_id == self.place_id)

    def state(self, status: str, database: Database | None = None, *, later: timedelta = timedelta(0)) -> None:
        """Commit a statement of capacity."""
        with (database or self.database).write() as session:
            work = Work(session, SYSTEM, NOW + later, Vault.from_setting(VAULT), new_id)
            state_capacity(work, self.place_id, Statement(CapacityStatus(status)))


VAULT = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="


@pytest.fixture
def shared(real_url: URL, tmp_path: Path, vault: Vault) -> Iterator[Shared]:
    """A market that processes share."""
    url = real_url.render_as_string(hide_password=False)
    database = Database.from_url(url, tmp_path / "index")
    database.listen(ROOM_CHANGED, room_changed)
    with database.write() as session:
        work = Work(session, SYSTEM, NOW, vault, new_id)
        market = a_market(work)
        listing = a_listing(work, market)
        a_listing(work, market, name="Second pantry")
    yield Shared(url, tmp_path / "index", database, market.id, listing.service_at_location.id)
    database.engine.dispose()
    shelf._kept.clear()


@contextmanager
def as_another_process() -> Iterator[None]:
    """Forget what this process has open, as if it were another one."""
    kept = shelf._kept.copy()
    shelf._kept.clear()
    yield
    shelf._kept.clear()
    shelf._kept.update(kept)


def status_on(opened: Open, place_id: str) -> int:
    rows = opened.searcher.index.columns.rows_of([place_id])
    return int(opened.board.take(rows).status[0])


def test_one_file_serves_all_and_a_change_of_the_inventory_makes_the_next(shared: Shared) -> None:
    first = shared.open()
    with as_another_process():
        assert shared.open().searcher.index is not first.searcher.index
    endings = sorted(path.suffix for path in shared.folder.iterdir())
    assert endings == [".index", ".lock", ".rooms"]
    with shared.database.write() as session:
        session.get_one(Market, shared.market_id).revision += 1
        a_listing(Work(session, SYSTEM, NOW, Vault.from_setting(VAULT), new_id),
                  session.get_one(Market, shared.market_id), name="Third")  # fmt: skip

    assert len(shared.open().searcher.index) == 3
    assert sorted(path.suffix for path in shared.folder.iterdir()) == endings


def test_databases_share_no_file(shared: Shared, tmp_path: Path) -> None:
    other = Database.from_url(f"sqlite:///{tmp_path}/other.db", shared.folder)
    with shared.database.read() as session:
        market = session.get_one(Market, shared.market_id)
        one = generation_of(shared.database.engine, market)
        two = generation_of(other.engine, market)

    assert one.family != two.family


def test_what_is_stated_is_shown_at_once_to_another_process(shared: Shared) -> None:
    shared.state("waitlist")
    assert shared.shown() == "waitlist"
    with as_another_process():
        elsewhere = shared.open()
    shared.state("no-capacity")

    assert status_on(elsewhere, shared.place_id) == 2
    assert shared.shown() == "no-capacity"


def test_what_is_not_committed_is_shown_to_nobody_else(shared: Shared) -> None:
    shared.state("waitlist")
    assert shared.shown() == "waitlist"
    with shared.database.write() as session:
        work = Work(session, SYSTEM, NOW, Vault.from_setting(VAULT), new_id)
        state_capacity(work, shared.place_id, Statement(CapacityStatus.NO_CAPACITY))
        mine = match(session, session.get_one(Market, shared.market_id), FOOD).matches
        assert {one.room.status for one in mine} == {"no-capacity", "unknown"}
        assert shared.shown() == "waitlist"
        session.rollback()

    assert shared.shown() == "waitlist"


def test_what_a_killed_process_did_not_store_is_found_within_a_second(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared.state("waitlist")
    assert shared.shown() == "waitlist"
    killed = Database.from_url(shared.url, shared.folder)
    shared.state("no-capacity", killed)
    killed.engine.dispose()
    assert shared.shown() == "waitlist"
    later = time() + 1.1
    monkeypatch.setattr(f"{FOLLOWING}.time", lambda: later)

    assert shared.shown() == "no-capacity"


def test_a_change_that_is_committed_late_is_found_though_newer_ones_were_seen(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared.state("capacity", later=timedelta(seconds=30))
    assert shared.shown() == "capacity"
    elsewhere = Database.from_url(shared.url)
    shared.state("waitlist", elsewhere)
    elsewhere.engine.dispose()
    later = time() + 1.1
    monkeypatch.setattr(f"{FOLLOWING}.time", lambda: later)

    assert shared.shown() == "waitlist"


def test_who_looks_into_the_database_does_not_undo_what_was_stored_meanwhile(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared.state("waitlist")
    assert shared.shown() == "waitlist"
    read = room_changes

    def overtaken(*arguments: object) -> object:
        seen = read(*arguments)  # type: ignore[arg-type]  # passed on as they come
        shared.state("no-capacity")
        return seen

    later = time() + 1.1
    monkeypatch.setattr(f"{FOLLOWING}.time", lambda: later)
    monkeypatch.setattr(f"{FOLLOWING}.room_changes", overtaken)

    assert shared.shown() == "no-capacity"


def test_the_database_is_asked_once_a_second_by_all_together(shared: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    shared.shown()
    asked: list[int] = []
    monkeypatch.setattr(f"{FOLLOWING}.room_changes", lambda *_arguments: asked.append(1))
    now = time()
    monkeypatch.setattr(f"{FOLLOWING}.time", lambda: now + 0.1)
    for _ in range(5):
        with as_another_process():
            shared.shown()

    assert asked == []


def test_a_folder_that_cannot_be_written_is_done_without(shared: Shared) -> None:
    (shared.folder.parent / "a file").touch()
    database = Database.from_url(shared.url, shared.folder.parent / "a file")
    database.listen(ROOM_CHANGED, room_changed)
    alone = replace(shared, database=database)
    alone.state("waitlist")
    assert alone.shown() == "waitlist"
    alone.state("no-capacity")

    assert alone.shown() == "no-capacity"
    assert not shared.folder.exists()
    database.engine.dispose()


def test_a_file_that_is_damaged_is_made_anew(shared: Shared) -> None:
    shared.open()
    [path] = shared.folder.glob("*.index")
    whole = path.read_bytes()
    path.unlink()
    path.write_bytes(whole[:100])
    with as_another_process():
        assert len(shared.open().searcher.index) == 2

    assert path.read_bytes() == whole


def test_of_many_who_need_an_index_one_builds_it(shared: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[int] = []

    def slowly(columns: Columns) -> Index:
        built.append(1)
        sleep(0.1)
        return index_of(columns)

    monkeypatch.setattr("resource_hub.matching.index.shelf.index_of", slowly)

    def need_it() -> None:
        with shared.database.read() as session:
            market = session.get_one(Market, shared.market_id)
            shelf._opened(session, market, generation_of(shared.database.engine, market))

    threads = [Thread(target=need_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(built) == 1


def _watch(url: str, folder: str, market_id: str, place_id: str, out: Connection) -> None:
    """Say that the index is open, and then when the room on its board changed; in a process of its own."""
    database = Database.from_url(url, Path(folder))
    with database.read() as session:
        opened = open_index(session, session.get_one(Market, market_id))
    assert opened is not None
    rows = opened.searcher.index.columns.rows_of([place_id])
    out.send(os.getpid())
    before, until = int(opened.board.take(rows).status[0]), monotonic() + 20
    while monotonic() < until and int(opened.board.take(rows).status[0]) == before:
        sleep(0.001)
    out.send(int(opened.board.take(rows).status[0]))


@pytest.mark.slow
def test_two_real_processes_see_the_same_room(shared: Shared) -> None:
    shared.state("waitlist")
    shared.shown()
    context = get_context("spawn")
    mine, theirs = context.Pipe()
    arguments = (shared.url, str(shared.folder), shared.market_id, shared.place_id, theirs)
    watcher = context.Process(target=_watch, args=arguments)
    watcher.start()
    assert mine.poll(20)
    assert mine.recv() != os.getpid()
    shared.state("no-capacity")

    assert mine.poll(20)
    assert mine.recv() == 2
    watcher.join(20)
