"""What organizations answered to requests before, and what they did not answer yet; always read afresh."""

from datetime import datetime

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_hub.capacity.queries import open_requests
from resource_hub.matching.models import Acceptance as AcceptanceRow
from resource_hub.matching.queries.outcomes import outcomes_of
from resource_hub.matching.rules.acceptance import faded, usual
from resource_hub.matching.values import Columns, Policy
from resource_hub.matching.values.acceptance import Acceptance
from resource_hub.matching.values.columns import Ints


def acceptance_of(
    session: Session, market_id: str, columns: Columns, needs: tuple[str, ...], at: datetime, policy: Policy
) -> Acceptance:
    """Return the answers of a market to requests for needs, as they count at a time, those then open, and outcomes."""
    query = select(
        AcceptanceRow.service_at_location_id,
        AcceptanceRow.need,
        AcceptanceRow.answered,
        AcceptanceRow.accepted,
        AcceptanceRow.as_of,
    ).where(AcceptanceRow.market_id == market_id, AcceptanceRow.need.in_(needs))
    lines = session.execute(query).all()
    rows = columns.rows_of([line[0] for line in lines])
    lines, rows = [line for line, row in zip(lines, rows, strict=True) if row >= 0], rows[rows >= 0]
    as_of = np.array([line[4].timestamp() / 60 for line in lines], dtype=np.float64)
    minute, half_life = at.timestamp() / 60, policy.acceptance.half_life_days
    need = np.array([needs.index(line[1]) for line in lines], dtype=np.int64)
    answered, accepted = (
        faded(np.array([line[column] for line in lines], dtype=np.float64), as_of, minute, half_life)
        for column in (2, 3)
    )
    usually = usual(need, answered, accepted, len(needs), policy)
    outcomes = outcomes_of(session, market_id, columns, needs, at, policy)
    return Acceptance(usually, rows, need, answered, accepted, *_open(session, market_id, columns, at), outcomes)


def _open(session: Session, market_id: str, columns: Columns, at: datetime) -> tuple[Ints, Ints]:
    """Return the rows with open requests, and how many each has."""
    requests = open_requests(session, market_id, at)
    rows = columns.rows_of(list(requests))
    count = np.array(list(requests.values()), dtype=np.int64)
    return rows[rows >= 0], count[rows >= 0]
