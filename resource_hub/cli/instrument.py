"""`resource-hub instrument`: questionnaires, and what answers to them say."""

import json
from pathlib import Path

import click

from resource_hub.cli.shared import Shell, as_json, pass_shell, print_json
from resource_hub.core.errors import Fault
from resource_hub.exchange.fhir.questionnaire import read_questionnaire
from resource_hub.screening import instruments, queries, service
from resource_hub.screening.errors import BadAnswers
from resource_hub.screening.rules import answering, scoring
from resource_hub.screening.rules.reading import read_instrument
from resource_hub.screening.values import DomainResult, Instrument, text_in

LARGEST_ANSWERS = 1_000_000
_ORIGINS = {"shipped": "comes with the code", "imported": "imported", "scoring-only": "scored by code, no text"}


@click.group("instrument")
def command() -> None:
    """Bring instruments, list them, or score answers."""


@command.command("import")
@click.argument("file", metavar="FILE.json", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--accept-notice", is_flag=True, help="Accept the terms of the instrument's owner, which are shown.")
@as_json
@pass_shell
def import_instrument(shell: Shell, file: Path, *, accept_notice: bool, as_json: bool) -> None:
    """Bring a FHIR R4 Questionnaire; a changed file is a new version."""
    document = service.prepare(read_questionnaire(instruments.read_json(file)))
    with shell.write() as work:
        done = service.import_instrument(work, document, accepted=accept_notice)
    instrument = read_instrument(document)
    if as_json:
        print_json({**_summary(instrument), "version": done.version, "created": done.created})
        return
    if accept_notice and service.notice_of(instrument):
        click.echo(f"terms accepted: {service.notice_of(instrument)}")
    scored = f"scores {', '.join(instrument.domains)}" if instrument.domains else "no scoring is known for it"
    click.echo(f"{done.name} {done.version}: {'imported' if done.created else 'was there already'}; {scored}")


@command.command("list")
@as_json
@pass_shell
def list_instruments(shell: Shell, *, as_json: bool) -> None:
    """List what can be asked, all versions of what was brought, and the panels that are scored by code alone."""
    found = [(instruments.load(name), "shipped") for name in instruments.names()]
    with shell.read() as work:
        found += [(one.instrument, "imported") for one in queries.versions(work.session)]
    found += [(instruments.load(name), "scoring-only") for name in instruments.pack_names()]
    if as_json:
        print_json([{**_summary(instrument), "origin": origin} for instrument, origin in found])
        return
    for instrument, origin in found:
        label = text_in(instrument.label, "en") or _ORIGINS[origin]
        click.echo(f"{instrument.name} {instrument.version}: {text_in(instrument.title, 'en')} ({label})")


@command.command()
@click.argument("instrument_name", metavar="INSTRUMENT")
@click.argument("file", metavar="ANSWERS.json", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_json
@pass_shell
def score(shell: Shell, instrument_name: str, file: Path, *, as_json: bool) -> None:
    """Say what the answers in a file mean, domain by domain, and which needs the person wants help with."""
    instrument = _instrument(shell, instrument_name)
    answers = answering.read_answers(_read(file), instrument)
    results = scoring.score(instrument, answers.given, answers.age)
    needs = scoring.choices(results, answers.wants_help).needs
    if as_json:
        domains = [_domain(found) for found in results]
        print_json({"instrument": instrument.name, "domains": domains, "needs": list(needs)})
        return
    for found in results:
        unverified = ["unverified"] if found.unverified else []
        click.echo(" ".join((found.domain, found.result, *(f"[{item}]" for item in found.because), *unverified)))
    click.echo(f"needs: {', '.join(needs) or 'none'}")


def _instrument(shell: Shell, name: str) -> Instrument:
    """Return what comes with the code without asking the database, so that scoring works before there is one."""
    if name in {*instruments.names(), *instruments.pack_names()}:
        return instruments.load(name)
    with shell.read() as work:
        return queries.load_imported(work.session, name)


def _summary(instrument: Instrument) -> dict[str, object]:
    return {
        "name": instrument.name,
        "version": instrument.version,
        "title": text_in(instrument.title, "en"),
        "label": text_in(instrument.label, "en"),
        "languages": sorted(instrument.title),
        "items": len(instrument.questions),
        "domains": list(instrument.domains),
    }


def _domain(found: DomainResult) -> dict[str, object]:
    shown: dict[str, object] = {
        "domain": found.domain,
        "result": found.result,
        "because": list(found.because),
        "refused": list(found.refused),
    }
    return shown | ({"unverified": list(found.unverified)} if found.unverified else {})


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
