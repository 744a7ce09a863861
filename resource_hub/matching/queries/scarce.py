"""Places with a price, for whoever may set it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from resource_hub.accounts.work import Work
from resource_hub.capacity.models import Room
from resource_hub.inventory.models import Organization, Service, ServiceAtLocation
from resource_hub.matching.models import PlacePrice

MOST = 200


@dataclass(frozen=True)
class ScarcePlace:
    """A service_at_location whose places have a price; `set_price` stands in place of the computed `price`."""

    service_at_location_id: str
    market_id: str
    service: str
    organization: str
    free: int | None
    price: float
    computed_at: datetime
    set_price: float | None


def scarce_places(work: Work) -> list[ScarcePlace]:
    """Return the priced places of the actor's markets, the dearest first."""
    query = (
        select(
            PlacePrice.service_at_location_id,
            PlacePrice.market_id,
            Service.name,
            Organization.name,
            Room.free,
            PlacePrice.price,
            PlacePrice.computed_at,
            PlacePrice.set_price,
        )
        .join(ServiceAtLocation, ServiceAtLocation.id == PlacePrice.service_at_location_id)
        .join(Service, Service.id == ServiceAtLocation.service_id)
        .join(Organization, Organization.id == Service.organization_id)
        .outerjoin(Room, Room.service_at_location_id == PlacePrice.service_at_location_id)
        .where(PlacePrice.market_id.in_(work.actor.market_ids), ServiceAtLocation.merged_into.is_(None))
        .where(or_(PlacePrice.price > 0, PlacePrice.set_price.is_not(None)))
        .order_by(PlacePrice.price.desc(), Service.name, PlacePrice.service_at_location_id)
        .limit(MOST)
    )
    return [ScarcePlace(*row) for row in work.session.execute(query)]
