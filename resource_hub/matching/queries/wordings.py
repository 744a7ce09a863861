"""The index of a market's words, and where the rows of the ranking stand in it."""

from collections.abc import Sequence

import numpy as np
from sqlalchemy.orm import Session

from resource_hub.inventory.models import Market
from resource_hub.inventory.queries.kept import Kept
from resource_hub.matching.queries.texts import texts_of
from resource_hub.matching.rules.wording.building import build
from resource_hub.matching.values import Listing
from resource_hub.matching.values.columns import Ints
from resource_hub.matching.values.wording import Lexicon, Wording

_wordings: Kept[Wording] = Kept()
_places: dict[str, tuple[Wording, Sequence[Listing], Ints]] = {}


def wording_of(session: Session, market: Market, lexicon: Lexicon) -> Wording:
    """Return what the services of a market are found by, from the process where its revision is the same."""
    return _wordings.get(session, market, lambda: build(lexicon, texts_of(session, market.id)))


def places_in(wording: Wording, market: Market, listings: Sequence[Listing]) -> Ints:
    """Return the place of each listing's service in the index; its size stands for one that is not there."""
    kept = _places.get(market.id)
    if kept and kept[0] is wording and kept[1] is listings:
        return kept[2]
    number = {service_id: place for place, service_id in enumerate(wording.services)}
    places = np.array([number.get(listing.service_id, len(number)) for listing in listings], dtype=np.int64)
    _places[market.id] = (wording, listings, places)
    return places
