"""Two at once in the worst order: when the second comes, the first has done everything but the commit."""

import random
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from time import monotonic, sleep

from sqlalchemy import text
from sqlalchemy.orm import Session

from resource_hub.accounts.values import Actor
from resource_hub.accounts.work import Work
from resource_hub.core.db import Base, Database
from resource_hub.core.encryption import Vault
from resource_hub.core.errors import HubError
from resource_hub.core.ids import new_id
from tests.conftest import NOW

LONGEST_WAIT = 20.0
_WAITS = text("SELECT cardinality(pg_blocking_pids(:pid)) > 0")
# Nobody comes at the same instant, or with the same luck.
_numbers = count(1)


@dataclass(frozen=True)
class Client:
    """Who does something, and what."""

    actor: Actor
    act: Callable[[Work], object]
    vault: Vault

    def do(self, session: Session) -> None:
        """Do it as the edge does, all but the commit."""
        number = next(_numbers)
        now = NOW + timedelta(milliseconds=number)
        try:
            self.act(Work(session, self.actor, now, self.vault, new_id, random.Random(number)))
        except HubError:
            # The page that says so asks the database again.
            session.execute(text("SELECT 1"))
            raise
        session.flush()


def outcome_of_second(database: Database, first: Client, second: Client) -> BaseException | None:
    """Let the first client stop before its commit until the second has ended or waits; return what the second met."""
    with ThreadPoolExecutor(1) as pool:
        with database.write() as session:
            first.do(session)
            backend: Future[int] = Future()
            coming = pool.submit(_come, database, second, backend)
            _until_it_ends_or_waits(database, coming, backend)
        return coming.exception(LONGEST_WAIT)


def _come(database: Database, client: Client, backend: Future[int]) -> None:
    with database.write() as session:
        backend.set_result(session.scalar(text("SELECT pg_backend_pid()")) or 0)
        client.do(session)


def _until_it_ends_or_waits(database: Database, coming: Future[None], backend: Future[int]) -> None:
    pid, end = backend.result(LONGEST_WAIT), monotonic() + LONGEST_WAIT
    with database.read() as watcher:
        while not coming.done() and not watcher.scalar(_WAITS, {"pid": pid}):
            assert monotonic() < end, "the second neither ended nor waited"
            sleep(0.002)


class Kept:
    """What stands in every table, to be put back: quicker than a new copy of the database."""

    def __init__(self, database: Database) -> None:
        """Keep it."""
        self._database = database
        self._tables = [table.name for table in Base.metadata.sorted_tables]
        copies = (f"CREATE TABLE kept.{name} AS TABLE public.{name}" for name in self._tables)
        self._run("CREATE SCHEMA kept", *copies)

    def put_back(self) -> None:
        """Put it back, also where rows are never changed: no trigger and no foreign key speaks up meanwhile."""
        emptied = (str(table.delete()) for table in Base.metadata.sorted_tables)
        filled = (f"INSERT INTO {name} TABLE kept.{name}" for name in self._tables)
        self._run("SET LOCAL session_replication_role = replica", *emptied, *filled)

    def _run(self, *statements: str) -> None:
        with self._database.engine.begin() as connection:
            connection.exec_driver_sql(";".join(statements))
