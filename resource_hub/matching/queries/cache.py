"""The columns of a market, kept in the process until the market's revision grows."""

import numpy as np
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from resource_hub.inventory.models import Market
from resource_hub.inventory.queries.kept import Kept
from resource_hub.matching.queries.conditions import areas_of, eligibility_of
from resource_hub.matching.queries.hours import hours_of
from resource_hub.matching.queries.knowledge import documents_of, languages_of, reported_of, verified_of, weights_of
from resource_hub.matching.queries.places import coordinates, listings, modes, places_of
from resource_hub.matching.rules.cells import by_cell
from resource_hub.matching.rules.profiles import shared
from resource_hub.matching.values import Columns, Profiles
from resource_hub.matching.values.listings import key_of

_kept: Kept[Columns] = Kept()


def columns_of(session: Session, market: Market) -> Columns:
    """Return a market's columns, from the process where its revision is the same."""
    return _kept.get(session, market, lambda: load(session, market))


def keep(bind: Engine, market: Market, columns: Columns) -> None:
    """Keep a market's columns as they are committed."""
    _kept.put(bind, market, columns)


def load(session: Session, market: Market) -> Columns:
    """Read a market's inventory; the rows stand by cell."""
    places = places_of(session, market.id)
    latitude, longitude, approximate = coordinates(session, market.id, places)
    verified, verified_on = verified_of(session, market.id, places)
    return by_cell(
        shared(
            Columns(
                zone=market.time_zone,
                state=market.state,
                listings=listings(places),
                of=Profiles.own(len(places)),
                keys=np.array([key_of(place.id) for place in places], dtype=np.uint64),
                active=np.array([place.status == "active" for place in places], dtype=np.bool_),
                weights=weights_of(session, market.id, places),
                latitude=latitude,
                longitude=longitude,
                approximate=approximate,
                confidential=np.array([bool(place.confidential) for place in places], dtype=np.bool_),
                modes=modes(places),
                areas=areas_of(session, market.id, places),
                eligibility=eligibility_of(session, market.id, places),
                hours=hours_of(session, market.id, places),
                verified=verified,
                verified_on=verified_on,
                reported=reported_of(session, market.id, places),
                languages=languages_of(session, market.id, places),
                documents=documents_of(session, market.id, places),
            )
        )
    )
