"""What commands print: one JSON document on stdout, or progress on a terminal."""

import json
from collections.abc import Iterable
from typing import TypeVar

import click
from tqdm import tqdm

T = TypeVar("T")

as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


def print_json(document: object) -> None:
    """Print one JSON document on stdout."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def progress(rows: Iterable[T], *, total: int | None, unit: str) -> Iterable[T]:
    """Show rows done, rate and time left on a terminal; quiet in a pipe."""
    bar: Iterable[T] = tqdm(rows, total=total, unit=f" {unit}", disable=None, delay=0.5)
    return bar
