"""When each kind of fact was last checked."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import update

from resource_hub.accounts.work import Work
from resource_hub.core.clock import local_date
from resource_hub.core.db import insert_many, put_row
from resource_hub.inventory.models import Market, Service, Verification
from resource_hub.inventory.queries import eligibility as stored
from resource_hub.inventory.service.changes import IMPORT, STEWARD
from resource_hub.inventory.values import FactKind


def take_over(work: Work, market: Market, stated: Mapping[str, Mapping[FactKind, date]]) -> bool:
    """Write down dates that a source states for services, by our ids; a later one stays, a future one is not believed.

    Return whether any is new.
    """
    today = local_date(work.now, market.time_zone)
    known = stored.verified_on(work.session, stated)
    new = {
        (service_id, kind): day
        for service_id, days in stated.items()
        for kind, day in days.items()
        if day <= today and day > known.get((service_id, kind), date.min)
    }
    rows = {
        key: {
            "service_id": key[0],
            "fact_kind": key[1].value,
            "market_id": market.id,
            "verified_on": day,
            "source": IMPORT,
        }
        for key, day in new.items()
    }
    fresh = [row for key, row in rows.items() if key not in known]
    later = [row for key, row in rows.items() if key in known]
    insert_many(work.session, Verification, fresh)
    if later:
        work.session.execute(update(Verification), later)
    return bool(new)


def confirm(
    work: Work, market: Market, services: Iterable[Service], kinds: Iterable[FactKind], source: str = STEWARD
) -> None:
    """Write down that some kinds of fact were checked today, in the market's time zone; `source` says by whom."""
    values = {"verified_on": local_date(work.now, market.time_zone), "source": source}
    kinds = sorted(kinds)
    # In one order, so that two that check the same services never wait for each other.
    for service in sorted(services, key=lambda service: service.id):
        for kind in kinds:
            key = {"service_id": service.id, "fact_kind": kind.value, "market_id": service.market_id}
            put_row(work.session, Verification, key, values)
