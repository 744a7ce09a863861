"""Whichever statement of any act fails: nothing of the act is written."""

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from inspect import getmembers, isfunction
from types import ModuleType

import pytest
from sqlalchemy import URL, event, select

from resource_hub.accounts.work import Work
from resource_hub.core.db import Base, Database
from resource_hub.core.encryption import Vault
from tests.concurrency import flows, flows_of_stewards
from tests.concurrency.pairs import Client
from tests.concurrency.scenes import Scene
from tests.concurrency.stage import Stage, a_stage
from tests.concurrency.test_faults import PulledPlug, plug_pulled_at

_WRITES = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM) \"?(\w+)")
# Where each public function is a use case, and the packages that export theirs by name.
MODULES = (
    "people.service",
    "people.consent",
    "capacity.service",
    "handoff.service.links",
    "handoff.service.next_best",
    "handoff.service.pausing",
)
EXPORTING = ("handoff.service", "handoff.episodes.service")
PACKAGES = ("screening.service",)


class Undone(Exception):
    """The act came to its end."""


@pytest.fixture(scope="module")
def stage(template: URL, tmp_path_factory: pytest.TempPathFactory, vault: Vault) -> Iterator[Stage]:
    """Every act on it is undone, so that all of them find it as it was."""
    with a_stage(template, tmp_path_factory.mktemp("stage"), vault) as stage:
        yield stage


def do(database: Database, client: Client) -> None:
    """Do an act as the edge does, all but the commit at the end."""
    with database.write() as session:
        client.do(session)
        raise Undone


def contents(database: Database, tables: list[str]) -> dict[str, list[str]]:
    with database.read() as session:
        return {
            name: sorted(repr(tuple(row)) for row in session.execute(select(Base.metadata.tables[name])))
            for name in tables
        }


def tables_written_by(database: Database, client: Client) -> list[str]:
    written: set[str] = set()

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if found := _WRITES.match(statement):
            written.add(found[1])

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        with pytest.raises(Undone):
            do(database, client)
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
    return sorted(written)


def check_that_nothing_is_left(database: Database, client: Client) -> int:
    """Pull the plug at each statement in turn; return how many there were."""
    tables = tables_written_by(database, client)
    assert tables
    before, statement = contents(database, tables), 1
    while True:
        try:
            with plug_pulled_at(database, statement):
                do(database, client)
        except PulledPlug:
            assert contents(database, tables) == before, f"something was left when statement {statement} failed"
            statement += 1
        except Undone:
            return statement - 1


@pytest.mark.parametrize("name", [*flows.ACTS, *flows_of_stewards.ACTS])
def test_an_act_is_written_whole_or_not_at_all(stage: Stage, name: str) -> None:
    assert check_that_nothing_is_left(stage.database, stage.named(name))


def test_the_check_catches_a_commit_in_the_middle(stage: Stage) -> None:
    def act(work: Work, scene: Scene) -> None:
        flows.ACTS["people.service.open_person"](work, scene)
        work.session.commit()
        flows.ACTS["people.service.correct_person"](work, scene)

    with pytest.raises(AssertionError, match="something was left"):
        check_that_nothing_is_left(stage.database, stage.client(act))


def use_cases() -> set[str]:
    """Return every public function of the services, named as the acts are."""
    found = {f"{name}.{one}" for name in EXPORTING for one in _module(name).__all__}
    inside = [f"{name}.{one.name}" for name in PACKAGES for one in pkgutil.iter_modules(_module(name).__path__)]
    for name in (*MODULES, *inside):
        module = _module(name)
        found |= {f"{name}.{one}" for one, function in getmembers(module, isfunction)
                  if function.__module__ == module.__name__ and not one.startswith("_")}  # fmt: skip
    return found


def _module(name: str) -> ModuleType:
    return import_module(f"resource_hub.{name}")


def test_every_use_case_is_an_act_here_or_says_why_not() -> None:
    """Add a new one to `flows.ACTS`, or to `flows.NO_ACTS` with the reason."""
    acts = {name.partition(" ")[0] for name in flows.ACTS}

    assert use_cases() == acts | flows.NO_ACTS.keys()
    assert acts.isdisjoint(flows.NO_ACTS)
