"""Finding in plain words, for the portal, the desk and the web API. What was typed is never kept."""

from resource_hub.inventory.models import Market
from resource_hub.matching.asking import Wish, query_of
from resource_hub.matching.finding import count_if_nothing, find
from resource_hub.matching.values.wording import Found
from resource_hub.web.shared.hub import current_hub, current_work


def found_for(market: Market, words: str, wish: Wish) -> Found:
    """Rank a market's services for a question in plain words; `wish` says the rest, its needs are not read.

    A search that finds nothing is counted by need, in a transaction of its own, for the request itself only reads.
    """
    work = current_work()
    found = find(work.session, market, words, query_of(wish, market.time_zone, work.now, in_words=True))
    if not found.ranking.matches:
        with current_hub().database.write() as session:
            count_if_nothing(session, market, found)
    return found
