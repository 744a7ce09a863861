"""Instants survive the database; a block that writes commits or leaves nothing; SQLite lets writers stand in line."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Engine, ForeignKey, Integer, MetaData, Table, Text, func, insert, select, text
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError
from sqlalchemy.orm import Session

from resource_hub.accounts.models import AuditChain
from resource_hub.core import db
from resource_hub.core.db import Database, UtcDateTime, insert_new, make_engine

METADATA = MetaData()
MOMENTS = Table("moment", METADATA, Column("id", Integer, primary_key=True), Column("at", UtcDateTime()))
NOTES = Table(
    "note", METADATA, Column("id", Integer, primary_key=True), Column("words", Text, unique=True),
    Column("moment_id", ForeignKey("moment.id")),
)  # fmt: skip
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@pytest.fixture
def own(empty_engine: Engine) -> Database:
    """A database with two small tables, not inside any transaction."""
    METADATA.create_all(empty_engine)
    return Database(empty_engine)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Database]:
    """A SQLite file, whatever the other tests run on."""
    database = Database.from_url(f"sqlite:///{tmp_path}/deep/er/hub.db")
    METADATA.create_all(database.engine)
    yield database
    database.engine.dispose()


def count(database: Database, table: Table = MOMENTS) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def pragma(database: Database, name: str) -> object:
    with database.read() as session:
        return session.scalar(text(f"PRAGMA {name}"))


class TestInstants:
    """Stored in UTC, never without a zone."""

    @given(st.integers(-(10**9), 10**10), ZONES)
    @settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_an_instant_of_any_zone_comes_back_in_utc(self, own: Database, seconds: int, zone: timezone) -> None:
        moment = datetime.fromtimestamp(0, zone) + timedelta(seconds=seconds, microseconds=1)
        with own.write() as session:
            session.execute(MOMENTS.delete())
            session.execute(insert(MOMENTS).values(at=moment))
        with own.read() as session:
            found = session.scalars(select(MOMENTS.c.at)).one()
        assert found == moment
        assert found.tzinfo is UTC

    def test_a_time_without_zone_is_refused(self, own: Database) -> None:
        with own.write() as session, pytest.raises(StatementError, match="needs a time zone"):
            session.execute(insert(MOMENTS).values(at=datetime(2026, 11, 20, 15, 0)))  # noqa: DTZ001 - the point

    def test_no_instant_stays_none(self, own: Database) -> None:
        with own.write() as session:
            session.execute(insert(MOMENTS).values(at=None))
        with own.read() as session:
            assert session.scalars(select(MOMENTS.c.at)).all() == [None]

    def test_instants_of_different_zones_compare_as_instants(self, own: Database) -> None:
        noon = datetime(2026, 11, 20, 12, tzinfo=timezone(timedelta(hours=-5)))
        with own.write() as session:
            session.execute(insert(MOMENTS), [{"at": noon}, {"at": noon + timedelta(hours=1)}])
        with own.read() as session:
            later = session.scalar(select(func.count()).where(MOMENTS.c.at > noon.astimezone(UTC)))
        assert later == 1


class TestSessions:
    """Whoever leaves the block without an error has written; nobody else has."""

    def test_a_block_that_ends_well_is_committed(self, own: Database) -> None:
        with own.write() as session:
            session.execute(insert(MOMENTS).values(id=1))
        assert count(own) == 1

    def test_a_block_that_an_error_leaves_has_written_nothing(self, own: Database) -> None:
        with pytest.raises(IntegrityError), own.write() as session:
            session.execute(insert(MOMENTS), [{"id": 1}, {"id": 2}, {"id": 1}])
        assert count(own) == 0

    def test_reading_never_writes(self, own: Database) -> None:
        with own.read() as session:
            session.execute(insert(MOMENTS).values(id=1))
        assert count(own) == 0

    def test_foreign_keys_hold(self, own: Database) -> None:
        with pytest.raises(IntegrityError), own.write() as session:
            session.execute(insert(NOTES).values(id=1, moment_id=404))

    def test_what_a_test_commits_is_taken_back(self, session: Session, database: Database) -> None:
        with database.write() as writing:
            writing.add(AuditChain(name="inside"))
        assert session.get(AuditChain, "inside") is not None
        session.rollback()


class TestInsertNew:
    """Of two who insert the same key, one does."""

    def test_the_first_inserts_and_the_second_does_not(self, session: Session) -> None:
        row = {"name": "m-1", "length": 0, "head": ""}
        assert insert_new(session, AuditChain, row)
        assert not insert_new(session, AuditChain, row | {"head": "other"})
        assert session.scalars(select(AuditChain.head).where(AuditChain.name == "m-1")).one() == ""

    def test_any_unique_key_counts(self, own: Database) -> None:
        with own.write() as session:
            assert insert_new(session, NOTES, {"id": 1, "words": "once"})
            assert not insert_new(session, NOTES, {"id": 2, "words": "once"})
        assert count(own, NOTES) == 1


@pytest.mark.sqlite
class TestSqlite:
    """A file of its own: readers do not wait, writers stand in line."""

    def test_its_folder_is_made_and_its_pragmas_are_set(self, file: Database) -> None:
        assert pragma(file, "journal_mode") == "wal"
        assert pragma(file, "foreign_keys") == 1
        assert pragma(file, "synchronous") == 2
        assert pragma(file, "busy_timeout") == db.BUSY_SECONDS * 1000

    def test_a_writer_takes_the_lock_when_it_begins(self, file: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(db, "BUSY_SECONDS", 0)
        impatient = Database.from_url(str(file.engine.url))
        with file.write() as session:
            session.connection()
            assert count(impatient) == 0
            with pytest.raises(OperationalError, match="locked"), impatient.write() as second:
                second.connection()
        impatient.engine.dispose()

    def test_readers_hold_up_nobody(self, file: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(db, "BUSY_SECONDS", 0)
        impatient = Database.from_url(str(file.engine.url))
        with file.read() as session:
            session.execute(select(MOMENTS))
            with impatient.write() as writing:
                writing.execute(insert(MOMENTS).values(id=1))
            assert session.scalar(select(func.count()).select_from(MOMENTS)) == 0
        assert count(file) == 1
        impatient.engine.dispose()

    def test_writers_that_read_first_all_come_to_write(self, file: Database) -> None:
        def add_one() -> None:
            for _ in range(10):
                with file.write() as session:
                    number = session.scalar(select(func.count()).select_from(MOMENTS))
                    session.execute(insert(MOMENTS).values(id=number))

        threads = [Thread(target=add_one) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert count(file) == 40


@pytest.mark.postgres
def test_postgresql_gives_up_on_a_statement_that_takes_too_long(
    empty_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "STATEMENT_MILLISECONDS", 50)
    engine = make_engine(empty_engine.url.render_as_string(hide_password=False))
    with engine.connect() as connection, pytest.raises(OperationalError, match="statement timeout"):
        connection.execute(text("SELECT pg_sleep(5)"))
    engine.dispose()
