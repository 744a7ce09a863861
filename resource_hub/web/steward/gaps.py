"""Where needs have no answer: a picture of needs × areas, and the table that it is drawn from."""

from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from resource_hub.handoff.queries.gaps import gaps_of
from resource_hub.handoff.rules.gaps import FEWEST_SHOWN
from resource_hub.inventory.models import Market
from resource_hub.inventory.queries import get_market_of
from resource_hub.inventory.queries.markets import list_markets
from resource_hub.web.shared.guards import DIRECTORY, guarded
from resource_hub.web.shared.hub import current_work

blueprint = Blueprint("gaps", __name__, url_prefix="/steward/gaps")

# A word and a sign for each kind of cell, so that colour is never alone.
SIGNS = {"hole": "✕", "full": "◑", "one": "△", "some": ""}


@blueprint.get("")
@guarded(DIRECTORY)
def index() -> ResponseReturnValue:
    """Show the gaps of the first market."""
    work = current_work()
    markets = _markets()
    return _page(markets, markets[0] if markets else None) if work.actor.market_ids else _page(markets, None)


@blueprint.get("/<uuid:market_id>")
@guarded(DIRECTORY)
def show(market_id: UUID) -> ResponseReturnValue:
    """Show the gaps of a market."""
    work = current_work()
    return _page(_markets(), get_market_of(work.session, work.actor, str(market_id)))


def _markets() -> list[Market]:
    work = current_work()
    return [market for market in list_markets(work.session) if market.id in work.actor.market_ids]


def _page(markets: list[Market], market: Market | None) -> str:
    table = gaps_of(current_work(), market) if market else None
    holes_only = "holes" in request.args
    return render_template(
        "steward/gaps.html",
        markets=markets,
        market=market,
        table=table,
        rows=[row for row in table.rows if row.holes or not holes_only] if table else [],
        holes_only=holes_only,
        signs=SIGNS,
        fewest=FEWEST_SHOWN,
    )
