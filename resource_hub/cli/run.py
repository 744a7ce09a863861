"""`resource-hub run`: the production server."""

import os
from multiprocessing import get_context
from typing import Any

import click
from gunicorn.app.base import BaseApplication

from resource_hub.app import create_app
from resource_hub.cli import worker
from resource_hub.cli.shared import Shell, pass_shell
from resource_hub.core import migrations
from resource_hub.core.errors import Refused
from resource_hub.exchange.demo.users import demo_accounts
from resource_hub.settings import Settings
from resource_hub.web.shared.logs import configure_logging

THREADS = 4
REQUEST_SECONDS = 60


@click.command("run")
@pass_shell
def command(shell: Shell) -> None:
    """Serve the application; prints its address, and the demo accounts where the demo is loaded."""
    with shell.read() as work:
        if migrations.current(work.session.connection()) != migrations.revisions()[-1]:
            raise Refused("The schema is behind the code. Run: resource-hub db upgrade", code="schema_behind")
        accounts = [] if shell.settings.production else demo_accounts(work.session)
    click.echo(f"Resource Hub serves on http://{shell.settings.host}:{shell.settings.port}")
    for account in accounts:
        markets = ", ".join(account.markets)
        click.echo(f"  {account.email:<32} {account.password:<24} {account.role:<16} {markets}")
    # Workers open connections of their own: one that crosses a fork belongs to nobody.
    shell.database.engine.dispose()
    configure_logging()
    if not shell.settings.production:
        # In production the worker is a service of its own; here everything works with one command.
        get_context("spawn").Process(target=worker.beside, args=(os.getpid(),), daemon=True).start()
    _Server(shell.settings).run()


class _Server(BaseApplication):
    """Gunicorn with our settings: threads in each worker, no access log (ours names no addresses)."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": f"{self._settings.host}:{self._settings.port}",
            "workers": self._settings.workers,
            "threads": THREADS,
            "worker_class": "gthread",
            "timeout": REQUEST_SECONDS,
            "graceful_timeout": 10,
            "accesslog": None,
            "loglevel": "warning",
            "proc_name": "resource-hub",
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return create_app(self._settings)
