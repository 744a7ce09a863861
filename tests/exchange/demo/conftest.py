"""The demo loaded once into a database of its own, for tests that only look at it."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from resource_hub.accounts.values import SYSTEM
from resource_hub.accounts.work import Work
from resource_hub.core.db import Database
from resource_hub.core.encryption import Vault
from resource_hub.core.ids import new_id
from resource_hub.exchange.demo.load import load_demo
from tests.conftest import NOW

MARKETS = ("milwaukee", "northern-new-mexico")


@pytest.fixture(scope="session")
def demo(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory, vault: Vault) -> Iterator[Database]:
    database = Database.from_url(f"sqlite:///{shutil.copy(migrated_file, tmp_path_factory.mktemp('demo'))}")
    with database.write() as session:
        load_demo(Work(session, SYSTEM, NOW, vault, new_id, random.Random(1)))
    yield database
    database.engine.dispose()


@pytest.fixture
def shown(demo: Database) -> Iterator[Session]:
    """A session that looks at the loaded demo."""
    with demo.read() as session:
        yield session
