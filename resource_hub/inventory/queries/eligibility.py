"""Rules of eligibility, and the texts they are read from."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_hub.core.scratch import MOST_VALUES, in_batches
from resource_hub.inventory.models import EligibilityRule, Service, Verification
from resource_hub.inventory.queries import records
from resource_hub.inventory.values import FactKind, Operator, Rule, RuleStatus


class Stated(Protocol):
    """What a service says about whom it is for."""

    @property
    def id(self) -> str: ...
    @property
    def minimum_age(self) -> float | None: ...
    @property
    def maximum_age(self) -> float | None: ...
    @property
    def eligibility_description(self) -> str | None: ...


def stated_eligibility(session: Session, market_id: str) -> Iterator[list[Stated]]:
    """Return, page by page, what the services of a market that came from a source say about whom they are for."""
    query = select(Service.id, Service.minimum_age, Service.maximum_age, Service.eligibility_description)
    query = query.where(
        Service.market_id == market_id, Service.source_id.is_not(None), Service.merged_into.is_(None)
    ).order_by(Service.id)
    return records.pages(session, query, Service.__table__.c.id)


def rules_by_service(session: Session, service_ids: Iterable[str]) -> Mapping[str, list[EligibilityRule]]:
    """Return the rules of some services, by service."""
    rules: dict[str, list[EligibilityRule]] = {}
    for some in in_batches(service_ids, MOST_VALUES):
        query = select(EligibilityRule).where(EligibilityRule.service_id.in_(some))
        for row in session.scalars(query.order_by(EligibilityRule.service_id, EligibilityRule.alternative)):
            rules.setdefault(row.service_id, []).append(row)
    return rules


def as_value(row: EligibilityRule) -> Rule:
    """Return a stored rule as the value that decisions take."""
    value = tuple(row.value) if isinstance(row.value, list) else row.value
    return Rule(row.fact, Operator(row.operator), value, RuleStatus(row.status), row.words, row.alternative)


def verified_on(session: Session, service_ids: Iterable[str]) -> Mapping[tuple[str, FactKind], date]:
    """Return when each kind of fact of some services was last checked, by service and kind."""
    found: dict[tuple[str, FactKind], date] = {}
    for some in in_batches(service_ids, MOST_VALUES):
        query = select(Verification.service_id, Verification.fact_kind, Verification.verified_on)
        for service_id, kind, day in session.execute(query.where(Verification.service_id.in_(some))):
            found[service_id, FactKind(kind)] = day
    return found
