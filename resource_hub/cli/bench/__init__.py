"""`resource-hub bench`: how good and how fast it is, measured."""

from importlib import import_module

import click

# A module is imported when its command is called: some need what the others do without.
COMMANDS = {
    "allocate": "resource_hub.cli.bench.allocate",
    "find": "resource_hub.cli.bench.find",
    "hold": "resource_hub.cli.bench.hold",
    "match": "resource_hub.cli.bench.match",
    "web": "resource_hub.cli.bench.web",
}


class _Benchmarks(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        module = COMMANDS.get(cmd_name)
        command = import_module(module).command if module else None
        return command if isinstance(command, click.Command) else None


@click.command("bench", cls=_Benchmarks)
def command() -> None:
    """Measure how good and how fast it is."""
