"""What an organization's own "not eligible" tells the stewards about its listing."""

from resource_hub.accounts.work import Work
from resource_hub.core.codes import FACTS, FactKind
from resource_hub.inventory.models import EligibilityRule, Market, Service, ServiceAtLocation
from resource_hub.inventory.queries import listings
from resource_hub.inventory.service.eligibility import rule_row
from resource_hub.inventory.service.markets import move_on
from resource_hub.inventory.service.reports import report_error
from resource_hub.inventory.values import Operator, ReportKind, Rule, RuleStatus

PROPOSED = "handoff"


def propose_rule(work: Work, service_at_location_id: str, fact: str) -> bool:
    """Tell the stewards that a service turns people down by a fact that its listing does not name; False if it does.

    A fact of yes or no becomes a suggested rule, which asks and never excludes until a steward approves it. Of others
    the limit is not known, and nothing is guessed from the person: the stewards get a report to ask the organization.
    """
    place = work.session.get_one(ServiceAtLocation, service_at_location_id)
    service = work.session.get_one(Service, place.service_id)
    rules = listings.rules_of(work.session, service.id)
    if any(rule.fact == fact for rule in rules):
        return False
    if FACTS[fact].kind is not FactKind.YES_NO:
        report_error(work, service, ReportKind.ELIGIBILITY, f"Turned somebody down by: {FACTS[fact].label}.", PROPOSED)
        return True
    for alternative in sorted({rule.alternative for rule in rules} or {0}):
        rule = Rule(fact, Operator.IS, value=True, status=RuleStatus.SUGGESTED, alternative=alternative)
        work.session.add(EligibilityRule(**rule_row(work, service.market_id, service.id, rule, PROPOSED)))
    move_on(work.session.get_one(Market, service.market_id))
    work.session.flush()
    return True
