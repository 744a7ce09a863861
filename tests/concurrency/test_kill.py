"""The real server is killed while handoffs are sent over HTTP: no acknowledged one is lost, and none is doubled.

The hundred cycles are `python -m benchmarks.kill`; these few show that its check catches what it should.
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import URL

from benchmarks.kill import counting
from benchmarks.kill.clients import CUT_OFF
from benchmarks.kill.killing import Nursery, kill_again_and_again, nursery, server_of
from resource_hub.accounts import service as accounts
from resource_hub.accounts.queries import as_actor
from resource_hub.accounts.values import SYSTEM, NewUser, Role
from resource_hub.core.db import Database
from resource_hub.core.encryption import Vault
from resource_hub.settings import Settings
from tests.concurrency.conftest import OpenWork
from tests.factories import a_listing, a_market

WHO = ("cora@example.org", "correct horse battery")
KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
CLIENTS, PEOPLE = 4, 5

# A server is killed whole only where it is a process of its own, and it is asked through a socket.
pytestmark = [pytest.mark.slow, pytest.mark.allow_hosts(["127.0.0.1"])]


@pytest.fixture(scope="module")
def servers() -> Iterator[Nursery]:
    with nursery() as process:
        yield process


@pytest.fixture
def pairs(open_work: OpenWork) -> list[counting.Pairs]:
    with open_work(SYSTEM) as work:
        market = a_market(work)
        for number in range(3):
            a_listing(work, market, name=f"Pantry {number}")
        user = accounts.add_user(work, NewUser(WHO[0], "Cora", Role.COORDINATOR, WHO[1], frozenset({market.id})))
        return counting.prepare(work, as_actor(user), CLIENTS, PEOPLE)


@pytest.fixture
def installation(real_url: URL, tmp_path: Path) -> Settings:
    return Settings(
        secret_key="t" * 32,
        data_key=KEY,
        database_url=real_url.render_as_string(hide_password=False),
        instance=tmp_path,
    )


def faults_after(
    servers: Nursery, installation: Settings, database: Database, pairs: list[counting.Pairs],
    cycles: int, linger: float, defect: str | None = None,
) -> list[str]:  # fmt: skip
    vault = Vault.from_setting(KEY)
    with database.read() as session:
        before = counting.places_of(session)
    server = replace(server_of(servers, installation, linger, defect), most_answers=6)
    told = kill_again_and_again(server, WHO, pairs, cycles, random.Random(1))
    with database.read() as session:
        assert len(told) == CLIENTS
        assert any(one.answers[CUT_OFF] for one in told)
        return counting.faults_of(session, vault, told, before)


def test_what_was_acknowledged_is_there_once(
    servers: Nursery, installation: Settings, real_database: Database, pairs: list[counting.Pairs]
) -> None:
    assert faults_after(servers, installation, real_database, pairs, cycles=2, linger=0.1) == []


@pytest.mark.parametrize(("defect", "linger"), [("answer-before-commit", 0), ("keys-in-memory", 1)])
def test_the_check_catches(
    servers: Nursery, installation: Settings, real_database: Database, pairs: list[counting.Pairs], defect: str,
    linger: float,
) -> None:  # fmt: skip
    assert faults_after(servers, installation, real_database, pairs, 1, linger, defect) != []
