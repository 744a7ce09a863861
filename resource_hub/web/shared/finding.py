"""Finding in plain words, for the portal, the desk and the web API. What was typed is never kept."""

import logging

from flask import Response, after_this_request
from sqlalchemy.exc import OperationalError

from resource_hub.inventory.models import Market
from resource_hub.matching.asking import Wish, query_of
from resource_hub.matching.finding import count_if_nothing, find
from resource_hub.matching.values.wording import Found
from resource_hub.web.shared.hub import current_hub, current_work

_log = logging.getLogger(__name__)


def found_for(market: Market, words: str, wish: Wish) -> Found:
    """Rank a market's services for a question in plain words; `wish` says the rest, its needs are not read.

    A search that finds nothing is counted by need once it is answered, for the request itself only reads.
    """
    work = current_work()
    query = query_of(wish, market.time_zone, work.now, in_words=True)
    found = find(work.session, market, words, query, router=current_hub().router)
    if not found.ranking.matches:
        after_this_request(lambda response: _counted(response, market, found))
    return found


def _counted(response: Response, market: Market, found: Found) -> Response:
    try:
        with current_hub().database.write() as session:
            count_if_nothing(session, market, found)
    except OperationalError:
        # Whoever searched has their answer, busy or not; a search that is not counted harms nobody.
        _log.warning("a search that found nothing was not counted")
    return response
