"""What was learnt of services from their answers and from outcomes, faded to now."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_hub.inventory.models import Service, ServiceAtLocation
from resource_hub.matching.models import TrackRecord
from resource_hub.matching.rules.outcomes import LEAST_TOLD
from resource_hub.matching.values import Policy

_SECONDS_A_DAY = 86_400


@dataclass(frozen=True)
class Learnt:
    """Of one service and need: hours to an answer, and the shares of yes among what is known; None where too little."""

    service: str
    need: str
    answer_hours: float | None
    contacted: float | None
    received: float | None
    met: float | None


def track_records(session: Session, market_id: str, now: datetime, policy: Policy) -> list[Learnt]:
    """Return what is known of a market's services, by name; what rests on fewer than five answers is left out."""
    query = (
        select(Service.name, TrackRecord)
        .join(ServiceAtLocation, ServiceAtLocation.id == TrackRecord.service_at_location_id)
        .join(Service, Service.id == ServiceAtLocation.service_id)
        .where(TrackRecord.market_id == market_id)
        .order_by(Service.name, TrackRecord.service_at_location_id, TrackRecord.need)
    )
    found = [_learnt(name, row, now, policy.acceptance.half_life_days) for name, row in session.execute(query)]
    return [one for one in found if any(share is not None for share in _shares(one))]


def _learnt(name: str, row: TrackRecord, now: datetime, half_life_days: float) -> Learnt:
    days = max((now - row.as_of).total_seconds(), 0.0) / _SECONDS_A_DAY
    fade = 2 ** -(days / half_life_days)

    def share(part: float, whole: float) -> float | None:
        return part / whole if whole * fade >= LEAST_TOLD else None

    return Learnt(
        service=name,
        need=row.need,
        answer_hours=share(row.answer_hours, row.answers),
        contacted=share(row.contacted, row.contacted_known),
        received=share(row.received, row.received_known),
        met=share(row.met, row.met_known),
    )


def _shares(one: Learnt) -> tuple[float | None, ...]:
    return one.answer_hours, one.contacted, one.received, one.met
