"""Learning the prices of scarce places from a market's own last weeks. The worker calls it; it loads a solver."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
from sqlalchemy import CursorResult, exists, select, update

from resource_hub.accounts.work import Work
from resource_hub.capacity.models import Room
from resource_hub.core.clock import local_date
from resource_hub.core.db import insert_new
from resource_hub.core.geography import find_postal_code
from resource_hub.handoff.models import Referral
from resource_hub.handoff.values.words import Status
from resource_hub.inventory.models import Market
from resource_hub.matching.models import PlacePrice
from resource_hub.matching.policy import current
from resource_hub.matching.pricing import prices
from resource_hub.matching.queries import acceptance_of, columns_of, rooms_of
from resource_hub.matching.rules.assess import assess
from resource_hub.matching.values import Columns, Floats, Ints, Query, Rooms
from resource_hub.matching.values.allocation import Cases
from resource_hub.matching.values.pricing import Learnt
from resource_hub.people import queries as people
from resource_hub.people.rules.sharing import facts_for_matching

EVERY = timedelta(hours=1)
# Enough to know a market's weeks by; a busier one is priced by its newest requests.
MOST_CASES = 500
# Less than this is nothing that anybody would notice.
_SLACK = 0.005
_READ = frozenset({"birth", "postal_code", "language", "facts"})
_NOT_ASKED = frozenset({Status.DRAFT, Status.ENTERED_IN_ERROR})


def markets_due(work: Work) -> list[Market]:
    """Return the markets that count places, or have prices, and were not priced in the last hour."""
    counted = exists().where(Room.market_id == Market.id, Room.free.is_not(None))
    priced = exists().where(PlacePrice.market_id == Market.id, PlacePrice.price > 0)
    fresh = exists().where(PlacePrice.market_id == Market.id, PlacePrice.computed_at > work.now - EVERY)
    return list(work.session.scalars(select(Market).where(counted | priced, ~fresh).order_by(Market.id)))


def learn_prices(work: Work, market: Market) -> Learnt:
    """Return the price of each place whose room is counted; zero where there is slack. Nothing is written.

    The cases are the requests of the last weeks, each worth what the ranking says without prices, beyond what the best
    place without count would be worth to it. Too few of them say nothing: then every price is zero.
    """
    policy = current().price
    columns = columns_of(work.session, market)
    rooms = rooms_of(work.session, market.id, columns)
    counted = np.flatnonzero(~np.isnan(rooms.free))
    places = [columns.listings[int(row)].service_at_location_id for row in counted]
    requests = _requests(work, market.id) if places else []
    if len(requests) < policy.least_cases:
        return Learnt(market.id, dict.fromkeys(places, 0.0), len(requests))
    wanted = [_query(work, market, *request) for request in requests[:MOST_CASES]]
    worth = np.array([_gain(work, market.id, (columns, rooms), query, counted) for query in wanted])
    expected = np.full(len(worth), len(requests) / len(worth) * policy.ahead_weeks / policy.history_weeks)
    found = prices(Cases(worth, np.ones(len(worth))), expected, rooms.free[counted])
    found = np.where(found < _SLACK, 0.0, found)
    return Learnt(market.id, dict(zip(places, found.tolist(), strict=True)), len(requests))


def store_prices(work: Work, learnt: Learnt) -> bool:
    """Write down prices; False, and nothing written, where somebody else did so within the last hour.

    A price that was set by hand stays in force. A place that is counted no more has no price.
    """
    # The first prices of a market leave no row to claim: whoever comes at the same time waits here.
    work.session.execute(select(Market.id).where(Market.id == learnt.market_id).with_for_update(key_share=True))
    mine = PlacePrice.market_id == learnt.market_id
    if work.session.scalar(select(exists().where(mine))) and not _claimed(work, learnt.market_id):
        return False
    nothing = update(PlacePrice).where(mine, PlacePrice.service_at_location_id.not_in(learnt.prices)).values(price=0.0)
    work.session.execute(nothing.execution_options(synchronize_session=False))
    for place, price in sorted(learnt.prices.items()):
        row = {"service_at_location_id": place, "market_id": learnt.market_id, "price": price, "computed_at": work.now}
        if not insert_new(work.session, PlacePrice, row):
            change = update(PlacePrice).where(PlacePrice.service_at_location_id == place).values(price=price)
            work.session.execute(change.execution_options(synchronize_session=False))
    return True


def _claimed(work: Work, market_id: str) -> bool:
    """Mark the market's prices as of now; of several that try at once, one does."""
    old = (PlacePrice.market_id == market_id, PlacePrice.computed_at <= work.now - EVERY)
    done = work.session.execute(
        update(PlacePrice).where(*old).values(computed_at=work.now).execution_options(synchronize_session=False)
    )
    return isinstance(done, CursorResult) and done.rowcount > 0


def _requests(work: Work, market_id: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return who asked for what in the last weeks, newest first; asking again for the same counts once."""
    query = select(Referral.person_id, Referral.needs).where(
        Referral.market_id == market_id,
        Referral.requested_at > work.now - timedelta(weeks=current().price.history_weeks),
        Referral.status.not_in(_NOT_ASKED),
    )
    rows = work.session.execute(query.order_by(Referral.requested_at.desc(), Referral.id))
    return list(dict.fromkeys((person_id, tuple(sorted(needs))) for person_id, needs in rows))


def _query(work: Work, market: Market, person_id: str, needs: tuple[str, ...]) -> Query:
    person = people.open_person(work.vault, people.get_record(work, person_id), _READ)
    home = find_postal_code(person.postal_code) if person.postal_code else None
    return Query(
        needs=needs,
        at=work.now,
        facts=facts_for_matching(person, local_date(work.now, market.time_zone)),
        origin=home.point if home else None,
        home=home,
        language=person.language or None,
    )


def _gain(work: Work, market_id: str, place: tuple[Columns, Rooms], query: Query, counted: Ints) -> Floats:
    """Return what each counted place is worth to a case beyond its best place without count, as if it had room."""
    columns, rooms = place
    rooms = replace(rooms, free=np.maximum(rooms.free, 1))
    acceptance = acceptance_of(work.session, market_id, columns, query.needs, query.at, current())
    judged = assess(columns, rooms, query, current(), acceptance=acceptance)
    worth = np.where(judged.passed, judged.score, 0.0)
    return np.asarray(worth[counted] - np.delete(worth, counted).max(initial=0.0), dtype=np.float64)
