"""Which requests follow stricter rules: help with violence, and with the use of alcohol or drugs."""

import re
from collections.abc import Collection

from resource_hub.people.values import SENSITIVE_PREFIX
from resource_hub.screening.values import SENSITIVITY_OF, Sensitivity

# The list of needs has no code for substance use, so a service for it is known by what it is called.
_CALLED = (
    (
        Sensitivity.SUBSTANCE_USE,
        r"substance|addict|detox|sober|sobriety|methadone|opioid|alcohol|narcotic|drug (?:use|tr)",
    ),
    (Sensitivity.VIOLENCE, r"domestic violence|sexual (?:assault|violence)|partner violence|rape|human trafficking"),
)
_NAMES = tuple((label, re.compile(words, re.IGNORECASE)) for label, words in _CALLED)
LONGEST_NAME = 500
# From this weight on a need is what a service is for, not something that it does besides.
CHIEFLY = 0.5


def labels_of_request(needs: Collection[str], service_name: str, fields: Collection[str]) -> frozenset[Sensitivity]:
    """Return what is sensitive about a request.

    `needs` are those asked for and those that the service is chiefly for; `fields` those that the consent covers.
    """
    by_need = {SENSITIVITY_OF[need] for need in needs if need in SENSITIVITY_OF}
    by_name = {label for label, words in _NAMES if words.search(service_name[:LONGEST_NAME])}
    by_field = {label for label in Sensitivity if SENSITIVE_PREFIX + label in fields}
    return frozenset(by_need | by_name | by_field)
