"""What came of earlier requests, and how long an answer took; always read afresh."""

from datetime import datetime

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_hub.matching.models import TrackRecord
from resource_hub.matching.rules.acceptance import faded
from resource_hub.matching.rules.outcomes import usual_days, usual_met
from resource_hub.matching.values import Columns, Policy
from resource_hub.matching.values.outcomes import Outcomes

_HOURS_A_DAY = 24
_SUMS = (TrackRecord.met_known, TrackRecord.met, TrackRecord.answers, TrackRecord.answer_hours)


def outcomes_of(
    session: Session, market_id: str, columns: Columns, needs: tuple[str, ...], at: datetime, policy: Policy
) -> Outcomes | None:
    """Return the outcomes of a market's requests for needs, as they count at a time; None where none are counted."""
    if not policy.outcomes.weight:
        return None
    query = select(TrackRecord.service_at_location_id, TrackRecord.need, TrackRecord.as_of, *_SUMS).where(
        TrackRecord.market_id == market_id, TrackRecord.need.in_(needs)
    )
    found = session.execute(query).all()
    rows = columns.rows_of([line[0] for line in found])
    lines, rows = [line for line, row in zip(found, rows, strict=True) if row >= 0], rows[rows >= 0]
    need = np.array([needs.index(line[1]) for line in lines], dtype=np.int64)
    as_of = np.array([line[2].timestamp() / 60 for line in lines], dtype=np.float64)
    sums = np.array([line[3:] for line in lines], dtype=np.float64).reshape(-1, len(_SUMS)).T
    known, met, answers, hours = faded(sums, as_of, at.timestamp() / 60, policy.acceptance.half_life_days)
    days = hours / _HOURS_A_DAY
    return Outcomes(
        usual_met(need, known, met, len(needs), policy.outcomes),
        usual_days(need, answers, days, len(needs), policy.outcomes),
        *(rows, need, known, met, answers, days),
    )
