"""What the commands share: settings, database, work."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

import click

from resource_hub import settings, tables
from resource_hub.accounts.values import SYSTEM
from resource_hub.accounts.work import Work
from resource_hub.capacity.service import ROOM_CHANGED
from resource_hub.cli.output import as_json, print_json, progress
from resource_hub.core.clock import utc_now
from resource_hub.core.codes import FACTS
from resource_hub.core.db import Database
from resource_hub.core.encryption import Vault
from resource_hub.core.ids import new_id
from resource_hub.matching.index.shelf import room_changed
from resource_hub.matching.routing import Router

__all__ = ["Shell", "as_json", "facts_of", "pass_shell", "print_json", "progress"]

TABLES = tables.MODELS


class Shell:
    """Where a command runs: its settings and database are opened when first asked for."""

    @cached_property
    def settings(self) -> settings.Settings:
        """The settings of the environment; refuses when one is missing or wrong."""
        return settings.from_environment(os.environ)

    @cached_property
    def database(self) -> Database:
        """The database of the settings."""
        database = Database.from_url(self.settings.database_url, self.settings.instance / "index")
        database.listen(ROOM_CHANGED, room_changed)
        return database

    @cached_property
    def vault(self) -> Vault:
        """The vault of the settings."""
        return self.settings.vault()

    @cached_property
    def router(self) -> Router | None:
        """The routing server of the settings, where there is one."""
        return Router(self.settings.routing_url) if self.settings.routing_url else None

    @contextmanager
    def write(self) -> Iterator[Work]:
        """Do work that is committed at the end of the block."""
        with self.database.write() as session:
            yield Work(session, SYSTEM, utc_now(), self.vault, new_id)

    @contextmanager
    def read(self) -> Iterator[Work]:
        """Do work that changes nothing."""
        with self.database.read() as session:
            yield Work(session, SYSTEM, utc_now(), self.vault, new_id)


# Made where a command asks for it, so that one that does not starts without any of this.
pass_shell = click.make_pass_decorator(Shell, ensure=True)


def facts_of(_context: click.Context, _option: click.Parameter, pairs: tuple[str, ...]) -> dict[str, list[str]]:
    """Read NAME=VALUE pairs; a name may come several times."""
    facts: dict[str, list[str]] = {}
    for name, sign, value in (pair.partition("=") for pair in pairs):
        if not name or not sign:
            message = f"write NAME=VALUE, with a name of: {', '.join(FACTS)}"
            raise click.BadParameter(message)
        facts.setdefault(name, []).append(value)
    return facts
