"""A database of its own for each test, with real transactions: SQLite in a file, or PostgreSQL where one is named."""

import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, make_url, text

from resource_hub.accounts.values import SYSTEM, Actor
from resource_hub.accounts.work import Work
from resource_hub.core import migrations
from resource_hub.core.db import Database, make_engine
from resource_hub.core.encryption import Vault
from resource_hub.core.ids import new_id
from tests.conftest import NOW

OpenWork = Callable[[Actor], AbstractContextManager[Work]]

_numbers = count(1)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[URL]:
    """A migrated database that the tests copy, because a copy is quicker than the migrations."""
    server = os.environ.get("RESOURCE_HUB_TEST_DATABASE_URL")
    if not server:
        url = make_url(f"sqlite:///{tmp_path_factory.mktemp('template')}/hub.db")
        _migrate(url)
        yield url
        return
    url = make_url(server).set(database=f"hub_template_{worker_id}_{os.getpid()}")
    _on_server(f"CREATE DATABASE {url.database}")
    _migrate(url)
    yield url
    _on_server(f"DROP DATABASE {url.database} WITH (FORCE)")


@contextmanager
def a_copy(template: URL, folder: Path) -> Iterator[URL]:
    """Make a copy of the migrated database, as long as the block lasts."""
    if template.get_backend_name() == "sqlite":
        file = folder / "hub.db"
        shutil.copy(str(template.database), file)
        yield template.set(database=str(file))
        return
    url = template.set(database=f"{template.database}_{next(_numbers)}")
    # Copied as files it takes a tenth of the time that it takes by way of the log.
    _on_server(f"CREATE DATABASE {url.database} TEMPLATE {template.database} STRATEGY FILE_COPY")
    yield url
    _on_server(f"DROP DATABASE {url.database} WITH (FORCE)")


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


def _migrate(url: URL) -> None:
    engine = make_engine(url.render_as_string(hide_password=False))
    migrations.upgrade(engine)
    engine.dispose()


def _on_server(statement: str) -> None:
    admin = create_engine(os.environ["RESOURCE_HUB_TEST_DATABASE_URL"], isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(statement))
    admin.dispose()
