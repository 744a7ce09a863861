"""`POST /api/v1/find`: services for a question in plain words, as `resource-hub find --json` answers it.

Nothing about the person is kept. Where nothing was found the need is counted, never the words.
"""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from resource_hub.exchange.finding import found_json
from resource_hub.inventory.queries import get_market
from resource_hub.web.api.wishes import anything, missing, sent, slug_of, wish_of
from resource_hub.web.shared.finding import found_for
from resource_hub.web.shared.guards import PUBLIC, guarded
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.language import current_language, current_translate

blueprint = Blueprint("api_find", __name__, url_prefix="/api/v1")


@blueprint.post("/find")
@guarded(PUBLIC, writes=False)
def search() -> ResponseReturnValue:
    """Rank a market's services for a question in plain words."""
    body = sent()
    market = get_market(current_work().session, slug_of(body))
    words = anything(body, "query") or missing("query")
    found = found_for(market, words, wish_of(body))
    return jsonify(found_json(found, current_translate(), current_language()))
