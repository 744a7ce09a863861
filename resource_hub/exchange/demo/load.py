"""Loads the demo markets. What is there already stays as it is."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import chain, count
from typing import Any

from sqlalchemy import insert, select

from resource_hub.accounts.work import Work
from resource_hub.core.db import Base
from resource_hub.core.errors import Refused
from resource_hub.core.ids import derived_id
from resource_hub.exchange.demo.organizations import add_organizations
from resource_hub.exchange.demo.people import add_people
from resource_hub.exchange.demo.recipes import MarketRecipe, Recipes, read_recipes
from resource_hub.exchange.demo.sending import add_sent
from resource_hub.exchange.demo.services import add_services
from resource_hub.exchange.demo.sheet import SOURCE, Sheet, demo_id
from resource_hub.exchange.demo.terms import add_terms
from resource_hub.exchange.demo.users import add_accounts
from resource_hub.inventory import service as inventory
from resource_hub.inventory.models import Market
from resource_hub.inventory.values import NewMarket

Batch = tuple[type[Base], list[dict[str, Any]]]
Watch = Callable[[list[Batch]], Iterable[Batch]]


def has_markets(work: Work) -> bool:
    """Tell whether the installation has any market."""
    return work.session.scalar(select(Market.id).limit(1)) is not None


def load_demo(work: Work, watch: Watch = list) -> list[str]:
    """Load the demo markets that are not there yet, with accounts and people; return the names of the markets.

    Dates are counted back from the work's clock. Refuses when another market has the name of a demo market.
    """
    recipes = read_recipes()
    missing = [recipe for recipe in recipes.markets if not _is_there(work, recipe)]
    for recipe in missing:
        _load(work, recipes, recipe, watch)
    if missing:
        add_accounts(replace(work, new_id=_ids("accounts")))
        add_people(replace(work, new_id=_ids("people")))
        add_sent(replace(work, new_id=_ids("sent")))
    return [recipe.name for recipe in missing]


def _is_there(work: Work, recipe: MarketRecipe) -> bool:
    existing = work.session.scalar(select(Market.id).where(Market.slug == recipe.slug))
    if existing in {None, demo_id(recipe.slug, Market)}:
        return existing is not None
    text = f"There is a market “{recipe.slug}” already that is not the demo's. Load the demo into another database."
    raise Refused(text, code="demo_market_taken")


def _load(work: Work, recipes: Recipes, recipe: MarketRecipe, watch: Watch) -> None:
    sheet = Sheet(recipes, recipe, demo_id(recipe.slug, Market), work.now)
    inventory.add_market(
        replace(work, now=sheet.began, new_id=_ids(recipe.slug, first=sheet.market_id)), _new_market(recipe)
    )
    add_terms(sheet)
    for organizer in add_organizations(sheet):
        add_services(sheet, organizer)
    for table, rows in watch(list(sheet.batches())):
        work.session.execute(insert(table), rows)


def _new_market(recipe: MarketRecipe) -> NewMarket:
    return NewMarket(
        recipe.slug, recipe.name, recipe.state, counties=tuple(recipe.counties), time_zone=recipe.time_zone
    )


def _ids(*names: str, first: str | None = None) -> Callable[[], str]:
    """Return a source of ids that are the same whenever the demo is loaded."""
    rest = (derived_id(SOURCE, *names, str(number)) for number in count(1))
    ids = chain([first] if first else [], rest)
    return lambda: next(ids)
