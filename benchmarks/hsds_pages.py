"""How long a page of `/hsds/services` takes beside its SELECTs without our code, at the first page and deep inside.

Run: `python -m benchmarks.hsds_pages --services 100000`, on PostgreSQL if RESOURCE_HUB_BENCH_DATABASE_URL names one.
"""

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import click
from flask.testing import FlaskClient
from sqlalchemy import Connection, create_engine, event, insert, make_url, text

from resource_hub.app import create_app
from resource_hub.core import migrations
from resource_hub.core.db import Database
from resource_hub.core.ids import derived_id
from resource_hub.inventory.models import Market, Organization, Program, Service
from resource_hub.settings import Settings

SETTINGS = Settings(secret_key="t" * 32, data_key="AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
NOW = datetime(2026, 11, 20, tzinfo=UTC)
BATCH = 10_000
PER_ORGANIZATION = 5
ROUNDS = 41
SIZES = (10, 100, 500)
WORDS = "Gives groceries to everybody who asks, on weekdays, with some fresh fruit where there is any. " * 3


def main() -> None:
    """Measure."""
    measure()


@click.command()
@click.option("--services", type=int, default=100_000, show_default=True)
def measure(services: int) -> None:
    """Print, as JSON, the median milliseconds of pages and of their SELECTs, and how they compare."""
    server = os.environ.get("RESOURCE_HUB_BENCH_DATABASE_URL")
    with tempfile.TemporaryDirectory() as folder, _a_database(server, Path(folder)) as url:
        database = Database.from_url(url)
        migrations.upgrade(database.engine)
        _fill(database, services)
        client = create_app(SETTINGS, database=database).test_client()
        results = {f"{size} a page": _compared(client, database, services, size) for size in SIZES}
        database.engine.dispose()
    click.echo(json.dumps({"database": make_url(url).get_backend_name(), "services": services} | results, indent=2))


@contextmanager
def _a_database(server: str | None, folder: Path) -> Iterator[str]:
    if not server:
        yield f"sqlite:///{folder}/pages.db"
        return
    name = "hub_bench_pages"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


def _fill(database: Database, services: int) -> None:
    stamps = {"market_id": "market", "created_at": NOW, "changed_at": NOW}
    with database.write() as session:
        market = {"id": "market", "slug": "all", "name": "All", "state": "MD", "time_zone": "America/New_York"}
        session.execute(insert(Market), [market | {"created_at": NOW, "revision": 1}])
        for start in range(0, services, BATCH):
            numbers = range(start, min(start + BATCH, services))
            owners = range(start // PER_ORGANIZATION, (numbers.stop + PER_ORGANIZATION - 1) // PER_ORGANIZATION)
            session.execute(
                insert(Organization),
                [
                    {"id": _id("o", one), "name": f"Organization {one}", "description": WORDS, **stamps}
                    for one in owners
                ],
            )
            session.execute(
                insert(Program),
                [
                    {"id": _id("p", one), "organization_id": _id("o", one), "name": f"Program {one}", **stamps}
                    for one in owners
                ],
            )
            session.execute(insert(Service), [_service(one, stamps) for one in numbers])
        if database.engine.dialect.name == "postgresql":
            session.execute(text("ANALYZE"))


def _service(one: int, stamps: dict[str, object]) -> dict[str, object]:
    owner = one // PER_ORGANIZATION
    return {
        "id": _id("s", one),
        "organization_id": _id("o", owner),
        "program_id": _id("p", owner) if one % 2 else None,
        "name": f"Service {one}",
        "description": WORDS,
        "url": f"https://example.org/{one}",
        "email": "info@example.org",
        "eligibility_description": "Adults 18 and older.",
        "fees_description": "Free.",
        "minimum_age": 18.0,
        "last_modified": NOW,
        **stamps,
    }


def _id(kind: str, number: int) -> str:
    return derived_id(kind, str(number))


def _compared(client: FlaskClient, database: Database, services: int, size: int) -> dict[str, object]:
    deep = min(10_000, services // size)
    found: dict[str, object] = {}
    client.get(f"/hsds/services?per_page={size}")
    with database.engine.connect() as connection:
        for page in (1, deep):
            address = f"/hsds/services?per_page={size}&page={page}"
            selects = _selects(client, database, address)
            ours, theirs = _medians(lambda at=address: _read(client, at), lambda s=selects: _plainly(connection, s))
            found[f"page {page}"] = {"ours_ms": ours, "selects_ms": theirs, "ratio": round(ours / theirs, 2)}
            found["statements"] = len(selects)
    return found


def _selects(client: FlaskClient, database: Database, address: str) -> list[tuple[str, Any]]:
    """Return the statements of a page with their values, as the driver gets them."""
    seen: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, values: Any, *_: object) -> None:
        if statement.startswith("SELECT"):
            seen.append((statement, values))

    event.listen(database.engine, "before_cursor_execute", note)
    client.get(address)
    event.remove(database.engine, "before_cursor_execute", note)
    return seen


def _read(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    if not json.loads(answer.data).get("size"):
        raise RuntimeError(address)


def _plainly(connection: Connection, selects: list[tuple[str, Any]]) -> None:
    """Run the same statements on the bare driver, and write their rows as JSON."""
    cursor = connection.connection.cursor()
    rows: list[dict[str, object]] = []
    for statement, values in selects:
        cursor.execute(statement, values)
        columns = [column[0] for column in cursor.description]
        rows += [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    cursor.close()
    json.loads(json.dumps(rows, default=str))


def _medians(*what: Callable[[], None]) -> list[float]:
    """Take turns, so that whatever else the machine does meets each alike."""
    times: list[list[float]] = [[] for _ in what]
    for _ in range(ROUNDS):
        for one, spent in zip(what, times, strict=True):
            began = perf_counter()
            one()
            spent.append(perf_counter() - began)
    return [round(median(spent) * 1000, 3) for spent in times]


if __name__ == "__main__":
    main()
