"""A real database with everything on it that an act needs, and who does the acts of both tables there."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL

from resource_hub.accounts.values import SYSTEM, Actor
from resource_hub.accounts.work import Work
from resource_hub.core.db import Database, make_engine
from resource_hub.core.encryption import Vault
from resource_hub.core.ids import new_id
from tests.concurrency import flows, flows_of_stewards
from tests.concurrency.pairs import Client
from tests.concurrency.scenes import Scene, a_scene
from tests.concurrency.scenes_of_stewards import Act, Directory, a_directory
from tests.conftest import NOW, a_copy


@dataclass(frozen=True)
class Stage:
    """The scene of the desk and the directory of the stewards, in one market."""

    database: Database
    scene: Scene
    directory: Directory
    vault: Vault

    def client(self, act: flows.Act) -> Client:
        """Who does an act of the desk."""
        return Client(self.scene.story.coordinator, lambda work: act(work, self.scene), self.vault)

    def steward(self, act: Act, who: Actor | None = None) -> Client:
        """Who does an act of the directory."""
        return Client(who or self.directory.steward, lambda work: act(work, self.directory), self.vault)

    def named(self, name: str) -> Client:
        """Who does an act of either table."""
        return self.client(flows.ACTS[name]) if name in flows.ACTS else self.steward(flows_of_stewards.ACTS[name])


@contextmanager
def a_stage(template: URL, folder: Path, vault: Vault) -> Iterator[Stage]:
    """Set everything up on a copy of a migrated database, as long as the block lasts."""
    with a_copy(template, folder) as url:
        database = Database(make_engine(url.render_as_string(hide_password=False)))
        with database.write() as session:
            scene = a_scene(Work(session, SYSTEM, NOW, vault, new_id, random.Random(0)))
        with database.write() as session:
            work = Work(session, SYSTEM, NOW, vault, new_id, random.Random(0))
            directory = a_directory(work, scene.story.market.id, folder / "imports")
        yield Stage(database, scene, directory, vault)
        database.engine.dispose()
