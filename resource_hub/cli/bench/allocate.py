"""`resource-hub bench allocate`: who gets which place, by several policies, against hindsight."""

from pathlib import Path

import click

from resource_hub.cli.shared import as_json, print_json
from resource_hub.evaluation.allocation import measuring
from resource_hub.evaluation.allocation.instance import read


@click.command("allocate")
@click.option(
    "--instance",
    "file",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Places with their capacity, the cases of the past, and those that arrive.",
)
@as_json
def command(file: Path, *, as_json: bool) -> None:
    """Place the arriving cases of FILE one by one, by several policies, and compare with the best in hindsight."""
    found = measuring.measure(read(file), lambda step: click.echo(step, err=True))
    if as_json:
        print_json({"optimum": found.optimum, "policies": found.policies})
        return
    click.echo(f"{'optimum':8} {found.optimum:12,.3f}")
    for name, total in found.policies.items():
        share = f"{total / found.optimum:7.1%}" if found.optimum else ""
        click.echo(f"{name:8} {total:12,.3f} {share}")
