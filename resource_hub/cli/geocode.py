"""`resource-hub geocode`: points for the addresses of a market."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import click

from resource_hub.cli.shared import Shell, as_json, pass_shell, print_json, progress
from resource_hub.exchange.geocoding import service
from resource_hub.exchange.geocoding.asking import Ask, geocoder_of
from resource_hub.exchange.geocoding.values import Answer, Summary, Wanted
from resource_hub.inventory.queries import get_market

BATCH = 20


@click.command("geocode")
@click.option("--market", "slug", required=True, metavar="SLUG", help="The market whose locations are looked up.")
@as_json
@pass_shell
def command(shell: Shell, slug: str, *, as_json: bool) -> None:
    """Look up locations that have no coordinates; without a geocoder they get the centre of their ZIP Code.

    It can be stopped at any time: what was found is kept, and the next run goes on from there.
    """
    ask = geocoder_of(shell.settings)
    with shell.read() as work:
        wanted = service.wanted(work, get_market(work.session, slug))
    summary = Summary()
    for batch in _batches(progress(wanted, total=len(wanted), unit="locations")):
        _look_up(shell, slug, batch, ask, summary)
    _print(len(wanted), summary, as_json=as_json)


def _batches(wanted: Iterable[Wanted]) -> Iterator[tuple[Wanted, ...]]:
    rest = iter(wanted)
    while batch := tuple(islice(rest, BATCH)):
        yield batch


def _look_up(shell: Shell, slug: str, batch: Sequence[Wanted], ask: Ask | None, summary: Summary) -> None:
    """Ask without holding the database, then write what was answered, also when the geocoder falls silent."""
    name = shell.settings.geocoder
    given: list[Answer] = []
    try:
        with shell.read() as work:
            # What came before an error stays in the list.
            given.extend(service.answers(work, batch, name, ask))
    finally:
        with shell.write() as work:
            service.store(work, get_market(work.session, slug), name, given, summary)


def _print(wanted: int, summary: Summary, *, as_json: bool) -> None:
    counts = {name: summary.counts[name] for name in ("found", "approximate", "without")}
    if as_json:
        refused = [{"location_id": one.location_id, "code": one.code, "text": one.text} for one in summary.refused]
        print_json({"wanted": wanted, **counts, "refused": refused})
        return
    for one in summary.refused:
        click.echo(f"{one.location_id}: {one.text}")
    click.echo(
        f"{wanted:,} locations without coordinates: {counts['found']:,} found, {counts['approximate']:,} at the centre "
        f"of their ZIP Code (approximate), {counts['without']:,} without; {len(summary.refused):,} answers refused."
    )
