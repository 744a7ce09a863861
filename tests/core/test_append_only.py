"""Rows of a protected table are added and read; nothing else, until the protection is taken away."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Column, Connection, Engine, Executable, Integer, MetaData, Table, Text, select
from sqlalchemy.exc import DBAPIError

from resource_hub.core.append_only import protect, unprotect

METADATA = MetaData()
LOG = Table("log", METADATA, Column("id", Integer, primary_key=True), Column("words", Text))
OTHER = Table("other_log", METADATA, Column("id", Integer, primary_key=True), Column("words", Text))


@pytest.fixture
def guarded(empty_engine: Engine) -> Iterator[Connection]:
    """A database with one protected table that has a row, and a table beside it."""
    METADATA.create_all(empty_engine)
    with empty_engine.connect() as connection:
        protect(connection, "log")
        for table in (LOG, OTHER):
            connection.execute(table.insert().values(id=1, words="first"))
        yield connection
        connection.rollback()


def words(connection: Connection) -> list[str]:
    return list(connection.scalars(select(LOG.c.words).order_by(LOG.c.id)))


def test_rows_are_added(guarded: Connection) -> None:
    guarded.execute(LOG.insert().values(id=2, words="second"))
    assert words(guarded) == ["first", "second"]


@pytest.mark.parametrize("statement", [LOG.update().values(words="other"), LOG.delete()], ids=["change", "delete"])
def test_a_row_is_neither_changed_nor_deleted(guarded: Connection, statement: Executable) -> None:
    with pytest.raises(DBAPIError, match="rows of log are never changed"), guarded.begin_nested():
        guarded.execute(statement)
    assert words(guarded) == ["first"]


def test_the_table_beside_it_is_free(guarded: Connection) -> None:
    guarded.execute(OTHER.update().values(words="other"))
    guarded.execute(OTHER.delete())


def test_without_the_protection_rows_are_as_anywhere(guarded: Connection) -> None:
    unprotect(guarded, "log")
    guarded.execute(LOG.update().values(words="other"))
    assert words(guarded) == ["other"]
    protect(guarded, "log")
    with pytest.raises(DBAPIError, match="never changed"), guarded.begin_nested():
        guarded.execute(LOG.delete())
