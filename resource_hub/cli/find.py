"""`resource-hub find`: services for a question in plain words; safety help first."""

from pathlib import Path
from typing import TypedDict, Unpack

import click

from resource_hub.cli.shared import Shell, as_json, facts_of, pass_shell, print_json
from resource_hub.core.codes import FACTS, NEEDS
from resource_hub.core.language import translator
from resource_hub.exchange.finding import found_json
from resource_hub.inventory.queries import get_market
from resource_hub.matching import asking, phrases, policy
from resource_hub.matching.finding import count_if_nothing, find
from resource_hub.matching.values import TravelMode
from resource_hub.matching.values.wording import Found


class _Words(TypedDict):
    near: str | None
    facts: dict[str, list[str]]
    language: str | None
    by: str | None
    max_km: float | None
    at: str | None
    limit: int


@click.command("find")
@click.argument("text")
@click.option("--market", "slug", required=True, metavar="SLUG", help="The market to look in.")
@click.option("--near", metavar="ZIP|LAT,LON", help="Where the person sets out from. Else distance plays no part.")
@click.option(
    "--fact", "facts", multiple=True, metavar="NAME=VALUE", callback=facts_of, help=f"NAME: {', '.join(FACTS)}."
)
@click.option("--language", metavar="TAG", help="The person's language: en, es, …")
@click.option("--by", type=click.Choice([mode.value for mode in TravelMode]), help="How the person travels.")
@click.option("--max-km", type=float, help="How far at most, in a straight line.")
@click.option("--at", metavar="ISO-TIME", help="When; a time without zone is the market's. Now if not given.")
@click.option("--limit", type=int, default=10, show_default=True, help="How many matches at most.")
@click.option("--policy", "policy_file", type=click.Path(path_type=Path), metavar="FILE", help="Other weights.")
@as_json
@pass_shell
def command(
    shell: Shell, /, text: str, slug: str, policy_file: Path | None, *, as_json: bool, **words: Unpack[_Words]
) -> None:
    """Find services for TEXT, a question in plain words, English or Spanish."""
    weights = policy.read(policy_file) if policy_file else policy.current()
    with shell.read() as work:
        market = get_market(work.session, slug)
        query = asking.query_of(asking.Wish(needs=(), **words), market.time_zone, work.now, in_words=True)
        found = find(work.session, market, text, query, weights)
    if not found.ranking.matches:
        with shell.write() as work:
            count_if_nothing(work.session, market, found)
    if as_json:
        print_json(found_json(found, translator("en"), "en"))
    else:
        _print(found)


def _print(found: Found) -> None:
    translate = translator("en")
    for line in found.safety.help if found.safety else ():
        click.echo(f"! {line.name}: {line.phone}. {line.text['en']}")
    needs = ", ".join(translate(NEEDS[need]) for need in found.needs)
    click.echo(f"“{found.corrected}”. Understood as: {needs or 'words to look for'}.")
    for place, match in enumerate(found.ranking.matches, start=1):
        click.echo(f"{place:3} {match.score:6.3f}  {match.listing.name} ({match.listing.organization})")
        click.echo(f"           {phrases.sentence(match.factors[0], translate)} {phrases.summary(match, translate)}")
    if not found.ranking.matches:
        click.echo("Nothing fits. Try other words, or call 211.")
