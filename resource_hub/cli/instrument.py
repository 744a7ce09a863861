"""`resource-hub instrument`: questionnaires, and what answers to them say."""

import json
from pathlib import Path

import click

from resource_hub.cli.shared import as_json, print_json
from resource_hub.core.errors import Fault
from resource_hub.screening import instruments
from resource_hub.screening.errors import BadAnswers
from resource_hub.screening.rules import answering, scoring
from resource_hub.screening.values import DomainResult, Instrument, text_in

LARGEST_ANSWERS = 1_000_000


@click.group("instrument")
def command() -> None:
    """List instruments, or score answers to one."""


@command.command("list")
@as_json
def list_instruments(*, as_json: bool) -> None:
    """List the instruments there are."""
    found = [instruments.load(name) for name in instruments.names()]
    if as_json:
        print_json([_summary(instrument) for instrument in found])
        return
    for instrument in found:
        summary = _summary(instrument)
        click.echo(f"{summary['name']} {summary['version']}: {summary['title']} ({summary['label']})")


@command.command()
@click.argument("instrument_name", metavar="INSTRUMENT")
@click.argument("file", metavar="ANSWERS.json", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_json
def score(instrument_name: str, file: Path, *, as_json: bool) -> None:
    """Say what the answers in a file mean, domain by domain, and which needs the person wants help with."""
    instrument = instruments.load(instrument_name)
    answers = answering.read_answers(_read(file), instrument)
    results = scoring.score(instrument, answers.given)
    needs = scoring.choices(results, answers.wants_help).needs
    if as_json:
        domains = [_domain(found) for found in results]
        print_json({"instrument": instrument.name, "domains": domains, "needs": list(needs)})
        return
    for found in results:
        click.echo(" ".join((found.domain, found.result, *(f"[{item}]" for item in found.because))))
    click.echo(f"needs: {', '.join(needs) or 'none'}")


def _summary(instrument: Instrument) -> dict[str, object]:
    return {
        "name": instrument.name,
        "version": instrument.version,
        "title": text_in(instrument.title, "en"),
        "label": text_in(instrument.label, "en"),
        "languages": sorted(instrument.title),
        "items": len(instrument.items),
        "domains": list(instrument.domains),
    }


def _domain(found: DomainResult) -> dict[str, object]:
    return {
        "domain": found.domain,
        "result": found.result,
        "because": list(found.because),
        "refused": list(found.refused),
    }


def _read(file: Path) -> object:
    try:
        if file.stat().st_size > LARGEST_ANSWERS:
            raise _bad(file, f"Use a file of at most {LARGEST_ANSWERS} bytes.")
        found: object = json.loads(file.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _bad(file, "Write JSON in UTF-8.") from error
    except OSError as error:
        raise _bad(file, "The file cannot be read.") from error
    return found


def _bad(file: Path, words: str) -> BadAnswers:
    return BadAnswers(words, faults=(Fault(str(file), "unreadable", words),))
