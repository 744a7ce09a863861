"""Migrations are numbered without gaps, end where the models stand, and go up and down, also with data."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Column, Engine, MetaData, Table, func, inspect, select, text, types
from sqlalchemy import table as named
from sqlalchemy.exc import DBAPIError

from resource_hub import tables
from resource_hub.core import migrations
from resource_hub.core.db import Base
from resource_hub.core.paths import bundled

TABLES = tables.MODELS
FILES = sorted((bundled("migrations") / "versions").glob("*.py"))
NUMBERS = migrations.revisions()
APPEND_ONLY = {
    "audit_row", "capacity_statement", "check_attempt", "contact_attempt", "episode_reopening", "handoff_message",
    "handoff_status", "outcome", "referral_ranking", "unmet_need",
}  # fmt: skip

# What a constraint or a reader expects; every other column gets a value of its type.
SAMPLES = {
    "import_conflict.state": "open",
    "import_job.state": "done",
    "hold.state": "held",
    "outcome.contacted": "yes",
    "outcome.received": "yes",
    "outcome.need_met": "unknown",
    "outcome.experience": "unknown",
    "referral.status": "requested",
}
BY_TYPE: tuple[tuple[type[types.TypeEngine[Any]], object], ...] = (
    (types.Boolean, True),
    (types.Integer, 1),
    (types.Numeric, 1.0),
    (types.Float, 1.0),
    (types.DateTime, datetime(2026, 11, 20, 15, 0, tzinfo=UTC)),
    (types.Date, date(2026, 11, 20)),
    (types.LargeBinary, b"sealed"),
    (types.JSON, ["text"]),
    (types.String, "MD"),
)

Row = dict[str, object]
# Tables that were described before, by what made them: most migrations leave most tables alone.
DESCRIBED: dict[str, list[str]] = {}


def value_of(column: Column[Any], rows: dict[str, Row]) -> object:
    """Return what a column of a sample row holds: the row it points to, a sample, or a value of its type."""
    for key in column.foreign_keys:
        target = key.column
        return rows[target.table.name][target.name] if target.table is not column.table else None
    sample = SAMPLES.get(f"{column.table.name}.{column.name}")
    return sample or next(value for kind, value in BY_TYPE if isinstance(column.type, kind))


def fill(engine: Engine) -> None:
    """Put one row into every table that has none at this revision."""
    empty = [name for name, rows in counts(engine).items() if not rows]
    found = MetaData()
    if empty:
        # The tables that they point to come with them.
        found.reflect(engine, only=empty)
    rows: dict[str, Row] = {}
    with engine.begin() as connection:
        for table in found.sorted_tables:
            rows[table.name] = {column.name: value_of(column, rows) for column in table.columns}
            if table.name in empty:
                connection.execute(table.insert().values(rows[table.name]))


def counts(engine: Engine) -> dict[str, int]:
    """Return how many rows each table has."""
    names = sorted(set(inspect(engine).get_table_names()) - {"alembic_version"})
    with engine.connect() as connection:
        return {name: connection.scalar(select(func.count()).select_from(named(name))) or 0 for name in names}


def schema(engine: Engine) -> dict[str, list[str]]:
    """Return everything the database says about its tables, in an order of its own."""
    names = sorted(set(inspect(engine).get_table_names()) - {"alembic_version"})
    written = sources(engine)
    new = describe(engine, [name for name in names if written.get(name, "") not in DESCRIBED])
    DESCRIBED.update({written[name]: lines for name, lines in new.items() if name in written})
    return {name: new.get(name) or DESCRIBED[written[name]] for name in names} | {"triggers": triggers(engine)}


def sources(engine: Engine) -> dict[str, str]:
    """Return the statements that made each table and its indexes, where the database keeps them (SQLite)."""
    if engine.dialect.name != "sqlite":
        return {}
    found: dict[str, str] = {}
    with engine.connect() as connection:
        for name, statement in connection.execute(
            text("SELECT tbl_name, sql FROM sqlite_master WHERE type IN ('table', 'index') ORDER BY tbl_name, name")
        ):
            found[name] = f"{found.get(name, '')}{statement};"
    return found


def describe(engine: Engine, names: list[str]) -> dict[str, list[str]]:
    """Return what the database says about some tables; about all at once, that is quicker."""
    if not names:
        return {}  # Asked about none, the inspector tells about all.
    inspector, found = inspect(engine), {name: list[str]() for name in names}
    for part in (
        inspector.get_multi_columns,
        inspector.get_multi_pk_constraint,
        inspector.get_multi_foreign_keys,
        inspector.get_multi_unique_constraints,
        inspector.get_multi_indexes,
        inspector.get_multi_check_constraints,
    ):
        told: dict[Any, Any] = dict(part(filter_names=names))
        for name in names:
            rows = told[None, name] if isinstance(told[None, name], list) else [told[None, name]]
            found[name] += sorted(json.dumps(one, default=str, sort_keys=True) for one in rows)
    return found


def triggers(engine: Engine) -> list[str]:
    """Return the triggers, each with its table."""
    query = (
        "SELECT name || ' on ' || tbl_name FROM sqlite_master WHERE type = 'trigger' ORDER BY 1"
        if engine.dialect.name == "sqlite"
        else "SELECT tgname || ' on ' || tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1"
    )
    with engine.connect() as connection:
        return [str(name) for name in connection.scalars(text(query))]


def checks(table: Table) -> set[str]:
    """Return the names of a model's check constraints."""
    return {str(one.name) for one in table.constraints if isinstance(one, CheckConstraint)}


