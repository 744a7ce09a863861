"""`resource-hub import`: a directory from files."""

import csv
from collections import Counter
from collections.abc import Iterable, Sized
from pathlib import Path
from typing import TypedDict, Unpack

import click

from resource_hub.cli.shared import Shell, as_json, pass_shell, print_json, progress
from resource_hub.core.errors import Fault
from resource_hub.exchange.importing.recording import Carried, carry_out, remember
from resource_hub.exchange.importing.report import Document, document_of, tallies_of
from resource_hub.exchange.tabular.mapping.file import read_mapping, write_mapping
from resource_hub.exchange.tabular.mapping.proposal import propose_all
from resource_hub.exchange.tabular.mapping.sheets import read_sheets
from resource_hub.exchange.tabular.values import Format, Report, Request
from resource_hub.inventory.errors import BadRows
from resource_hub.inventory.values import Draft, Problem

_MOST_LINES = 100
_LONGEST_VALUE = 60


class _Options(TypedDict):
    """What else was said on the command line."""

    layout: str
    report: Path | None
    mapping: Path | None
    dry_run: bool
    skip_bad_rows: bool


@click.command("import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--market", required=True, metavar="SLUG", help="The market to import into.")
@click.option(
    "--format",
    "layout",
    type=click.Choice([one for one in Format if one is not Format.MAPPED]),
    default=Format.AUTO,
    help="How the tables are laid out.",
)
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option(
    "--report", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Write the problems as CSV."
)
@click.option("--skip-bad-rows", is_flag=True, help="Leave out rows that cannot be stored.")
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Which column of a flat table is which field.",
)
@click.option(
    "--propose-mapping",
    "proposal",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write a proposed mapping, and import nothing.",
)
@as_json
@pass_shell
def command(
    shell: Shell, /, path: Path, market: str, proposal: Path | None, *, as_json: bool, **options: Unpack[_Options]
) -> None:
    """Import the directory in PATH, a folder, .zip, JSON file or flat table. All or nothing, unless --skip-bad-rows."""
    report, mapping = options["report"], options["mapping"]
    if report and not report.parent.is_dir():
        raise click.BadParameter("there is no such folder", param_hint="--report")
    if proposal:
        _propose(path, proposal)
        return
    read = read_mapping(mapping) if mapping else None
    carried = _carry_out(
        shell, Request(path, market, Format(options["layout"]), options["skip_bad_rows"], read), options
    )
    if report:
        _write_report(report, carried.found.loaded.problems)
    _print(carried, dry_run=options["dry_run"], as_json=as_json)
    if carried.found.refused:
        raise _refusal(carried.found)


def _carry_out(shell: Shell, request: Request, options: _Options) -> Carried:
    with shell.write() as work:
        carried = carry_out(work, request, _watch)
        if options["dry_run"] or carried.found.refused:
            work.session.rollback()
        else:
            remember(work, carried, request)
    return carried


def _print(carried: Carried, *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        print_json({**document_of(carried.found), **(carried.differences if dry_run else {})})
        return
    _print_summary(carried.found)
    if dry_run:
        _print_differences(carried.differences)


def _watch(drafts: Iterable[Draft]) -> Iterable[Draft]:
    return progress(drafts, total=len(drafts) if isinstance(drafts, Sized) else None, unit="rows")


def _propose(path: Path, to: Path) -> None:
    if to.exists():
        raise click.BadParameter("there is such a file already; name a new one", param_hint="--propose-mapping")
    proposals = propose_all(read_sheets(path))
    to.write_text(write_mapping(proposals), encoding="utf-8")
    for proposal in proposals.sheets:
        clear = sum(bool(guess.field) for guess in proposal.guesses)
        click.echo(f"{proposal.sheet}: {clear} columns mapped; not clear and left out: {len(proposal.left_out)}")
        for column in proposal.left_out:
            click.echo(f"  {column}")
    click.echo(f"Read {to}, mend it, then: resource-hub import {path} --market SLUG --mapping {to}")


def _print_summary(found: Report) -> None:
    for name, tally in tallies_of(found).items():
        counted = ", ".join(f"{count:,} {table}" for table, count in tally.items()) or "nothing"
        click.echo(f"{name}: {counted}")
    for code, count in Counter(problem.code for problem in found.loaded.problems).most_common():
        click.echo(f"problem {code}: {count:,}")


def _print_differences(shown: Document) -> None:
    last = None
    for one in shown["differences"][:_MOST_LINES]:
        record = f"{one['table']} “{_short(one['name'] or one['record_id'])}”"
        if record != last:
            click.echo(record)
        last = record
        kept = ", stays: a steward wrote it; the file says" if one["kept"] else " →"
        click.echo(f"  {one['field']}: “{_short(one['before'])}”{kept} “{_short(one['after'])}”")
    counts = shown["difference_counts"]
    if counts["changed"] + counts["kept"] > _MOST_LINES:
        click.echo(f"… the first {_MOST_LINES} differences; --json has more")
    click.echo(f"differences: {counts['changed']:,} fields, conflicts with stewards: {counts['kept']:,}")
    click.echo("Nothing was changed: this was a dry run.")


def _short(value: str) -> str:
    words = " ".join(value.split())
    return words if len(words) <= _LONGEST_VALUE else f"{words[:_LONGEST_VALUE]}…"


def _write_report(path: Path, problems: tuple[Problem, ...]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["file", "row", "field", "code", "text"])
        for problem in problems:
            names = (_harmless(problem.origin.file), problem.origin.row, _harmless(problem.field))
            writer.writerow([*names, problem.code, problem.text])


def _harmless(name: str) -> str:
    # Files and columns are named by others; a spreadsheet must not calculate their names.
    return f"'{name}" if name[:1] in set("=+-@\t\r") else name


def _refusal(found: Report) -> BadRows:
    fatal = [problem for problem in found.loaded.problems if problem.fatal]
    faults = [
        Fault(f"{problem.origin.file}, row {problem.origin.row}, {problem.field}", problem.code, problem.text)
        for problem in fatal[:_MOST_LINES]
    ]
    text = f"{len(fatal):,} rows cannot be stored; nothing was. Mend them, or leave them out with --skip-bad-rows."
    return BadRows(text, faults=(*faults, Fault("import", "bad_rows", text)))
