"""What the actor has put off."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, select

from resource_hub.accounts.work import Work
from resource_hub.handoff.models import PutOff, Referral
from resource_hub.inventory.models import Market, Service, ServiceAtLocation

UNDONE_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True)
class JustPutOff:
    """What can be undone: which handoff, to which service, until when (UTC; `time_zone` is the market's)."""

    referral_id: str
    service: str
    until: datetime
    time_zone: str


def is_put_off(work: Work) -> ColumnElement[bool]:
    """Tell of a handoff whether the actor put it off and it has not moved since."""
    return exists().where(
        PutOff.referral_id == Referral.id,
        PutOff.user_id == work.actor.user_id,
        PutOff.position == Referral.positions,
        PutOff.until > work.now,
    )


def just_put_off(work: Work) -> JustPutOff | None:
    """Return the last handoff that the actor put off, within the minutes in which that can be undone."""
    query = (
        select(PutOff, Service.name, Market.time_zone)
        .join(Referral, Referral.id == PutOff.referral_id)
        .join(ServiceAtLocation, ServiceAtLocation.id == Referral.service_at_location_id)
        .join(Service, Service.id == ServiceAtLocation.service_id)
        .join(Market, Market.id == Referral.market_id)
        .where(
            PutOff.user_id == work.actor.user_id,
            PutOff.put_off_at >= work.now - UNDONE_WITHIN,
            Referral.market_id.in_(work.actor.market_ids),
        )
        .order_by(PutOff.put_off_at.desc(), PutOff.referral_id)
        .limit(1)
    )
    found = work.session.execute(query).first()
    return JustPutOff(found[0].referral_id, found[1], found[0].until, found[2]) if found else None
