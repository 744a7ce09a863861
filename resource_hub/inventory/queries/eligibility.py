"""Rules of eligibility, and the texts they are read from."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_hub.inventory.models import EligibilityRule, Service, Verification
from resource_hub.inventory.values import Operator, Rule, RuleStatus


def sourced_services(session: Session, market_id: str) -> list[Service]:
    """Return the services of a market that came from a source and were not merged into others."""
    query = select(Service).where(
        Service.market_id == market_id, Service.source_id.is_not(None), Service.merged_into.is_(None)
    )
    return list(session.scalars(query))


def rules_by_service(session: Session, market_id: str) -> Mapping[str, list[EligibilityRule]]:
    """Return the rules of each service of a market."""
    rules: dict[str, list[EligibilityRule]] = {}
    query = select(EligibilityRule).where(EligibilityRule.market_id == market_id)
    for row in session.scalars(query.order_by(EligibilityRule.service_id, EligibilityRule.alternative)):
        rules.setdefault(row.service_id, []).append(row)
    return rules


def as_value(row: EligibilityRule) -> Rule:
    """Return a stored rule as the value that decisions take."""
    value = tuple(row.value) if isinstance(row.value, list) else row.value
    return Rule(row.fact, Operator(row.operator), value, RuleStatus(row.status), row.words, row.alternative)


def verifications(session: Session, market_id: str) -> Mapping[tuple[str, str], Verification]:
    """Return when each kind of fact was last checked, by service and kind."""
    found = session.scalars(select(Verification).where(Verification.market_id == market_id))
    return {(row.service_id, row.fact_kind): row for row in found}
