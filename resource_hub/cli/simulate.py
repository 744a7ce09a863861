"""`resource-hub simulate`: orders of the list compared in a made-up market, under ranges of assumptions."""

import os
from functools import partial
from pathlib import Path

import click

from resource_hub.cli.shared import as_json, print_json, progress
from resource_hub.evaluation.simulation import assumptions, report
from resource_hub.evaluation.simulation.study import study
from resource_hub.matching import policy


@click.command("simulate")
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="The same seed, the same answer."
)
@click.option(
    "--draws", type=click.IntRange(min=1), default=100, show_default=True, help="How many draws of the assumptions."
)
@click.option("--processes", type=click.IntRange(min=1), help="How many at once; as many as processors if not given.")
@click.option("--policy", "policy_file", type=click.Path(path_type=Path), metavar="FILE", help="Other weights.")
@as_json
def command(seed: int, draws: int, processes: int | None, policy_file: Path | None, *, as_json: bool) -> None:
    """Compare orders of the list in a made-up market: what each leads to, and what may be claimed."""
    weights = policy.read(policy_file) if policy_file else policy.current()
    watch = partial(progress, total=draws, unit="draws")
    found = study(assumptions.read(), weights, seed, draws, processes or os.cpu_count() or 1, watch)
    if as_json:
        print_json(report.document(found))
    else:
        for line in report.lines(found):
            click.echo(line)
