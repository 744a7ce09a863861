"""Setting the price of a scarce place by hand."""

from sqlalchemy import select, update

from resource_hub.accounts import audit
from resource_hub.accounts.values import REFERRERS, STEWARDS, AuditEntry
from resource_hub.accounts.work import Work
from resource_hub.core.db import insert_new
from resource_hub.core.errors import Fault, NotAllowed, NotFound
from resource_hub.core.language import marked as _
from resource_hub.inventory.models import ServiceAtLocation
from resource_hub.matching.errors import BadPrice
from resource_hub.matching.models import PlacePrice


def set_price(work: Work, service_at_location_id: str, price: float | None) -> None:
    """Put a price (0 to 1, in chance of help) in the place of the computed one; None takes it back.

    Refuses with NotAllowed whoever is no coordinator, social worker or steward, with NotFound outside their markets.
    """
    if work.actor.role is not None and work.actor.role not in REFERRERS | STEWARDS:
        raise NotAllowed(_("Only care coordinators, social workers and stewards set prices."))
    market_id = work.session.scalar(
        select(ServiceAtLocation.market_id).where(ServiceAtLocation.id == service_at_location_id)
    )
    if market_id is None or (work.actor.role is not None and market_id not in work.actor.market_ids):
        raise NotFound(_("There is no such service here."))
    if price is not None and not 0 <= price <= 1:
        text = _("Use a number from 0 to 1.")
        raise BadPrice(text, faults=(Fault("price", "invalid", text),))
    _write(work, service_at_location_id, market_id, price)
    entry = AuditEntry("price.set", "service_at_location", service_at_location_id,
                       (("price", "computed" if price is None else f"{price:g}"),))  # fmt: skip
    audit.record(work, entry, market_id=market_id)


def _write(work: Work, service_at_location_id: str, market_id: str, price: float | None) -> None:
    values = {"set_price": price, "set_by": work.actor.user_id, "set_at": work.now}
    row = {"service_at_location_id": service_at_location_id, "market_id": market_id, "price": 0.0}
    if not insert_new(work.session, PlacePrice, row | {"computed_at": work.now} | values):
        change = update(PlacePrice).where(PlacePrice.service_at_location_id == service_at_location_id).values(values)
        work.session.execute(change.execution_options(synchronize_session="fetch"))
