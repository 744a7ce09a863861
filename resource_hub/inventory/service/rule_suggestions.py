"""Suggested rules of eligibility: approved or rejected by a steward, and taken back."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from resource_hub.accounts.work import Work
from resource_hub.inventory.models import BulkDecision, EligibilityRule, Market, Service
from resource_hub.inventory.queries import listings
from resource_hub.inventory.queries.eligibility import as_value
from resource_hub.inventory.rules.changes import rules_in_words
from resource_hub.inventory.service import bulk
from resource_hub.inventory.service.changes import STEWARD
from resource_hub.inventory.service.eligibility import RULES_FIELD, rule_row
from resource_hub.inventory.service.suggestions import undo_needs
from resource_hub.inventory.values import Operator, Rule, RuleStatus

_CHUNK = 500


def decide_rules(work: Work, market_id: str, rule_ids: Sequence[str], *, approve: bool) -> bulk.Decided:
    """Approve or reject suggested rules; the same condition in another alternative of a service goes with it.

    From then on the service's rules are a steward's, which an import leaves alone. Refuses with StewardsOnly and
    NoSuchMarket. A rule that is gone or decided is left as it is, and counted.
    """
    market = bulk.market_for(work, market_id)
    # The services first, as whoever edits a listing; then the rules as they are by now.
    asked = [row.service_id for row in _suggested(work, market, rule_ids)]
    services = bulk.services_of(work, market, asked)
    found = [row for row in _suggested(work, market, rule_ids) if row.service_id in services]
    chosen: dict[str, set[tuple[str, Operator, object]]] = defaultdict(set)
    for row in found:
        chosen[row.service_id].add(_condition(as_value(row)))
    items = []
    for service in (services[service_id] for service_id in sorted(chosen)):
        before = _rules_of(work, service)
        after = [
            replace(rule, status=RuleStatus.APPROVED) if _is_chosen(rule, chosen[service.id]) else rule
            for rule in before
            if approve or not _is_chosen(rule, chosen[service.id])
        ]
        if after != before:
            _replace(work, service, before, after)
            items.append({"service_id": service.id, "before": _as_json(before), "after": _as_json(after)})
    bulk.remember(work, market, bulk.RULES, "approved" if approve else "rejected", items)
    return bulk.Decided(len(found), len(set(rule_ids)) - len(found))


def undo(work: Work, market_id: str, decision_id: str) -> int:
    """Take a decision on needs or rules back, but for what was changed since; return how many were taken back.

    Refuses with AlreadyUndone, StewardsOnly and NoSuchMarket.
    """
    market, decision = bulk.take_back(work, market_id, decision_id)
    undone = (undo_needs if decision.kind == bulk.NEEDS else _undo_rules)(work, market, decision)
    bulk.finish_undo(work, market, decision, undone)
    return undone


def _undo_rules(work: Work, market: Market, decision: BulkDecision) -> int:
    services = bulk.services_of(work, market, [item["service_id"] for item in decision.items])
    undone = 0
    for item in decision.items:
        service = services.get(item["service_id"])
        if service is None or _as_json(now := _rules_of(work, service)) != item["after"]:
            continue
        _replace(work, service, now, [_of_json(rule) for rule in item["before"]])
        undone += 1
    return undone


def _suggested(work: Work, market: Market, rule_ids: Sequence[str]) -> list[EligibilityRule]:
    wanted = sorted(set(rule_ids))
    found: list[EligibilityRule] = []
    for start in range(0, len(wanted), _CHUNK):
        query = select(EligibilityRule).where(
            EligibilityRule.market_id == market.id,
            EligibilityRule.status == RuleStatus.SUGGESTED,
            EligibilityRule.id.in_(wanted[start : start + _CHUNK]),
        )
        found += work.session.scalars(query.execution_options(populate_existing=True)).all()
    return found


def _rules_of(work: Work, service: Service) -> list[Rule]:
    rows = listings.rules_of(work.session, service.id)
    return sorted((as_value(row) for row in rows), key=lambda rule: (rule.alternative, rule.fact, rule.operator))


def _replace(work: Work, service: Service, before: Sequence[Rule], after: Sequence[Rule]) -> None:
    for row in listings.rules_of(work.session, service.id):
        work.session.delete(row)
    work.session.flush()
    work.session.add_all(
        EligibilityRule(**rule_row(work, service.market_id, service.id, rule, STEWARD)) for rule in after
    )
    bulk.note(work, service, RULES_FIELD, rules_in_words(before), rules_in_words(after))
    work.session.flush()


def _is_chosen(rule: Rule, chosen: set[tuple[str, Operator, object]]) -> bool:
    return rule.status is RuleStatus.SUGGESTED and _condition(rule) in chosen


def _condition(rule: Rule) -> tuple[str, Operator, object]:
    return rule.fact, rule.operator, rule.value


def _as_json(rules: Sequence[Rule]) -> list[dict[str, Any]]:
    return [
        {
            "fact": rule.fact,
            "operator": rule.operator.value,
            "value": list(rule.value) if isinstance(rule.value, tuple) else rule.value,
            "status": rule.status.value,
            "words": rule.words,
            "alternative": rule.alternative,
        }
        for rule in rules
    ]


def _of_json(stored: dict[str, Any]) -> Rule:
    value = tuple(stored["value"]) if isinstance(stored["value"], list) else stored["value"]
    operator, status = Operator(stored["operator"]), RuleStatus(stored["status"])
    return Rule(stored["fact"], operator, value, status, stored["words"], stored["alternative"])
