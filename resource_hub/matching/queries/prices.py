"""What using a place costs others; always read afresh."""

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resource_hub.matching.models import PlacePrice
from resource_hub.matching.values import Columns, Floats


def prices_of(session: Session, market_id: str, columns: Columns) -> Floats:
    """Return the price of every row: the one that was set before the one that was computed, else zero."""
    price = func.coalesce(PlacePrice.set_price, PlacePrice.price)
    query = select(PlacePrice.service_at_location_id, price).where(PlacePrice.market_id == market_id, price > 0)
    found = session.execute(query).all()
    prices = np.zeros(len(columns))
    rows = columns.rows_of([line[0] for line in found])
    here = np.flatnonzero(rows >= 0)
    prices[rows[here]] = [found[int(line)][1] for line in here]
    return prices
