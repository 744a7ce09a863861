"""`resource-hub import`: a directory from files."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sized
from pathlib import Path

import click

from resource_hub.cli.shared import Shell, as_json, pass_shell, print_json, progress
from resource_hub.core.errors import Fault
from resource_hub.exchange.tabular import service
from resource_hub.exchange.tabular.values import Format, Report, Request
from resource_hub.inventory.errors import BadRows
from resource_hub.inventory.values import Draft, Problem

_TALLIES = ("read", "created", "updated", "unchanged", "skipped")
_FIRST = ("organization", "service", "location")
_MOST_LINES = 100


@click.command("import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--market", required=True, metavar="SLUG", help="The market to import into.")
@click.option(
    "--format", "layout", type=click.Choice([*Format]), default=Format.AUTO, help="How the tables are laid out."
)
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option(
    "--report", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Write the problems as CSV."
)
@click.option("--skip-bad-rows", is_flag=True, help="Leave out rows that cannot be stored.")
@as_json
@pass_shell
def command(
    shell: Shell,
    path: Path,
    market: str,
    layout: str,
    report: Path | None,
    *,
    dry_run: bool,
    skip_bad_rows: bool,
    as_json: bool,
) -> None:
    """Import the directory in PATH, a folder, .zip or JSON file. All or nothing, unless --skip-bad-rows."""
    if report and not report.parent.is_dir():
        raise click.BadParameter("there is no such folder", param_hint="--report")
    request = Request(path, market, Format(layout), skip_bad_rows)
    with shell.write() as work:
        found = service.import_directory(work, request, _watch)
        if dry_run or found.refused:
            work.session.rollback()
    if report:
        _write_report(report, found.loaded.problems)
    if as_json:
        print_json(_document(found))
    else:
        _print_summary(found, dry_run=dry_run)
    if found.refused:
        raise _refusal(found)


def _watch(drafts: Iterable[Draft]) -> Iterable[Draft]:
    return progress(drafts, total=len(drafts) if isinstance(drafts, Sized) else None, unit="rows")


def _tallies(found: Report) -> dict[str, dict[str, int]]:
    loaded = found.loaded
    tallies = {name: _ordered(getattr(loaded, name)) for name in _TALLIES}
    if found.refused:
        # Nothing was stored, so nothing was created, and every row was left out.
        tallies |= {"created": {}, "updated": {}, "unchanged": {}, "skipped": tallies["read"]}
    return tallies


def _document(found: Report) -> dict[str, object]:
    problems = found.loaded.problems
    return {
        **_tallies(found),
        "problems": [_shown(problem) for problem in problems],
        "problem_counts": dict(Counter(problem.code for problem in problems)),
    }


def _ordered(tally: Mapping[str, int]) -> dict[str, int]:
    names = [*(name for name in _FIRST if name in tally), *sorted(set(tally) - set(_FIRST))]
    return {name: tally[name] for name in names if tally[name]}


def _shown(problem: Problem) -> dict[str, object]:
    return {
        "file": problem.origin.file,
        "row": problem.origin.row,
        "field": problem.field,
        "code": problem.code,
        "value_shown": False,
        "text": problem.text,
    }


def _print_summary(found: Report, *, dry_run: bool) -> None:
    for name, tally in _tallies(found).items():
        counted = ", ".join(f"{count:,} {table}" for table, count in tally.items()) or "nothing"
        click.echo(f"{name}: {counted}")
    for code, count in Counter(problem.code for problem in found.loaded.problems).most_common():
        click.echo(f"problem {code}: {count:,}")
    if dry_run:
        click.echo("Nothing was changed: this was a dry run.")


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
