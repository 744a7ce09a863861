"""From screening to help in people, as a picture, a table and CSV."""

import csv
import io
from uuid import UUID

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from resource_hub.handoff.queries.figures import DAYS
from resource_hub.handoff.queries.funnel import funnel_of
from resource_hub.inventory.models import Market
from resource_hub.inventory.queries import get_market_of
from resource_hub.inventory.queries.markets import list_markets
from resource_hub.screening.rules.hiding import FEWEST_SHOWN
from resource_hub.web.shared.guards import DIRECTORY, guarded
from resource_hub.web.shared.hub import current_work

blueprint = Blueprint("funnel", __name__, url_prefix="/steward/funnel")


@blueprint.get("")
@guarded(DIRECTORY)
def index() -> ResponseReturnValue:
    """Show the steps of the first market."""
    markets = _markets()
    return _page(markets, markets[0] if markets else None)


@blueprint.get("/<uuid:market_id>")
@guarded(DIRECTORY)
def show(market_id: UUID) -> ResponseReturnValue:
    """Show the steps of a market."""
    work = current_work()
    return _page(_markets(), get_market_of(work.session, work.actor, str(market_id)))


@blueprint.get("/<uuid:market_id>/funnel.csv")
@guarded(DIRECTORY)
def table(market_id: UUID) -> ResponseReturnValue:
    """Give the steps as CSV; a hidden count is empty."""
    work, text = current_work(), io.StringIO()
    market = get_market_of(work.session, work.actor, str(market_id))
    writer = csv.writer(text)
    writer.writerow(["step", "people", "lost_since_step_before"])
    writer.writerows((step.code, step.people, step.lost) for step in funnel_of(work, market.id))
    headers = {"Content-Disposition": f'attachment; filename="funnel-{market.slug}.csv"'}
    return Response(text.getvalue(), mimetype="text/csv", headers=headers)


def _markets() -> list[Market]:
    work = current_work()
    return [market for market in list_markets(work.session) if market.id in work.actor.market_ids]


def _page(markets: list[Market], market: Market | None) -> str:
    return render_template(
        "steward/funnel.html",
        markets=markets,
        market=market,
        steps=funnel_of(current_work(), market.id) if market else None,
        fewest=FEWEST_SHOWN,
        days=DAYS,
    )
