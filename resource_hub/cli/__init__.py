"""The `resource-hub` command. Exit status: 0 done, 1 refused or found faults, 2 wrong usage."""

import sys

import click

from resource_hub.cli.lazy import LazyGroup
from resource_hub.core.errors import HubError

COMMANDS = {
    "audit": "resource_hub.cli.audit",
    "bench": "resource_hub.cli.bench",
    "db": "resource_hub.cli.db",
    "export": "resource_hub.cli.export",
    "duplicates": "resource_hub.cli.duplicates",
    "find": "resource_hub.cli.find",
    "geocode": "resource_hub.cli.geocode",
    "import": "resource_hub.cli.importing",
    "instrument": "resource_hub.cli.instrument",
    "lint": "resource_hub.cli.lint",
    "market": "resource_hub.cli.market",
    "match": "resource_hub.cli.match",
    "run": "resource_hub.cli.run",
    "seed": "resource_hub.cli.seed",
    "simulate": "resource_hub.cli.simulate",
    "suggest": "resource_hub.cli.suggest",
    "user": "resource_hub.cli.user",
    "worker": "resource_hub.cli.worker",
}


@click.command(cls=LazyGroup, modules=COMMANDS)
@click.version_option(package_name="resource-hub")
def hub() -> None:
    """Run a community resource directory that ranks, hands off, and hears back."""


def main() -> None:
    """Run the command; a refusal is one line on stderr for each fault, and exit status 1."""
    try:
        hub(prog_name="resource-hub")
    except HubError as error:
        for line in [fault.field + ": " + fault.text for fault in error.faults] or [error.text]:
            click.echo(line, err=True)
        sys.exit(1)
