"""Leaves out the tests that ask no database; `.ci/run` loads it on PostgreSQL, after all have run on SQLite."""

import pytest

# The fixtures that make a database; where a server is named, they make it there.
MAKERS = frozenset({"empty_engine", "engine", "template"})


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    kept = [item for item in items if asks_a_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if not asks_a_database(item)])
    items[:] = kept


def asks_a_database(item: pytest.Item) -> bool:
    """Tell whether a test, or a fixture that it uses, asks a database of the tests."""
    names = set(item.fixturenames) if isinstance(item, pytest.Function) else MAKERS
    return bool(names & MAKERS) or item.get_closest_marker("postgres") is not None