def test_migrations_are_numbered_from_one_without_gaps() -> None:
    assert [file.name[:5] for file in FILES] == [f"{number:04}_" for number in range(1, len(FILES) + 1)]
    assert [file.name[:4] for file in FILES] == NUMBERS


def test_each_migration_follows_the_one_before_it() -> None:
    scripts = ScriptDirectory(str(bundled("migrations")))
    assert [scripts.get_revision(number).down_revision for number in NUMBERS] == [None, *NUMBERS[:-1]]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_migration_says_what_it_does_and_knows_no_models(file: Path) -> None:
    source = file.read_text()
    assert source.startswith('"""')
    # Models move on; a migration is what the schema was on its day.
    assert ".models" not in source


def test_the_newest_migration_is_what_the_models_say(empty_engine: Engine) -> None:
    migrations.upgrade(empty_engine)
    with empty_engine.connect() as connection:
        assert migrations.differences(connection) == []
        assert migrations.current(connection) == NUMBERS[-1]


def test_the_check_constraints_are_those_of_the_models(empty_engine: Engine) -> None:
    migrations.upgrade(empty_engine)
    inspector = inspect(empty_engine)
    for table in Base.metadata.sorted_tables:
        assert {str(one["name"]) for one in inspector.get_check_constraints(table.name)} == checks(table), table.name


def test_rows_that_must_never_change_cannot(empty_engine: Engine) -> None:
    migrations.upgrade(empty_engine)
    fill(empty_engine)
    # A table that nothing points to can lose its row unless it is protected.
    pointed_at = {key.column.table.name for table in Base.metadata.sorted_tables for key in table.foreign_keys}
    for name in sorted(counts(empty_engine)):
        if name in APPEND_ONLY:
            with pytest.raises(DBAPIError, match="never changed"), empty_engine.begin() as connection:
                connection.execute(text(f"DELETE FROM {name}"))  # noqa: S608 - names of our own tables
        elif name not in pointed_at:
            with empty_engine.begin() as connection:
                connection.execute(text(f"DELETE FROM {name}"))  # noqa: S608 - names of our own tables


def test_each_migration_goes_up_and_down_to_the_same_schema(empty_engine: Engine) -> None:
    stands = [schema(empty_engine)]
    for number in NUMBERS:
        migrations.upgrade(empty_engine, number)
        stands.append(schema(empty_engine))
    for number, before in zip(reversed(["base", *NUMBERS[:-1]]), reversed(stands[:-1]), strict=True):
        migrations.downgrade(empty_engine, number)
        assert schema(empty_engine) == before, number
    migrations.upgrade(empty_engine)
    assert schema(empty_engine) == stands[-1]


def test_each_migration_goes_up_with_data_and_loses_none(empty_engine: Engine) -> None:
    had: dict[str, int] = {}
    for number in NUMBERS:
        migrations.upgrade(empty_engine, number)
        now = counts(empty_engine)
        assert {name: now[name] for name in had if name in now} == {name: had[name] for name in had if name in now}
        fill(empty_engine)
        had = counts(empty_engine)
        assert set(had.values()) == {1}


def test_each_migration_goes_down_and_up_again_with_data(empty_engine: Engine) -> None:
    migrations.upgrade(empty_engine)
    fill(empty_engine)
    newest = schema(empty_engine)
    for number in reversed(["base", *NUMBERS[:-1]]):
        kept = counts(empty_engine)
        migrations.downgrade(empty_engine, number)
        now = counts(empty_engine)
        assert now == {name: kept[name] for name in now}, number
    assert counts(empty_engine) == {}
    migrations.upgrade(empty_engine)
    assert schema(empty_engine) == newest
