"""Loads the demo markets. What is there already stays as it is."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import count
from typing import Any

from sqlalchemy import insert, select

from resource_hub.accounts.work import Work
from resource_hub.core.db import Base
from resource_hub.core.errors import Refused
from resource_hub.core.ids import derived_id
from resource_hub.exchange.demo.organizations import add_organizations
from resource_hub.exchange.demo.recipes import MarketRecipe, Recipes, read_recipes
from resource_hub.exchange.demo.services import add_services
from resource_hub.exchange.demo.sheet import SOURCE, Sheet
from resource_hub.inventory import service as inventory
from resource_hub.inventory.models import Market
from resource_hub.inventory.values import NewMarket

Batch = tuple[type[Base], list[dict[str, Any]]]
Watch = Callable[[list[Batch]], Iterable[Batch]]


def has_markets(work: Work) -> bool:
    """Tell whether the installation has any market."""
    return work.session.scalar(select(Market.id).limit(1)) is not None


def load_demo(work: Work, watch: Watch = list) -> list[str]:
    """Load the demo markets that are not there yet, and return their names.

    Dates are counted back from the work's clock. Refuses when another market has the name of a demo market.
    """
    recipes = read_recipes()
    return [market.name for market in recipes.markets if _load(work, recipes, market, watch)]


def _load(work: Work, recipes: Recipes, recipe: MarketRecipe, watch: Watch) -> bool:
    numbers = count()
    work = replace(work, new_id=lambda: derived_id(SOURCE, recipe.slug, str(next(numbers))))
    existing = work.session.scalar(select(Market.id).where(Market.slug == recipe.slug))
    if existing == derived_id(SOURCE, recipe.slug, "0"):
        return False
    if existing:
        text = f"There is a market “{recipe.slug}” already that is not the demo's. Load the demo into another database."
        raise Refused(text, code="demo_market_taken")
    market = inventory.add_market(work, _new_market(recipe))
    for table, rows in watch(list(_sheet(work, recipes, recipe, market).batches())):
        work.session.execute(insert(table), rows)
    return True


def _new_market(recipe: MarketRecipe) -> NewMarket:
    return NewMarket(
        recipe.slug, recipe.name, recipe.state, counties=tuple(recipe.counties), time_zone=recipe.time_zone
    )


def _sheet(work: Work, recipes: Recipes, recipe: MarketRecipe, market: Market) -> Sheet:
    sheet = Sheet(recipes, recipe, market.id, work.now)
    for organizer in add_organizations(sheet):
        add_services(sheet, organizer)
    return sheet
