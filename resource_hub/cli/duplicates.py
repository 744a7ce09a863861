"""`resource-hub duplicates`: whether pairs of records are the same, and which of a market's may be."""

from collections.abc import Iterator
from pathlib import Path

import click

from resource_hub.cli.shared import Shell, as_json, pass_shell, print_json, progress
from resource_hub.core.errors import Fault
from resource_hub.inventory.errors import BadPairs
from resource_hub.inventory.queries import get_market
from resource_hub.inventory.rules.duplicates.fields import Fields
from resource_hub.inventory.rules.duplicates.pairs import LONGEST_LINE, read_pair
from resource_hub.inventory.rules.duplicates.scoring import Scored, score
from resource_hub.inventory.service import duplicates

MOST_FAULTS = 20


@click.group("duplicates")
def command() -> None:
    """Judge pairs of records, or find those of a market that may be the same."""


@command.command("score")
@click.argument("file", metavar="PAIRS.jsonl", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_json
def score_pairs(file: Path, *, as_json: bool) -> None:
    """Judge each pair of a file: {"a": {"name": …}, "b": {…}} on a line; any field may be missing."""
    pairs = _pairs(file)
    scored = [score(one, other) for one, other in progress(pairs, total=len(pairs), unit="pairs")]
    if as_json:
        print_json([{"score": one.score, "same": one.same, "reasons": list(one.reasons)} for one in scored])
        return
    for number, one in enumerate(scored, start=1):
        _print(f"{number:5}", one)


def _print(what: str, one: Scored) -> None:
    click.echo(f"{what} {one.score:.2f} {'same' if one.same else 'different':9}  {' '.join(one.reasons)}")


def _pairs(file: Path) -> list[tuple[Fields, Fields]]:
    pairs: list[tuple[Fields, Fields]] = []
    faults: list[Fault] = []
    for number, line in _lines(file):
        try:
            pairs.append(read_pair(line, number))
        except BadPairs as error:
            faults += error.faults
        if len(faults) >= MOST_FAULTS:
            break
    if faults:
        raise BadPairs(" ".join(f"{fault.field}: {fault.text}" for fault in faults), faults=tuple(faults))
    return pairs


def _lines(file: Path) -> Iterator[tuple[int, bytes]]:
    """Go through the lines that are not blank; of one that is too long only the beginning is read."""
    try:
        with file.open("rb") as opened:
            number = 0
            while line := opened.readline(LONGEST_LINE + 1):
                number += 1
                rest = line
                while len(rest) > LONGEST_LINE and not rest.endswith(b"\n"):
                    rest = opened.readline(LONGEST_LINE + 1)
                if line.strip():
                    yield number, line
    except OSError as error:
        words = "The file cannot be read."
        raise BadPairs(words, faults=(Fault(str(file), "unreadable", words),)) from error


@command.command("find")
@click.option("--market", "slug", required=True, metavar="SLUG", help="The market to look in.")
@as_json
@pass_shell
def find(shell: Shell, slug: str, *, as_json: bool) -> None:
    """Find organizations, locations and services of a market that are there twice, and queue them for stewards."""
    # Looking takes its time, and nobody waits for it.
    with shell.read() as work:
        market = get_market(work.session, slug)
        found = duplicates.find_duplicates(work, market, lambda pairs: progress(pairs, total=len(pairs), unit="pairs"))
    with shell.write() as work:
        duplicates.remember(work, get_market(work.session, slug), found)
    if as_json:
        print_json([_json(one) for one in found])
        return
    for one in found:
        click.echo(f"{one.score:.2f} {one.kind:12} {' '.join(one.ids)}  {' '.join(one.reasons)}")
    click.echo(f"{len(found)} pairs look the same. Stewards decide about them at /steward/duplicates.")


def _json(one: duplicates.Duplicate) -> dict[str, object]:
    return {"kind": one.kind, "ids": list(one.ids), "score": one.score, "reasons": list(one.reasons)}
