"""Fixtures: a database whose every test is rolled back, a clock that stands still, the material beside the checkout."""

import gc
import os
import random
import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from argon2 import PasswordHasher
from flask import Flask
from hypothesis import HealthCheck, settings
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import URL, Connection, Engine, create_engine, make_url, text
from sqlalchemy.orm import Session

from resource_hub import tables
from resource_hub.accounts import service as accounts
from resource_hub.accounts.values import SYSTEM, Actor
from resource_hub.accounts.work import Work
from resource_hub.core import migrations
from resource_hub.core.db import Database, make_engine
from resource_hub.core.encryption import Vault

TABLES = tables.MODELS

# How fast an example runs says more about the machine than about the code. In CI Hypothesis has its own profile.
if "CI" not in os.environ:
    settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("here")
NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
SHARED = Path(__file__).parents[2] / "shared"

_copies = count(1)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave out what needs a PostgreSQL server where none is named."""
    if item.get_closest_marker("postgres") and not os.environ.get("RESOURCE_HUB_TEST_DATABASE_URL"):
        pytest.skip("no PostgreSQL server in RESOURCE_HUB_TEST_DATABASE_URL")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep the collector of garbage from the code and the tests, which stay to the end: looking there takes long."""
    gc.disable()
    result = yield
    gc.freeze()
    gc.enable()
    return result


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database without rows, to be copied: a copy is quicker than the migrations."""
    file = tmp_path_factory.mktemp("migrated") / "hub.db"
    _migrate(make_url(f"sqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def template(request: pytest.FixtureRequest, worker_id: str) -> Iterator[URL]:
    """A migrated database that the tests copy: SQLite in a file, or PostgreSQL where one is named."""
    server = os.environ.get("RESOURCE_HUB_TEST_DATABASE_URL")
    if not server:
        yield make_url(f"sqlite:///{request.getfixturevalue('migrated_file')}")
        return
    url = make_url(server).set(database=f"hub_template_{worker_id}_{os.getpid()}")
    _on_server(f"CREATE DATABASE {url.database}")
    _migrate(url)
    yield url
    _on_server(f"DROP DATABASE {url.database} WITH (FORCE)")


@contextmanager
def a_copy(template: URL, folder: Path) -> Iterator[URL]:
    """Make a copy of a database that nobody is connected to, as long as the block lasts."""
    if template.get_backend_name() == "sqlite":
        file = folder / "hub.db"
        shutil.copy(str(template.database), file)
        yield template.set(database=str(file))
        return
    url = template.set(database=f"{template.database}_{next(_copies)}")
    # Copied as files it takes a tenth of the time that it takes by way of the log.
    _on_server(f"CREATE DATABASE {url.database} TEMPLATE {template.database} STRATEGY FILE_COPY")
    yield url
    _on_server(f"DROP DATABASE {url.database} WITH (FORCE)")


@pytest.fixture
def empty_engine(tmp_path: Path) -> Iterator[Engine]:
    """An empty database of one test's own, for what cannot happen inside a savepoint."""
    server = os.environ.get("RESOURCE_HUB_TEST_DATABASE_URL")
    name = f"hub_test_{uuid4().hex}"
    url = make_url(server).set(database=name) if server else make_url(f"sqlite:///{tmp_path}/{name}.db")
    if server:
        _on_server(f"CREATE DATABASE {name}")
    engine = make_engine(url.render_as_string(hide_password=False))
    yield engine
    engine.dispose()
    if server:
        _on_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def engine(template: URL, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A migrated database that every test shares and leaves as it was."""
    with a_copy(template, tmp_path_factory.mktemp("db")) as url:
        engine = make_engine(url.render_as_string(hide_password=False))
        yield engine
        engine.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """A connection whose transaction is rolled back after the test."""
    with engine.connect() as connection:
        outer = connection.begin()
        yield connection
        outer.rollback()


@pytest.fixture
def database(connection: Connection) -> Database:
    """The database as the application sees it; what it commits is a savepoint of the test."""
    return Database(connection, join="create_savepoint")


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A session inside the test's transaction."""
    with database.read() as session:
        yield session


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Hash passwords at the least cost: how slow a real hash is, is the library's business."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session", autouse=True)
def kept_templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Compile each template once, however many applications there are."""
    cache = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {**Flask.jinja_options, "bytecode_cache": cache})
        yield


@pytest.fixture(scope="session")
def vault() -> Vault:
    """A vault with one key."""
    return Vault((bytes(range(32)),))


@pytest.fixture
def now() -> datetime:
    """Friday 20 November 2026, 15:00 UTC: 10:00 in New York, 09:00 in Chicago."""
    return NOW


@pytest.fixture
def new_id() -> Callable[[], str]:
    """Identifiers that are the same in every run."""
    numbers = count(1)
    return lambda: str(UUID(int=next(numbers)))


@pytest.fixture
def work(session: Session, vault: Vault, now: datetime, new_id: Callable[[], str]) -> Work:
    """Work done by the system itself; `as_actor` makes the same work somebody's."""
    return Work(session, SYSTEM, now, vault, new_id, random.Random(1))


def as_actor(work: Work, actor: Actor) -> Work:
    """Return the same piece of work, done by somebody else."""
    return Work(work.session, actor, work.now, work.vault, work.new_id, work.random)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real directories and schemas beside the checkout."""
    if not SHARED.is_dir() and not os.environ.get("RESOURCE_HUB_REQUIRE_SHARED"):
        pytest.skip(f"no {SHARED.name} folder beside the checkout")
    return SHARED / "data"


def _migrate(url: URL) -> None:
    engine = make_engine(url.render_as_string(hide_password=False))
    migrations.upgrade(engine)
    engine.dispose()


def _on_server(statement: str) -> None:
    admin = create_engine(os.environ["RESOURCE_HUB_TEST_DATABASE_URL"], isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(statement))
    admin.dispose()
