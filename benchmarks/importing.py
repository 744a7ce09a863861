"""Importing beside plain `csv` and `executemany` of the same rows into the same tables.

Run it with `python -m benchmarks.importing [SERVICES ...]`; 10,000 and 100,000 services if not given. Each side runs in
a process of its own, in turn, on SQLite; seconds are of the processor, so that what else the machine does counts less.
"""

import csv
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import numpy as np
from sqlalchemy import text

from resource_hub import tables
from resource_hub.accounts.values import SYSTEM
from resource_hub.accounts.work import Work
from resource_hub.core import migrations
from resource_hub.core.db import Database, make_engine
from resource_hub.core.encryption import Vault
from resource_hub.core.ids import new_id
from resource_hub.exchange.tabular.service import import_directory
from resource_hub.exchange.tabular.values import Request
from resource_hub.inventory.service import add_market
from resource_hub.inventory.values import NewMarket

SIZES = (10_000, 100_000)
SEED = 7
MARKET = "bench"
ASIDE = frozenset({"market", "market_area", "audit_row", "alembic_version"})
MEGABYTE = 1024


def main(sizes: tuple[int, ...]) -> None:
    """Print one line for each size."""
    print(
        "| services | rows | seconds, plain | seconds, ours | ratio | MB, plain | MB, ours | second import, seconds |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            print(_line(size, Path(folder)), flush=True)


def _line(size: int, folder: Path) -> str:
    make(folder / "hsds", size)
    ours = _run("ours", folder, folder / "ours.db")
    rows = _dump(folder / "ours.db", folder / "rows")
    plain = _run("plain", folder, folder / "plain.db")
    again = _run("ours", folder, folder / "ours.db")
    figures = (plain["seconds"], ours["seconds"], ours["seconds"] / plain["seconds"])
    memory = f"{plain['megabytes']:.0f} | {ours['megabytes']:.0f}"
    return (
        f"| {size:,} | {rows:,} | "
        + " | ".join(f"{one:.1f}" for one in figures)
        + f" | {memory} | {again['seconds']:.1f} |"
    )


def make(folder: Path, services: int) -> None:
    """Write an HSDS package: for each service a place, address, phone, language and term, and two schedules."""
    folder.mkdir()
    chance = np.random.default_rng(SEED)
    names = [str(UUID(bytes=chance.bytes(16), version=4)) for _ in range(services)]
    organizations = names[: services // 4 + 1]
    terms = [f"term-{number}" for number in range(40)]
    _write(
        folder,
        "organizations",
        ("id", "name", "description", "website"),
        (
            (key, f"Organization {key[:8]}", "People who help. " * 5, f"https://{key[:8]}.example.org")
            for key in organizations
        ),
    )
    _write(folder, "taxonomy_terms", ("id", "name", "taxonomy_id"), ((key, key.title(), "t") for key in terms))
    _write(
        folder,
        "services",
        (
            "id",
            "organization_id",
            "name",
            "description",
            "email",
            "status",
            "minimum_age",
            "assured_date",
            "eligibility_description",
            "fees_description",
        ),
        (
            (
                key,
                organizations[number // 4],
                f"Service {key[:8]}",
                "Food and advice for all who come. " * 6,
                f"info@{key[:8]}.example.org",
                "active",
                18 if number % 3 else "",
                "2026-10-01",
                "Adults 18 and older." if number % 2 else "Anyone in need",
                "Free",
            )
            for number, key in enumerate(names)
        ),
    )
    _make_places(folder, names, chance)
    _make_details(folder, names, terms)


def _make_places(folder: Path, names: list[str], chance: np.random.Generator) -> None:
    _write(
        folder,
        "locations",
        ("id", "location_type", "name", "latitude", "longitude"),
        (
            (key, "physical", f"House {key[:8]}", f"{39 + chance.random() / 2:.6f}", f"{-77 + chance.random() / 2:.6f}")
            for key in names
        ),
    )
    _write(folder, "service_at_location", ("id", "service_id", "location_id"), ((key, key, key) for key in names))
    _write(
        folder,
        "addresses",
        ("id", "location_id", "address_1", "city", "state_province", "postal_code", "country", "address_type"),
        (
            (key, key, f"{number} Light Street", "Baltimore", "MD", "21201", "US", "physical")
            for number, key in enumerate(names)
        ),
    )


def _make_details(folder: Path, names: list[str], terms: list[str]) -> None:
    _write(folder, "taxonomies", ("id", "name"), [("t", "Open Eligibility")])
    _write(
        folder,
        "phones",
        ("id", "service_id", "number", "type"),
        ((key, key, f"410-555-{number % 10_000:04}", "voice") for number, key in enumerate(names)),
    )
    _write(
        folder,
        "schedules",
        ("id", "service_id", "freq", "byday", "opens_at", "closes_at"),
        (
            (f"{key}-{half}", key, "WEEKLY", "MO,WE,FR" if half else "TU,TH", "09:00:00", "17:00:00")
            for key in names
            for half in (0, 1)
        ),
    )
    _write(folder, "languages", ("id", "service_id", "name", "code"), ((key, key, "Spanish", "es") for key in names))
    _write(
        folder,
        "attributes",
        ("id", "link_id", "taxonomy_term_id", "link_entity"),
        ((key, key, terms[number % 40], "service") for number, key in enumerate(names)),
    )


def _write(
    folder: Path, name: str, header: tuple[str, ...], rows: Iterator[tuple[object, ...]] | list[tuple[object, ...]]
) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def _run(side: str, folder: Path, database: Path) -> dict[str, float]:
    if not database.exists():
        migrations.upgrade(make_engine(f"sqlite:///{database}"))
    command = [sys.executable, "-m", "benchmarks.importing", side, str(folder), str(database)]
    done = subprocess.run(  # noqa: S603 - it starts itself
        command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[1]
    )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def ours(folder: Path, database: Path) -> None:
    """Import the package as the command does."""
    with Database.from_url(f"sqlite:///{database}").write() as session:
        work = Work(session, SYSTEM, datetime.now(UTC), Vault((os.urandom(32),)), new_id)
        if not session.scalar(text("SELECT count(*) FROM market")):
            add_market(work, NewMarket(MARKET, "Bench", "MD"))
        report = import_directory(work, Request(folder / "hsds", MARKET))
        if report.refused:
            message = "the made package must be without fault"
            raise SystemExit(message)


def plain(folder: Path, database: Path) -> None:
    """Read the rows with `csv` and insert them with `executemany`, in one transaction."""
    connection = sqlite3.connect(database, isolation_level=None)
    for statement in (
        "PRAGMA journal_mode=WAL",
        "PRAGMA foreign_keys=ON",
        "PRAGMA synchronous=FULL",
        "BEGIN IMMEDIATE",
    ):
        connection.execute(statement)
    for file in sorted((folder / "rows").iterdir()):
        with file.open(encoding="utf-8", newline="") as stream:
            rows = csv.reader(stream)
            header = next(rows)
            marks = ", ".join("?" * len(header))
            statement = f"INSERT INTO {file.stem[3:]} ({', '.join(map(json.dumps, header))}) VALUES ({marks})"  # noqa: S608 - its own files
            connection.executemany(statement, ([cell or None for cell in row] for row in rows))
    connection.execute("COMMIT")


def _dump(database: Path, folder: Path) -> int:
    # In the order in which foreign keys allow it; the market goes first.
    folder.mkdir()
    connection, total = sqlite3.connect(database), 0
    order = [table.name for table in tables.inventory.Market.metadata.sorted_tables]
    for number, name in enumerate(order):
        found = connection.execute(f"SELECT * FROM {name}")  # noqa: S608 - the schema's names
        header = tuple(column[0] for column in found.description)
        rows = found.fetchall()
        if rows and name not in ASIDE - {"market"}:
            total += len(rows)
            _write(folder, f"{number:02}_{name}", header, rows)
    return total


def _measured(side: str, folder: Path, database: Path) -> None:
    began = time.process_time()
    {"ours": ours, "plain": plain}[side](folder, database)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    print(json.dumps({"seconds": time.process_time() - began, "megabytes": peak}))


if __name__ == "__main__":
    if sys.argv[1:2] in (["ours"], ["plain"]):
        _measured(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
