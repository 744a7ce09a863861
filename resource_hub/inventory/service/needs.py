"""The needs that services answer, by the crosswalk; what a steward decided stays."""

from collections.abc import Mapping

from resource_hub.accounts.work import Work
from resource_hub.core.db import insert_many
from resource_hub.inventory.models import Market, ServiceNeed
from resource_hub.inventory.queries import records, terms
from resource_hub.inventory.rules.needs import needs_of_term, needs_of_terms
from resource_hub.inventory.service.changes import STEWARD
from resource_hub.inventory.values import Crosswalk

CROSSWALK = "crosswalk"
# A steward's change to a need stands in the history under this name with the need's code behind it.
NEED_FIELD = "need:"


def apply_crosswalk(work: Work, market: Market, crosswalk: Crosswalk) -> bool:
    """Write down which needs the services of a market answer; return whether anything changed."""
    lines = terms.names_with_ancestors(work.session, market.id)
    known = {term_id: needs_of_term(names, crosswalk) for term_id, names in lines.items()}
    decided = records.decided_fields(work.session, market.id, STEWARD)
    changed = False
    for services in terms.services_with_terms(work.session, market.id):
        wanted = {
            service_id: _undecided(service_id, needs_of_terms(known[key] for key in carried if key in known), decided)
            for service_id, carried in services.items()
        }
        changed |= _settle_all(work, market, wanted)
    return changed


def _undecided(
    service_id: str, needs: Mapping[str, float], decided: frozenset[tuple[str, str, str]]
) -> dict[str, float]:
    return {need: weight for need, weight in needs.items() if ("service", service_id, NEED_FIELD + need) not in decided}


def _settle_all(work: Work, market: Market, wanted: Mapping[str, Mapping[str, float]]) -> bool:
    written = terms.needs_by_service(work.session, wanted)
    changed = [_settle(work, written.get(service_id, {}), needs) for service_id, needs in wanted.items()]
    missing = [
        {"service_id": service_id, "need": need, "market_id": market.id, "weight": weight, "source": CROSSWALK}
        for service_id, needs in wanted.items()
        for need, weight in needs.items()
        if need not in written.get(service_id, {})
    ]
    work.session.flush()
    insert_many(work.session, ServiceNeed, missing)
    return any(changed) or bool(missing)


def _settle(work: Work, written: Mapping[str, ServiceNeed], wanted: Mapping[str, float]) -> bool:
    changed = False
    for need, row in written.items():
        if row.source == CROSSWALK and need not in wanted:
            work.session.delete(row)
            changed = True
        elif row.source == CROSSWALK and row.weight != wanted[need]:
            row.weight = wanted[need]
            changed = True
    return changed
