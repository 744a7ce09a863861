"""`POST /api/v1/match`: the ranking, as `resource-hub match --json` answers it. Nothing about the person is kept."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from resource_hub.exchange.ranking import ranking_json
from resource_hub.inventory.queries import get_market
from resource_hub.matching.asking import query_of
from resource_hub.matching.service import match
from resource_hub.web.api.wishes import sent, slug_of, wish_of
from resource_hub.web.shared.guards import PUBLIC, guarded
from resource_hub.web.shared.hub import current_hub, current_work
from resource_hub.web.shared.language import current_translate

blueprint = Blueprint("api_match", __name__, url_prefix="/api/v1")


@blueprint.post("/match")
@guarded(PUBLIC, writes=False)
def rank() -> ResponseReturnValue:
    """Rank a market's services for needs."""
    body, work = sent(), current_work()
    market = get_market(work.session, slug_of(body))
    wish = wish_of(body)
    ranking = match(work.session, market, query_of(wish, market.time_zone, work.now), router=current_hub().router)
    return jsonify(ranking_json(ranking, current_translate(), show_excluded=wish.show_excluded))
