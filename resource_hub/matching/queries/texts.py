"""The words of a market's services, as they are looked for."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_hub.inventory.models import Attribute, Organization, Service, ServiceNeed
from resource_hub.inventory.queries import terms
from resource_hub.matching.values.wording import Text


def texts_of(session: Session, market_id: str) -> tuple[Text, ...]:
    """Return the words of every service of a market, with the lines of the terms it carries."""
    query = (
        select(
            Service.id,
            Service.name,
            Service.alternate_name,
            Organization.name,
            Service.description,
            Service.eligibility_description,
        )
        .join(Organization, Organization.id == Service.organization_id)
        .where(Service.market_id == market_id, Service.merged_into.is_(None))
        .order_by(Service.id)
    )
    carried, keywords = _labels(session, market_id)
    needs = _needs(session, market_id)
    return tuple(
        Text(
            service_id=service_id,
            name=" ".join(filter(None, (name, alternate))),
            organization=organization,
            description=description or "",
            whom=whom or "",
            keywords="\n".join(keywords.get(service_id, ())),
            terms=tuple(dict.fromkeys(carried.get(service_id, ()))),
            needs=tuple(needs.get(service_id, ())),
        )
        for service_id, name, alternate, organization, description, whom in session.execute(query)
    )


def _labels(session: Session, market_id: str) -> tuple[Mapping[str, list[tuple[str, ...]]], Mapping[str, list[str]]]:
    lines = terms.names_with_ancestors(session, market_id)
    query = (
        select(Attribute.link_id, Attribute.taxonomy_term_id, Attribute.value)
        .where(Attribute.market_id == market_id, Attribute.link_entity == "service")
        .order_by(Attribute.id)
    )
    carried: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    keywords: dict[str, list[str]] = defaultdict(list)
    for service_id, term_id, value in session.execute(query):
        if term_id and term_id in lines:
            carried[service_id].append(lines[term_id])
        if value:
            keywords[service_id].append(value)
    return carried, keywords


def _needs(session: Session, market_id: str) -> Mapping[str, list[tuple[str, float]]]:
    needs: dict[str, list[tuple[str, float]]] = defaultdict(list)
    query = select(ServiceNeed.service_id, ServiceNeed.need, ServiceNeed.weight)
    for service_id, need, weight in session.execute(query.where(ServiceNeed.market_id == market_id)):
        needs[service_id].append((need, weight))
    return needs
