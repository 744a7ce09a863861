"""The terms that services carry, and the needs that are written down for them."""

from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_hub.core.scratch import MOST_VALUES, in_batches
from resource_hub.inventory.models import Attribute, Service, ServiceNeed, TaxonomyTerm
from resource_hub.inventory.queries import records


def names_with_ancestors(session: Session, market_id: str) -> Mapping[str, tuple[str, ...]]:
    """Return each term's name and those of its ancestors, the nearest first, by the term's id."""
    query = select(TaxonomyTerm.id, TaxonomyTerm.name, TaxonomyTerm.parent_id)
    terms = {key: (name, up) for key, name, up in session.execute(query.where(TaxonomyTerm.market_id == market_id))}
    return {key: _line_of(key, terms) for key in terms}


def services_with_terms(session: Session, market_id: str) -> Iterator[dict[str, list[str]]]:
    """Return, page by page, the ids of the terms of each service that came from a source, by the service's id."""
    query = select(Service.id).where(Service.market_id == market_id, Service.source_id.is_not(None))
    query = query.where(Service.merged_into.is_(None))
    for page in records.pages(session, query.order_by(Service.id), Service.__table__.c.id):
        terms: dict[str, list[str]] = {service_id: [] for (service_id,) in page}
        for some in in_batches(terms, MOST_VALUES):
            carried = select(Attribute.link_id, Attribute.taxonomy_term_id).where(
                Attribute.link_entity == "service", Attribute.link_id.in_(some)
            )
            for service_id, term_id in session.execute(carried):
                terms[service_id].extend([term_id] if term_id else [])
        yield terms


def needs_by_service(session: Session, service_ids: Iterable[str]) -> Mapping[str, dict[str, ServiceNeed]]:
    """Return the needs written down for some services, by service and need."""
    needs: dict[str, dict[str, ServiceNeed]] = {}
    for some in in_batches(service_ids, MOST_VALUES):
        for row in session.scalars(select(ServiceNeed).where(ServiceNeed.service_id.in_(some))):
            needs.setdefault(row.service_id, {})[row.need] = row
    return needs


def _line_of(term_id: str, terms: Mapping[str, tuple[str, str | None]]) -> tuple[str, ...]:
    names: dict[str, str] = {}
    at: str | None = term_id
    # A ring of parents ends where it began.
    while at is not None and at in terms and at not in names:
        names[at], at = terms[at]
    return tuple(names.values())
