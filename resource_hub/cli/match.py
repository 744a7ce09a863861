"""`resource-hub match`: the ranked list for needs, from a place, at a time."""

from pathlib import Path
from typing import TypedDict, Unpack

import click

from resource_hub.cli.shared import Shell, as_json, facts_of, pass_shell, print_json
from resource_hub.core.codes import FACTS, NEEDS
from resource_hub.core.language import translator
from resource_hub.exchange.ranking import changes_json, ranking_json
from resource_hub.inventory.queries import get_market
from resource_hub.matching import asking, phrases, policy
from resource_hub.matching.service import compare, match
from resource_hub.matching.values import Match, Ranking, TravelMode
from resource_hub.matching.values.comparing import Change


class _Words(TypedDict):
    needs: tuple[str, ...]
    near: str
    facts: dict[str, list[str]]
    language: str | None
    by: str | None
    max_km: float | None
    at: str | None
    needed_by: str | None
    limit: int
    show_excluded: bool
    prices: bool


@click.command("match")
@click.option("--market", "slug", required=True, metavar="SLUG", help="The market to look in.")
@click.option("--near", required=True, metavar="ZIP|LAT,LON", help="Where the person sets out from.")
@click.option("--need", "needs", required=True, multiple=True, metavar="CODE", help=f"One of: {', '.join(NEEDS)}.")
@click.option(
    "--fact", "facts", multiple=True, metavar="NAME=VALUE", callback=facts_of, help=f"NAME: {', '.join(FACTS)}."
)
@click.option("--language", metavar="TAG", help="The person's language: en, es, …")
@click.option("--by", type=click.Choice([mode.value for mode in TravelMode]), help="How the person travels.")
@click.option("--max-km", type=float, help="How far at most, in a straight line.")
@click.option("--at", metavar="ISO-TIME", help="When; a time without zone is the market's. Now if not given.")
@click.option("--needed-by", metavar="ISO-TIME", help="When help is needed, where that is later than --at.")
@click.option("--limit", type=int, default=10, show_default=True, help="How many matches at most.")
@click.option("--policy", "policy_file", type=click.Path(path_type=Path), metavar="FILE", help="Other weights.")
@click.option("--no-prices", "prices", flag_value=False, default=True, help="Do not keep scarce places for others.")
@click.option("--show-excluded", is_flag=True, help="List what was left out, and why.")
@as_json
@pass_shell
def command(shell: Shell, /, slug: str, policy_file: Path | None, *, as_json: bool, **words: Unpack[_Words]) -> None:
    """Rank the services of a market for a person's needs, with the reasons."""
    weights = policy.read(policy_file) if policy_file else policy.current()
    with shell.read() as work:
        market = get_market(work.session, slug)
        query = asking.query_of(asking.Wish(**words), market.time_zone, work.now)
        ranking = match(work.session, market, query, weights, router=shell.router)
        changes = compare(work.session, market, query, policy.current(), weights) if policy_file else None
    if as_json:
        document = ranking_json(ranking, translator("en"), show_excluded=query.show_excluded)
        if changes is not None:
            document["compared_with"] = changes_json(policy.CURRENT, changes, translator("en"))
        print_json(document)
    else:
        _print_table(ranking)
        if changes is not None:
            _print_changes(changes)


def _print_table(ranking: Ranking) -> None:
    translate = translator("en")
    for place, found in enumerate(ranking.matches, start=1):
        click.echo(_row(place, found))
        click.echo(f"           {phrases.summary(found, translate)}")
        for question in found.questions:
            click.echo(f"           ? {phrases.question(question, translate)}")
    for basket in ranking.baskets:
        click.echo(f"Together {basket.value:6.3f}  {phrases.basket(basket, translate)}")
    if not ranking.matches:
        click.echo("Nothing fits. Try another need, a larger --max-km, or --show-excluded to see what was left out.")
    left_out = ", ".join(
        f"{count} {code.replace('_', ' ')}" for code, count in ranking.excluded_counts.items() if count
    )
    shown = f"{len(ranking.matches)} of {ranking.remaining} that fit, {ranking.considered} considered"
    click.echo(f"\n{shown}. Not shown: {left_out or 'none'}. Policy {ranking.policy}.")
    for excluded in ranking.exclusions:
        click.echo(
            f"  {excluded.listing.name} ({excluded.listing.organization}): {phrases.exclusion(excluded, translate)}"
        )


def _print_changes(changes: tuple[Change, ...]) -> None:
    click.echo(f"\nCompared with policy {policy.CURRENT}: {'' if changes else 'the list is the same.'}")
    for change in changes:
        click.echo(f"  {change.listing.name}: {phrases.change(change, translator('en'))}")


def _row(place: int, found: Match) -> str:
    travel = found.travel
    way = f"{travel.distance_km:6.1f} km" if travel.distance_km is not None else " " * 9
    return f"{place:3} {found.score:6.3f} {way}  {found.listing.name} ({found.listing.organization})"
