"""A database of its own for each test, with real transactions: SQLite in a file, or PostgreSQL where one is named."""

import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import URL

from resource_hub.accounts.values import SYSTEM, Actor
from resource_hub.accounts.work import Work
from resource_hub.core.db import Database, make_engine
from resource_hub.core.encryption import Vault
from resource_hub.core.ids import new_id
from tests.conftest import NOW, a_copy

OpenWork = Callable[[Actor], AbstractContextManager[Work]]


@pytest.fixture
def real_url(template: URL, tmp_path: Path) -> Iterator[URL]:
    """The address of a migrated database without rows."""
    with a_copy(template, tmp_path) as url:
        yield url


@pytest.fixture
def real_database(real_url: URL) -> Iterator[Database]:
    """A migrated database that threads open sessions of."""
    engine = make_engine(real_url.render_as_string(hide_password=False))
    yield Database(engine)
    engine.dispose()


@pytest.fixture
def open_work(real_database: Database, vault: Vault) -> OpenWork:
    """Open a piece of work in a transaction of its own, committed at the end of the block."""

    @contextmanager
    def open_it(actor: Actor = SYSTEM) -> Iterator[Work]:
        with real_database.write() as session:
            yield Work(session, actor, NOW, vault, new_id, random.Random(1))

    return open_it
