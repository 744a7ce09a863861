"""The `resource-hub` command. Exit status: 0 done, 1 refused or found faults, 2 wrong usage."""

import sys
from importlib import import_module

import click

from resource_hub.cli.shared import Shell
from resource_hub.core.errors import HubError

# A module is imported when its command is called, so that none pays for what another one needs.
COMMANDS = {
    "audit": "resource_hub.cli.audit",
    "bench": "resource_hub.cli.bench",
    "db": "resource_hub.cli.db",
    "find": "resource_hub.cli.find",
    "import": "resource_hub.cli.importing",
    "instrument": "resource_hub.cli.instrument",
    "market": "resource_hub.cli.market",
    "match": "resource_hub.cli.match",
    "run": "resource_hub.cli.run",
    "seed": "resource_hub.cli.seed",
    "simulate": "resource_hub.cli.simulate",
    "user": "resource_hub.cli.user",
    "worker": "resource_hub.cli.worker",
}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        module = COMMANDS.get(cmd_name)
        command = import_module(module).command if module else None
        return command if isinstance(command, click.Command) else None


@click.command(cls=_Commands)
@click.version_option(package_name="resource-hub")
@click.pass_context
def hub(context: click.Context) -> None:
    """Run a community resource directory that ranks, hands off, and hears back."""
    context.obj = Shell()


def main() -> None:
    """Run the command; a refusal is one line on stderr for each fault, and exit status 1."""
    try:
        hub(prog_name="resource-hub")
    except HubError as error:
        for line in [fault.field + ": " + fault.text for fault in error.faults] or [error.text]:
            click.echo(line, err=True)
        sys.exit(1)
