"""`resource-hub lint`: what is wrong with a feed of HSDS."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from resource_hub.cli.output import as_json, print_json
from resource_hub.exchange.hsds.lint.laws.api import MOST_REQUESTS
from resource_hub.exchange.hsds.lint.laws.http import Http, base_of
from resource_hub.exchange.hsds.lint.report import Kind, Report
from resource_hub.exchange.hsds.lint.service import lint_api, lint_path
from resource_hub.exchange.hsds.lint.values import Finding, Profile, Severity

FIRST = 3
MOST_KINDS = 200


@click.command("lint")
@click.argument("target", metavar="PATH_OR_URL")
@click.option(
    "--profile", type=click.Choice([*Profile]), default=Profile.AUTO, help="The profile that the feed follows."
)
@click.option(
    "--max-requests",
    type=click.IntRange(1, 1000),
    default=MOST_REQUESTS,
    show_default=True,
    metavar="N",
    help="How often an API is asked at most.",
)
@as_json
def command(target: str, profile: str, max_requests: int, *, as_json: bool) -> None:
    """Check the HSDS feed at PATH_OR_URL: a folder, .zip, CSV or JSON file, or the base address of an API.

    Exit status 1 where the standard is broken; warnings and hints leave it 0. Needs no database and no settings.
    """
    today = datetime.now(UTC).date()
    if "://" in target:
        base = base_of(target)
        if base is None:
            raise click.BadParameter("name an address of http or https, without a password", param_hint="PATH_OR_URL")
        report = lint_api(Http(base), Profile(profile), today, max_requests)
    else:
        if not os.path.lexists(target):
            raise click.BadParameter(f"there is no file or folder {target}", param_hint="PATH_OR_URL")
        report = lint_path(Path(target), Profile(profile), today)
    if as_json:
        print_json(_document(report))
    else:
        _print(report)
    errors = report.total(Severity.ERROR)
    if errors:
        click.echo(f"{_counted(errors, Severity.ERROR)}: the feed breaks the standard.", err=True)
        sys.exit(1)


def _document(report: Report) -> dict[str, object]:
    kinds = list(report.kinds())
    findings = [finding for _, _, kept in kinds for finding in kept]
    rules: dict[str, int] = {}
    for kind, count, _ in kinds:
        rules[kind.code] = rules.get(kind.code, 0) + count
    return {
        "kind": report.kind,
        "profile": report.profile,
        "read": dict(report.read),
        "requests": report.requests,
        "counts": {severity.value: report.total(severity) for severity in Severity},
        "rules": rules,
        "findings": [_shown(finding) for finding in findings],
        "left_out": sum(rules.values()) - len(findings),
    }


def _shown(finding: Finding) -> dict[str, str]:
    return {
        "severity": finding.severity,
        "code": finding.code,
        "file": finding.file,
        "where": finding.where,
        "field": finding.field,
        "text": finding.text,
    }


def _print(report: Report) -> None:
    kinds = list(report.kinds())
    for kind, count, kept in kinds[:MOST_KINDS]:
        _print_kind(kind, count, kept)
    if len(kinds) > MOST_KINDS:
        click.echo(f"… and {len(kinds) - MOST_KINDS:,} more kinds of findings")
    read = ", ".join(f"{count:,} {name}" for name, count in report.read.items()) or "nothing"
    asked = f" in {report.requests} requests" if report.requests else ""
    click.echo(f"read{asked}: {read} (profile: {report.profile})")
    click.echo(f"found: {', '.join(_counted(report.total(severity), severity) for severity in Severity)}")


def _counted(count: int, severity: Severity) -> str:
    return f"{count:,} {severity}{'' if count == 1 else 's'}"


def _print_kind(kind: Kind, count: int, kept: list[Finding]) -> None:
    place = ", ".join(part for part in (kind.file, kind.field) if part)
    click.echo(f"{kind.severity} {kind.code}  {place}" + (f"  ({count:,} times)" if count > 1 else ""))
    texts: dict[str, list[str]] = {}
    for finding in kept[:FIRST]:
        texts.setdefault(finding.text, []).append(finding.where)
    for text, places in texts.items():
        where = ", ".join(place for place in places if place)
        click.echo(f"  {where}: {text}" if where else f"  {text}")
    if count > FIRST:
        click.echo(f"  … and {count - FIRST:,} more")
