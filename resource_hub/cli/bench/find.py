"""`resource-hub bench find`: how well and how fast misspelt words find what they mean."""

import click

from resource_hub.cli.bench.tables import missing_lines, table
from resource_hub.cli.shared import as_json, print_json
from resource_hub.evaluation.bench.find.report import run


@click.command("find")
@click.option("--services", type=click.IntRange(min=100), default=100_000, show_default=True, help="How many services.")
@as_json
def command(services: int, *, as_json: bool) -> None:
    """Look for made-up services by misspelt words: ours beside Tantivy's fuzzy terms and a scan of all texts."""
    found = run(services)
    if as_json:
        print_json(found)
        return
    rows = [(name, *one.values(), found["recall_at_10"][name]) for name, one in found["engines"].items()]
    click.echo(table(("engine", "mean µs", "median µs", "p95 µs", "recall at 10"), rows))
    click.echo("\n" + table(("ratio of medians", ""), list(found["ratios"].items())))
    for line in missing_lines(found["missing"]):
        click.echo(line)
