"""An installation of its own with the demo markets, for benchmarks that need a database; gone afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text

from resource_hub import settings, tables
from resource_hub.accounts.values import SYSTEM
from resource_hub.accounts.work import Work
from resource_hub.core import migrations
from resource_hub.core.clock import utc_now
from resource_hub.core.db import Database
from resource_hub.core.ids import new_id
from resource_hub.exchange.demo.load import load_demo
from resource_hub.settings import Settings

TABLES = tables.MODELS


@contextmanager
def demo(server: str | None = None) -> Iterator[tuple[Settings, Database]]:
    """Make an installation with the demo: on SQLite in a temporary folder, or in a new database of a server."""
    with TemporaryDirectory() as folder, _address(Path(folder), server) as url:
        chosen = settings.from_environment(
            {settings.PREFIX + "INSTANCE": folder, settings.PREFIX + "DATABASE_URL": url}
        )
        database = Database.from_url(url)
        migrations.upgrade(database.engine)
        with database.write() as session:
            load_demo(Work(session, SYSTEM, utc_now(), chosen.vault(), new_id))
        try:
            yield chosen, database
        finally:
            database.engine.dispose()


@contextmanager
def _address(folder: Path, server: str | None) -> Iterator[str]:
    if server is None:
        yield f"sqlite:///{folder / 'hub.db'}"
        return
    url = make_url(server).set(drivername="postgresql+psycopg")
    admin, name = create_engine(url, isolation_level="AUTOCOMMIT"), f"hub_bench_{uuid4().hex}"
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield url.set(database=name).render_as_string(hide_password=False)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()
