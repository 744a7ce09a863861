"""What came of the handoffs of a market."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from resource_hub.handoff.queries.figures import market_figures
from resource_hub.handoff.rules.figures import FEWEST_SHOWN
from resource_hub.inventory.models import Market
from resource_hub.inventory.queries import get_market_of
from resource_hub.inventory.queries.markets import list_markets
from resource_hub.matching.policy import current
from resource_hub.matching.queries.track_record import track_records
from resource_hub.web.shared.guards import DIRECTORY, guarded
from resource_hub.web.shared.hub import current_work

blueprint = Blueprint("figures", __name__, url_prefix="/steward/figures")


@blueprint.get("")
@guarded(DIRECTORY)
def index() -> ResponseReturnValue:
    """Show the figures of the first market."""
    markets = _markets()
    return _page(markets, markets[0] if markets else None)


@blueprint.get("/<uuid:market_id>")
@guarded(DIRECTORY)
def show(market_id: UUID) -> ResponseReturnValue:
    """Show the figures of a market."""
    work = current_work()
    return _page(_markets(), get_market_of(work.session, work.actor, str(market_id)))


def _markets() -> list[Market]:
    work = current_work()
    return [market for market in list_markets(work.session) if market.id in work.actor.market_ids]


def _page(markets: list[Market], market: Market | None) -> str:
    work = current_work()
    return render_template(
        "steward/figures.html",
        markets=markets,
        market=market,
        found=market_figures(work, market) if market else None,
        learnt=track_records(work.session, market.id, work.now, current()) if market else [],
        fewest=FEWEST_SHOWN,
    )
