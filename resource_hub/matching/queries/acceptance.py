"""What organizations answered to requests before; always read afresh."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_hub.matching.models import Acceptance as AcceptanceRow
from resource_hub.matching.rules.acceptance import faded, usual
from resource_hub.matching.values import Listing, Policy
from resource_hub.matching.values.acceptance import Acceptance


def acceptance_of(
    session: Session, market_id: str, listings: Sequence[Listing], needs: tuple[str, ...], at: datetime, policy: Policy
) -> Acceptance:
    """Return the answers of a market to requests for needs, as they count at a time."""
    query = select(
        AcceptanceRow.service_at_location_id,
        AcceptanceRow.need,
        AcceptanceRow.answered,
        AcceptanceRow.accepted,
        AcceptanceRow.as_of,
    ).where(AcceptanceRow.market_id == market_id, AcceptanceRow.need.in_(needs))
    lines = session.execute(query).all()
    wanted = {line[0] for line in lines}
    rows = {one.service_at_location_id: row for row, one in enumerate(listings)} if wanted else {}
    lines = [line for line in lines if line[0] in rows]
    as_of = np.array([line[4].timestamp() / 60 for line in lines], dtype=np.float64)
    minute, half_life = at.timestamp() / 60, policy.acceptance.half_life_days
    need = np.array([needs.index(line[1]) for line in lines], dtype=np.int64)
    answered, accepted = (
        faded(np.array([line[column] for line in lines], dtype=np.float64), as_of, minute, half_life)
        for column in (2, 3)
    )
    row = np.array([rows[line[0]] for line in lines], dtype=np.int64)
    return Acceptance(usual(need, answered, accepted, len(needs), policy), row, need, answered, accepted)
