"""Imports by a worker of one process, inside the test's transaction."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO
from itertools import count
from pathlib import Path
from uuid import uuid4

import pytest

from resource_hub.accounts.values import SYSTEM, Role
from resource_hub.accounts.work import Work
from resource_hub.core.db import Database
from resource_hub.exchange.importing import jobs
from resource_hub.exchange.importing.files import Store
from resource_hub.exchange.importing.running import run_next
from resource_hub.inventory.models import ImportJob, Market
from tests.conftest import as_actor
from tests.factories import a_market, a_user

LIST = "Charity,Program,Street Address,Phone\nHarbor Table,Pantry,1 Light St,410-555-0101\n"


@pytest.fixture
def market(work: Work) -> Market:
    return a_market(work)


@pytest.fixture
def steward(work: Work, market: Market) -> Work:
    return as_actor(work, a_user(work, Role.STEWARD, market))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "imports")


@dataclass(frozen=True)
class Imports:
    """What a steward and a worker do, one after the other; each write has an instant of its own."""

    steward: Work
    market: Market
    store: Store
    write: Callable[[], AbstractContextManager[Work]]

    def upload(self, text: str = LIST, name: str = "list.csv") -> ImportJob:
        return jobs.upload(self.steward, self.store, self.market.id, name, BytesIO(text.encode()))

    def map_and_look(self, job: ImportJob, save_as: str = "") -> ImportJob:
        head = jobs.head_of(self.steward, self.store, job)
        jobs.choose_mapping(self.steward, self.store, job.id, head.mapping, save_as)
        return self.run(job)

    def run(self, job: ImportJob) -> ImportJob:
        self.steward.session.flush()
        assert run_next(self.write, self.write, self.store)
        self.steward.session.expire_all()
        return self.steward.session.get_one(ImportJob, job.id)

    def whole(self, text: str = LIST, name: str = "list.csv") -> ImportJob:
        job = self.map_and_look(self.upload(text, name))
        jobs.go_on(self.steward, job.id, skip_bad_rows=True)
        return self.run(job)


@pytest.fixture
def imports(database: Database, steward: Work, market: Market, store: Store) -> Imports:
    minutes = count(1)

    @contextmanager
    def write() -> Iterator[Work]:
        with database.write() as session:
            later = steward.now + timedelta(minutes=next(minutes))
            yield replace(steward, session=session, actor=SYSTEM, now=later, new_id=lambda: str(uuid4()))

    return Imports(replace(steward, new_id=lambda: str(uuid4())), market, store, write)
