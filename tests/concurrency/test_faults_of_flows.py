"""Whichever statement of any act on people, handoffs, episodes or room fails: nothing of the act is written."""

import pkgutil
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from inspect import getmembers, isfunction
from types import ModuleType

import pytest
from sqlalchemy import URL, event, select

from resource_hub.accounts.values import SYSTEM
from resource_hub.accounts.work import Work
from resource_hub.core.db import Base, Database, make_engine
from resource_hub.core.encryption import Vault
from resource_hub.core.ids import new_id
from tests.concurrency.flows import ACTS, NO_ACTS, Act
from tests.concurrency.scenes import Scene, a_scene
from tests.concurrency.test_faults import PulledPlug, plug_pulled_at
from tests.conftest import NOW, a_copy

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


@dataclass
class Stage:
    """A scene on a real database; every act on it is undone, so that all of them find it as it was."""

    database: Database
    vault: Vault
    scene: Scene

    def work(self, act: Act) -> None:
        """Do an act as the edge does, all but the commit at the end."""
        with self.database.write() as session:
            act(Work(session, self.scene.story.coordinator, NOW, self.vault, new_id, random.Random(1)), self.scene)
            session.flush()
            raise Undone

    def contents(self, tables: list[str]) -> dict[str, list[str]]:
        with self.database.read() as session:
            return {
                name: sorted(repr(tuple(row)) for row in session.execute(select(Base.metadata.tables[name])))
                for name in tables
            }


class Undone(Exception):
    """The act came to its end."""


@pytest.fixture(scope="module")
def stage(template: URL, tmp_path_factory: pytest.TempPathFactory, vault: Vault) -> Iterator[Stage]:
    with a_copy(template, tmp_path_factory.mktemp("stage")) as url:
        database = Database(make_engine(url.render_as_string(hide_password=False)))
        with database.write() as session:
            scene = a_scene(Work(session, SYSTEM, NOW, vault, new_id, random.Random(1)))
        yield Stage(database, vault, scene)
        database.engine.dispose()


def tables_written_by(stage: Stage, act: Act) -> list[str]:
    written: set[str] = set()

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if found := _WRITES.match(statement):
            written.add(found[1])

    event.listen(stage.database.engine, "before_cursor_execute", note)
    try:
        with pytest.raises(Undone):
            stage.work(act)
    finally:
        event.remove(stage.database.engine, "before_cursor_execute", note)
    return sorted(written)


def check_that_nothing_is_left(stage: Stage, act: Act) -> int:
    """Pull the plug at each statement in turn; return how many there were."""
    tables = tables_written_by(stage, act)
    assert tables
    before, statement = stage.contents(tables), 1
    while True:
        try:
            with plug_pulled_at(stage.database, statement):
                stage.work(act)
        except PulledPlug:
            assert stage.contents(tables) == before, f"something was left when statement {statement} failed"
            statement += 1
        except Undone:
            return statement - 1


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_written_whole_or_not_at_all(stage: Stage, name: str) -> None:
    assert check_that_nothing_is_left(stage, ACTS[name])


def test_the_check_catches_a_commit_in_the_middle(stage: Stage) -> None:
    def act(work: Work, scene: Scene) -> None:
        ACTS["people.service.open_person"](work, scene)
        work.session.commit()
        ACTS["people.service.correct_person"](work, scene)

    with pytest.raises(AssertionError, match="something was left"):
        check_that_nothing_is_left(stage, act)


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
    acts = {name.partition(" ")[0] for name in ACTS}

    assert use_cases() == acts | NO_ACTS.keys()
    assert acts.isdisjoint(NO_ACTS)
