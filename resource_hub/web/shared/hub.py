"""What the application holds: settings, database, vault, clock, ids. Reached from a request by `current_hub`."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import cast

from flask import current_app, g
from sqlalchemy.orm import Session

from resource_hub.accounts.values import Actor
from resource_hub.accounts.work import Work
from resource_hub.core.clock import Clock
from resource_hub.core.db import Database
from resource_hub.core.encryption import Vault
from resource_hub.matching.routing import Router
from resource_hub.settings import Settings

EXTENSION = "resource_hub"


@dataclass(frozen=True)
class Hub:
    """The parts that requests share."""

    settings: Settings
    database: Database
    vault: Vault
    clock: Clock
    new_id: Callable[[], str]
    router: Router | None = None

    def work(self, session: Session, actor: Actor) -> Work:
        """Return a piece of work of one request."""
        return Work(session, actor, self.clock(), self.vault, self.new_id, Random(self.new_id()))  # noqa: S311 - draws among equals, no secrets


def current_hub() -> Hub:
    """Return the hub of the running application."""
    return cast("Hub", current_app.extensions[EXTENSION])


def current_work() -> Work:
    """Return the work of this request: its session commits when the view has answered without an error."""
    return cast("Work", g.work)


def current_actor() -> Actor | None:
    """Return who is signed in."""
    return cast("Actor | None", g.get("actor"))
