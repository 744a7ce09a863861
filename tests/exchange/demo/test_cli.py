"""The command `seed demo`, in a database of its own."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from resource_hub.cli import hub
from resource_hub.core.clock import utc_now
from resource_hub.core.db import Database
from resource_hub.core.errors import HubError
from resource_hub.inventory.models import Market, Service, Verification


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """An empty database that the environment names."""
    monkeypatch.setenv("RESOURCE_HUB_INSTANCE", str(tmp_path))
    monkeypatch.setenv("RESOURCE_HUB_DATABASE_URL", f"sqlite:///{tmp_path}/hub.db")
    assert _run("db", "upgrade").exit_code == 0
    database = Database.from_url(f"sqlite:///{tmp_path}/hub.db")
    yield database
    database.engine.dispose()


def _run(*words: str) -> Result:
    return CliRunner().invoke(hub, list(words))


def test_the_demo_is_loaded_once_with_dates_counted_from_today(database: Database) -> None:
    first = _run("seed", "demo", "--if-empty")
    assert first.exit_code == 0
    assert "Milwaukee County, Northern New Mexico" in first.stderr
    assert first.stdout == ""
    with database.read() as session:
        services = session.scalar(select(func.count()).select_from(Service))
        newest = session.scalar(select(func.max(Verification.verified_on))) or date.min
    assert services
    assert services >= 600
    assert 0 <= (utc_now().date() - newest).days < 10

    again = _run("seed", "demo")
    assert again.exit_code == 0
    assert "nothing was changed" in again.stderr
    assert _run("seed", "demo", "--if-empty").output == ""
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Service)) == services


def test_it_is_refused_in_production(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESOURCE_HUB_ENV", "production")
    monkeypatch.setenv("RESOURCE_HUB_SECRET_KEY", "s" * 40)
    monkeypatch.setenv("RESOURCE_HUB_DATA_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
    refused = _run("seed", "demo", "--if-empty").exception
    assert isinstance(refused, HubError)
    assert refused.code == "demo_in_production"
    assert "RESOURCE_HUB_ENV" in refused.text
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Market)) == 0
