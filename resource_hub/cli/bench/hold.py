"""`resource-hub bench hold`: how many places can be held a second, and that none is sold twice."""

import sys

import click

from resource_hub.cli.bench.tables import missing_lines, table
from resource_hub.cli.shared import as_json, print_json
from resource_hub.evaluation.bench.hold import MANY, run


@click.command("hold")
@click.option(
    "--services", type=click.IntRange(min=1), default=MANY, show_default=True, help="How many places are many."
)
@as_json
def command(services: int, *, as_json: bool) -> None:
    """Hold places of the demo by several processes, on one place and on many, beside a bare UPDATE."""
    found = run(services)
    if as_json:
        print_json(found)
    else:
        rows = [
            (f"{database} {way.replace('_', ' ')}", rate)
            for database, one in found["databases"].items()
            for way, rate in one["per_second"].items()
        ]
        click.echo(table((f"{found['processes']} processes", "a second"), rows))
        click.echo(f"\nOversold: {found['oversold']}.")
        for line in missing_lines(found["missing"]):
            click.echo(line)
    if found["oversold"]:
        click.echo("oversold: more places were held than there were.", err=True)
        sys.exit(1)
