"""The least that a service needs to see: by the basis on which it is shared, and by what is asked for.

The table is the whole rule. What goes beyond it needs the person's own authorization, field by field. Of help with
violence or with substance use less is taken for granted: see `strict_faults`.
"""

from collections.abc import Collection, Mapping

from resource_hub.core.errors import Fault
from resource_hub.core.language import marked as _
from resource_hub.people.values import Basis, ConsentTerms, HowGiven

# To act on a request at all: who it is about, how to reach them safely, in which language, and what is asked.
LEAST: Mapping[Basis, frozenset[str]] = {
    Basis.TREATMENT: frozenset({"name", "birth", "contact_routes", "language", "needs", "note"}),
    Basis.AUTHORIZATION: frozenset({"name", "contact_routes", "language", "needs", "note"}),
    Basis.SELF_REFERRAL: frozenset({"name", "contact_routes", "language", "needs", "note"}),
}
# What a kind of service asks everybody, because it decides there.
LEAST_FOR_NEED: Mapping[str, frozenset[str]] = {
    "food-insecurity": frozenset({"postal_code", "fact:household_size"}),
    "housing-instability": frozenset({"postal_code", "fact:household_size", "fact:income_fpl"}),
    "homelessness": frozenset({"fact:household_size"}),
    "inadequate-housing": frozenset({"postal_code"}),
    "utility-insecurity": frozenset({"postal_code", "fact:income_fpl"}),
    "transportation-insecurity": frozenset({"postal_code"}),
    "financial-insecurity": frozenset({"fact:household_size", "fact:income_fpl"}),
    "veteran-status": frozenset({"fact:veteran"}),
    "health-insurance-coverage-status": frozenset({"birth", "postal_code", "fact:insurance"}),
    "medical-cost-burden": frozenset({"fact:insurance", "fact:income_fpl"}),
}
# 42 CFR Part 2 (substance use) and 34 U.S.C. 12291(b)(2) (violence): written, and limited in time.
STRICT_LABELS = frozenset({"violence", "substance-use"})
STRICT_DAYS = 90
_WRITTEN = frozenset({HowGiven.WRITTEN, HowGiven.ELECTRONIC})


def least(basis: Basis, needs: Collection[str]) -> frozenset[str]:
    """Return the fields that are shared unless the person says otherwise."""
    return LEAST[basis].union(*(LEAST_FOR_NEED.get(need, frozenset()) for need in needs))


def too_much(terms: ConsentTerms, needs: Collection[str]) -> tuple[str, ...]:
    """Return the fields of a consent that need the person's authorization and do not have it."""
    if terms.basis is Basis.AUTHORIZATION:
        return ()
    return tuple(sorted(terms.fields - least(terms.basis, needs)))


def faults_of_sharing(terms: ConsentTerms, needs: Collection[str], labels: Collection[str]) -> tuple[Fault, ...]:
    """Return what is wrong with sharing so much for some needs; `labels` are those of the needs and of the service."""
    faults = strict_faults(terms) if STRICT_LABELS & set(labels) else ()
    if too_much(terms, needs):
        text = _("On this basis only what the service needs may be shared. For more, ask the person to authorize it.")
        return (*faults, Fault("fields", "more_than_needed", text))
    return faults


def strict_faults(terms: ConsentTerms) -> tuple[Fault, ...]:
    """Return what a consent lacks for a service for violence or substance use."""
    faults = []
    if terms.basis is not Basis.AUTHORIZATION:
        text = _("For this service the person themself must authorize it.")
        faults.append(Fault("basis", "authorization_needed", text))
    if terms.how_given not in _WRITTEN:
        text = _("For this service the consent must be in writing, or signed on a screen.")
        faults.append(Fault("how_given", "written_needed", text))
    if terms.days > STRICT_DAYS:
        text = _("For this service a consent lasts 90 days at most.")
        faults.append(Fault("days", "too_long", text))
    return tuple(faults)
