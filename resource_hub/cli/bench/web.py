"""`resource-hub bench web`: what a page of results costs beside an empty page."""

import click

from resource_hub.cli.bench.tables import table
from resource_hub.cli.shared import as_json, print_json
from resource_hub.evaluation.bench.web import run


@click.command("web")
@click.option("--services", type=click.IntRange(min=1), help="How large the market is; the demo's own if not given.")
@as_json
def command(services: int | None, *, as_json: bool) -> None:
    """Ask for the lists of the portal and the desk, and for empty pages, and compare their processor time."""
    found = run(services)
    if as_json:
        print_json(found)
        return
    rows = [(name.replace("_", " "), *one.values()) for name, one in found["engines"].items()]
    click.echo(table(("page", "mean µs", "median µs", "p95 µs"), rows))
    click.echo("\n" + table(("ratio of medians", ""), list(found["ratios"].items())))
