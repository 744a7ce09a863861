"""When each kind of fact was last checked."""

from collections.abc import Iterable, Mapping
from datetime import date

from resource_hub.accounts.work import Work
from resource_hub.core.clock import local_date
from resource_hub.inventory.models import Market, Service, Verification
from resource_hub.inventory.queries import eligibility as stored
from resource_hub.inventory.service.changes import IMPORT, STEWARD
from resource_hub.inventory.values import FactKind


def take_over(work: Work, market: Market, stated: Mapping[str, Mapping[FactKind, date]]) -> bool:
    """Write down dates that a source states, by its ids; a later one stays, a future one is not believed."""
    today = local_date(work.now, market.time_zone)
    known = stored.verifications(work.session, market.id)
    changed = False
    for service in stored.sourced_services(work.session, market.id):
        for kind, day in stated.get(service.source_id or "", {}).items():
            before = known.get((service.id, kind))
            if day <= today and (before is None or before.verified_on < day):
                _set(work, service, kind, day, before, IMPORT)
                changed = True
    return changed


def confirm(
    work: Work, market: Market, services: Iterable[Service], kinds: Iterable[FactKind], source: str = STEWARD
) -> None:
    """Write down that some kinds of fact were checked today, in the market's time zone; `source` says by whom."""
    today = local_date(work.now, market.time_zone)
    kinds = sorted(kinds)
    for service in services:
        for kind in kinds:
            before = work.session.get(Verification, (service.id, kind.value))
            _set(work, service, kind, today, before, source)


def _set(work: Work, service: Service, kind: FactKind, day: date, before: Verification | None, source: str) -> None:
    if before is None:
        before = Verification(service_id=service.id, fact_kind=kind.value, market_id=service.market_id)
        work.session.add(before)
    before.verified_on, before.source = day, source
