"""Rules of eligibility read from what services say; those that a steward set stay."""

from collections.abc import Sequence

from sqlalchemy import delete

from resource_hub.accounts.work import Work
from resource_hub.core.db import insert_many
from resource_hub.core.scratch import MOST_VALUES, in_batches
from resource_hub.inventory.models import EligibilityRule, Market
from resource_hub.inventory.queries import eligibility as stored
from resource_hub.inventory.queries import records
from resource_hub.inventory.rules.eligibility_text import ages_between, read_rules
from resource_hub.inventory.service.changes import IMPORT, STEWARD
from resource_hub.inventory.values import Rule

# A steward's change to the rules stands in the service's history under this name.
RULES_FIELD = "eligibility_rules"


def read_eligibility(work: Work, market: Market) -> bool:
    """Write down the rules that the texts and ages of a market's services state; return whether any changed."""
    decided = records.decided_fields(work.session, market.id, STEWARD)
    changed = False
    for services in stored.stated_eligibility(work.session, market.id):
        free = [service for service in services if ("service", service.id, RULES_FIELD) not in decided]
        changed |= _settle(work, market, free)
    return changed


def rules_of(service: stored.Stated, state: str) -> tuple[Rule, ...]:
    """Return the rules that a service's stated ages and words give; stated ages go before ages in words."""
    stated = ages_between(service.minimum_age, service.maximum_age)
    read = read_rules(service.eligibility_description or "", state)
    return (*stated, *(rule for rule in read if not stated or rule.fact != "age"))


def _settle(work: Work, market: Market, services: Sequence[stored.Stated]) -> bool:
    written = stored.rules_by_service(work.session, [service.id for service in services])
    missing: list[dict[str, object]] = []
    gone: list[str] = []
    for service in services:
        rows = [row for row in written.get(service.id, []) if row.source == IMPORT]
        wanted = rules_of(service, market.state)
        if {stored.as_value(row) for row in rows} != set(wanted):
            gone += [row.id for row in rows]
            missing += [rule_row(work, market.id, service.id, rule, IMPORT) for rule in wanted]
    for some in in_batches(gone, MOST_VALUES):
        work.session.execute(delete(EligibilityRule).where(EligibilityRule.id.in_(some)))
    insert_many(work.session, EligibilityRule, missing)
    return bool(gone or missing)


def rule_row(work: Work, market_id: str, service_id: str, rule: Rule, source: str) -> dict[str, object]:
    """Return a rule as a row of a service."""
    return {
        "id": work.new_id(),
        "market_id": market_id,
        "service_id": service_id,
        "alternative": rule.alternative,
        "fact": rule.fact,
        "operator": rule.operator.value,
        "value": list(rule.value) if isinstance(rule.value, tuple) else rule.value,
        "status": rule.status.value,
        "source": source,
        "words": rule.words or None,
        "created_at": work.now,
    }
