"""`resource-hub bench match`: how fast the ranking answers, beside its peers."""

import sys
from collections.abc import Mapping
from typing import Any

import click

from resource_hub.cli.bench.tables import missing_lines, table
from resource_hub.cli.shared import as_json, print_json
from resource_hub.evaluation.bench.match.report import run


@click.command("match")
@click.option("--services", type=click.IntRange(min=100), default=100_000, show_default=True, help="How many services.")
@as_json
def command(services: int, *, as_json: bool) -> None:
    """Ask a made-up national directory the same questions by the index, a loop in C, and PostgreSQL with PostGIS."""
    found = run(services)
    if as_json:
        print_json(found)
    else:
        _print(found)
    if not found["exact"]:
        click.echo("exact: the answers differ from brute force; see `agreeing`.", err=True)
        sys.exit(1)


def _print(found: Mapping[str, Any]) -> None:
    click.echo(
        f"{found['services']:,} services, {found['queries']} questions, {found['checked']} of them by brute force.\n"
    )
    rows = [(name, *one.values()) for name, one in found["engines"].items()]
    click.echo(table(("engine", "mean µs", "median µs", "p95 µs"), rows))
    click.echo("\n" + table(("ratio of means", ""), list(found["ratios"].items())))
    for line in missing_lines(found["missing"]):
        click.echo(line)
