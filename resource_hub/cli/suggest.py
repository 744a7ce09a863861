"""`resource-hub suggest`: what a steward may want to approve."""

import click

from resource_hub.cli.shared import Shell, as_json, pass_shell, print_json
from resource_hub.inventory.queries import get_market
from resource_hub.matching.suggesting.service import store, suggest_needs

_SHOWN = 50


@click.group("suggest")
def command() -> None:
    """Suggest what a steward may want to approve."""


@command.command("needs")
@click.option("--market", "slug", required=True, metavar="SLUG", help="The market to look through.")
@as_json
@pass_shell
def needs(shell: Shell, slug: str, *, as_json: bool) -> None:
    """Suggest needs for services that have none, learnt from those that have. Approve them on the steward's page."""
    with shell.read() as work:
        market = get_market(work.session, slug)
        found = suggest_needs(work, market)
    with shell.write() as work:
        stored = store(work, get_market(work.session, slug), found)
    if as_json:
        print_json(
            [
                {
                    "service_id": one.service_id,
                    "need": one.need,
                    "probability": one.probability,
                    "because": list(one.because),
                }
                for one in found
            ]
        )
        return
    for one in found[:_SHOWN]:
        click.echo(f"{one.probability:.2f}  {one.need}  {one.service_id}  {', '.join(one.because)}")
    click.echo(f"{stored:,} suggestions wait for a steward.", err=True)
