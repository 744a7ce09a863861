"""Which requests follow stricter rules: help with violence, and with the use of alcohol or drugs.

The table is the whole rule of what is recognised; what follows from it stands in `people.rules.least` (the consent) and
in `queries.scope` (who finds it).
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from resource_hub.people.values import SENSITIVE_PREFIX
from resource_hub.screening.values import SENSITIVITY_OF, Sensitivity


@dataclass(frozen=True)
class Kind:
    """How a kind of help is known: by terms of the directory that say what a service is for, or by its name."""

    terms: frozenset[str]
    called: re.Pattern[str]


# SDOH Clinical Care has no category for substance use, so no need code says it: the terms are those of Open Eligibility
# and of 211. A term for whom a service also helps ("survivors") says nothing: a pantry for all would be hidden.
KINDS: Mapping[Sensitivity, Kind] = {
    Sensitivity.SUBSTANCE_USE: Kind(
        frozenset({
            "addiction & recovery", "substance use disorder", "substance dependency", "substance abuse",
            "substance abuse services", "substance use treatment", "detox", "detoxification", "12-step", "sober living",
            "drug testing", "medication-assisted treatment", "medication-assisted treatment (mat) provided",
            "alcohol use disorder", "drug abuse treatment", "opioid treatment", "syringe exchange", "needle exchange",
        }),
        re.compile(
            r"substance|addict|adicci|detox|desintoxic|sober|sobriety|sobriedad|methadone|metadona|opioid|opioide"
            r"|alcoh[oó]l|narc[oó]tic|drug (?:use|tr|abuse|rehab)|drogas",
            re.IGNORECASE,
        ),
    ),
    Sensitivity.VIOLENCE: Kind(
        frozenset({
            "help escape violence", "domestic violence", "domestic violence shelter", "domestic violence shelters",
            "domestic violence hotlines", "sexual assault services", "rape crisis", "safe housing for survivors",
        }),
        re.compile(
            r"domestic (?:violence|abuse)|sexual (?:assault|violence|abuse)|partner violence|family violence|\brape\b"
            r"|human trafficking|violencia (?:dom[eé]stica|familiar|sexual|de g[eé]nero)",
            re.IGNORECASE,
        ),
    ),
}  # fmt: skip
LONGEST_NAME = 500
# From this weight on a need is what a service is for, not something that it does besides.
CHIEFLY = 0.5


def labels_of_request(
    needs: Collection[str], service_name: str, fields: Collection[str], terms: Collection[str] = ()
) -> frozenset[Sensitivity]:
    """Return what is sensitive about a request.

    `needs` are those asked for and those that the service is chiefly for; `fields` those that the consent covers;
    `terms` the names of the service's terms.
    """
    by_need = {SENSITIVITY_OF[need] for need in needs if need in SENSITIVITY_OF}
    by_field = {label for label in Sensitivity if SENSITIVE_PREFIX + label in fields}
    said = {term.strip().lower() for term in terms}
    by_service = {
        label for label, kind in KINDS.items() if kind.terms & said or kind.called.search(service_name[:LONGEST_NAME])
    }
    return frozenset(by_need | by_service | by_field)
