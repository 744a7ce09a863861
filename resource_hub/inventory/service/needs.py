"""The needs that services answer, by the crosswalk; what a steward decided stays."""

from collections.abc import Mapping

from sqlalchemy import insert

from resource_hub.accounts.work import Work
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
    written = terms.needs_by_service(work.session, market.id)
    missing: list[dict[str, object]] = []
    changed = False
    for service_id, carried in terms.terms_of_services(work.session, market.id).items():
        wanted = needs_of_terms(known[term_id] for term_id in carried if term_id in known)
        free = {
            need: weight for need, weight in wanted.items() if ("service", service_id, NEED_FIELD + need) not in decided
        }
        changed |= _settle(work, written.get(service_id, {}), free)
        missing += [
            {"service_id": service_id, "need": need, "market_id": market.id, "weight": weight, "source": CROSSWALK}
            for need, weight in free.items()
            if need not in written.get(service_id, {})
        ]
    if missing:
        work.session.execute(insert(ServiceNeed), missing)
    return changed or bool(missing)


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
