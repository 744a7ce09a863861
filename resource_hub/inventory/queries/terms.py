"""The terms that services carry, and the needs that are written down for them."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_hub.inventory.models import Attribute, Service, ServiceNeed, TaxonomyTerm


def names_with_ancestors(session: Session, market_id: str) -> Mapping[str, tuple[str, ...]]:
    """Return each term's name and those of its ancestors, the nearest first, by the term's id."""
    query = select(TaxonomyTerm.id, TaxonomyTerm.name, TaxonomyTerm.parent_id)
    terms = {key: (name, up) for key, name, up in session.execute(query.where(TaxonomyTerm.market_id == market_id))}
    return {key: _line_of(key, terms) for key in terms}


def terms_of_services(session: Session, market_id: str) -> Mapping[str, list[str]]:
    """Return the ids of the terms of each service that came from a source, by the service's id."""
    query = (
        select(Service.id, Attribute.taxonomy_term_id)
        .outerjoin(Attribute, (Attribute.link_id == Service.id) & (Attribute.link_entity == "service"))
        .where(Service.market_id == market_id, Service.source_id.is_not(None), Service.merged_into.is_(None))
    )
    terms: dict[str, list[str]] = {}
    for service_id, term_id in session.execute(query):
        terms.setdefault(service_id, []).extend([term_id] if term_id else [])
    return terms


def needs_by_service(session: Session, market_id: str) -> Mapping[str, dict[str, ServiceNeed]]:
    """Return the needs written down for the services of a market, by service and need."""
    needs: dict[str, dict[str, ServiceNeed]] = {}
    for row in session.scalars(select(ServiceNeed).where(ServiceNeed.market_id == market_id)):
        needs.setdefault(row.service_id, {})[row.need] = row
    return needs


def _line_of(term_id: str, terms: Mapping[str, tuple[str, str | None]]) -> tuple[str, ...]:
    names: dict[str, str] = {}
    at: str | None = term_id
    # A ring of parents ends where it began.
    while at is not None and at in terms and at not in names:
        names[at], at = terms[at]
    return tuple(names.values())
