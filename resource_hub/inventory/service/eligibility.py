"""Rules of eligibility read from what services say; those that a steward set stay."""

from sqlalchemy import insert

from resource_hub.accounts.work import Work
from resource_hub.inventory.models import EligibilityRule, Market, Service
from resource_hub.inventory.queries import eligibility as stored
from resource_hub.inventory.queries import records
from resource_hub.inventory.rules.eligibility_text import ages_between, read_rules
from resource_hub.inventory.service.changes import IMPORT, STEWARD
from resource_hub.inventory.values import Rule

# A steward's change to the rules stands in the service's history under this name.
RULES_FIELD = "eligibility_rules"


def read_eligibility(work: Work, market: Market) -> bool:
    """Write down the rules that the texts and ages of a market's services state; return whether any changed."""
    decided = records.fields_changed_by(work.session, market.id, STEWARD)
    written = stored.rules_by_service(work.session, market.id)
    missing: list[dict[str, object]] = []
    changed = False
    for service in stored.sourced_services(work.session, market.id):
        if ("service", service.id, RULES_FIELD) in decided:
            continue
        rows = [row for row in written.get(service.id, []) if row.source == IMPORT]
        wanted = rules_of(service, market.state)
        if {stored.as_value(row) for row in rows} == set(wanted):
            continue
        changed = True
        for row in rows:
            work.session.delete(row)
        missing += [rule_row(work, service, rule, IMPORT) for rule in wanted]
    work.session.flush()
    if missing:
        work.session.execute(insert(EligibilityRule), missing)
    return changed


def rules_of(service: Service, state: str) -> tuple[Rule, ...]:
    """Return the rules that a service's stated ages and words give; stated ages go before ages in words."""
    stated = ages_between(service.minimum_age, service.maximum_age)
    read = read_rules(service.eligibility_description or "", state)
    return (*stated, *(rule for rule in read if not stated or rule.fact != "age"))


def rule_row(work: Work, service: Service, rule: Rule, source: str) -> dict[str, object]:
    """Return a rule as a row of a service."""
    return {
        "id": work.new_id(),
        "market_id": service.market_id,
        "service_id": service.id,
        "alternative": rule.alternative,
        "fact": rule.fact,
        "operator": rule.operator.value,
        "value": list(rule.value) if isinstance(rule.value, tuple) else rule.value,
        "status": rule.status.value,
        "source": source,
        "words": rule.words or None,
        "created_at": work.now,
    }
