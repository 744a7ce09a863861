"""`resource-hub market`: the regions that an inventory is kept for."""

import click

from resource_hub.cli.shared import Shell, as_json, pass_shell, print_json
from resource_hub.inventory import queries, service
from resource_hub.inventory.models import Market
from resource_hub.inventory.service.care_teams import set_care_team
from resource_hub.inventory.values import NewMarket


@click.group("market")
def command() -> None:
    """List and add markets, and say who their care team is."""


@command.command("list")
@as_json
@pass_shell
def list_(shell: Shell, *, as_json: bool) -> None:
    """List the markets with their area, time zone and number of services."""
    with shell.read() as work:
        counts = queries.count_services(work.session)
        markets = [_described(market, counts.get(market.id, 0)) for market in queries.list_markets(work.session)]
    if as_json:
        print_json(markets)
        return
    for market in markets:
        click.echo("{slug}\t{name}\t{state}\t{time_zone}\t{services} services".format_map(market))


@command.command()
@click.argument("slug")
@click.option("--name", required=True, help="The name that people read.")
@click.option("--state", required=True, metavar="XX", help="The two letters of its state.")
@click.option("--county", "counties", multiple=True, metavar="NAME", help="A county of the market; may be repeated.")
@click.option("--postal-code", "postal_codes", multiple=True, metavar="ZIP", help="A ZIP Code; may be repeated.")
@click.option("--time-zone", metavar="TZ", help="IANA name; without it the zone of the state.")
@pass_shell
def add(
    shell: Shell,
    slug: str,
    name: str,
    state: str,
    counties: tuple[str, ...],
    postal_codes: tuple[str, ...],
    time_zone: str | None,
) -> None:
    """Add a market; without counties and ZIP Codes it is the whole state."""
    with shell.write() as work:
        service.add_market(work, NewMarket(slug, name, state.upper(), counties, postal_codes, time_zone))
    click.echo(f"Added {slug}. Fill it with: resource-hub import PATH --market {slug}", err=True)


@command.command("care-team")
@click.argument("slug")
@click.argument("organization_id", metavar="ORGANIZATION")
@pass_shell
def care_team(shell: Shell, slug: str, organization_id: str) -> None:
    """Let an organization of a market stand for its care team: partners send people to its services."""
    with shell.write() as work:
        organization = set_care_team(work, slug, organization_id)
        click.echo(f"Partners of {slug} now send people to {organization.name}.", err=True)


def _described(market: Market, services: int) -> dict[str, object]:
    return {
        "slug": market.slug,
        "name": market.name,
        "state": market.state,
        "time_zone": market.time_zone,
        "counties": [area.value for area in market.areas if area.kind == "county"],
        "postal_codes": [area.value for area in market.areas if area.kind == "postal_code"],
        "services": services,
    }
