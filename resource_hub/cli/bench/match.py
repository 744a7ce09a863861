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
    together, capacity = found["together"], found["capacity"]
    rates = list(together["questions_per_second"].items())
    click.echo("\n" + table((f"{together['processes']} processes together", "questions/s"), rates))
    seen, lost = capacity["seen_after"]["p95_us"], capacity["lost"]
    click.echo(f"\nA change of capacity is seen by another process after {seen:,.0f} µs (p95).")
    click.echo(f"{capacity['changes_per_second']:,} changes a second cost {lost:.1%} of the questions a second.")
    click.echo("\n" + table(("ratio of means", ""), list(found["ratios"].items())))
    for line in missing_lines(found["missing"]):
        click.echo(line)
