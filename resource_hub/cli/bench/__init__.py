"""`resource-hub bench`: how good and how fast it is, measured."""

import click

from resource_hub.cli.lazy import LazyGroup

COMMANDS = {
    "allocate": "resource_hub.cli.bench.allocate",
    "find": "resource_hub.cli.bench.find",
    "hold": "resource_hub.cli.bench.hold",
    "match": "resource_hub.cli.bench.match",
    "web": "resource_hub.cli.bench.web",
}


@click.command("bench", cls=LazyGroup, modules=COMMANDS)
def command() -> None:
    """Measure how good and how fast it is."""
