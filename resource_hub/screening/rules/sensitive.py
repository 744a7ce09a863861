"""What a consent has to name before it leaves: answers and needs about violence, substance use, mental health."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from resource_hub.people.values import SENSITIVE_PREFIX
from resource_hub.screening.values import SENSITIVITY_OF, DomainResult, Instrument, Item, Sensitivity


def may_leave(codes: Iterable[str], fields: AbstractSet[str]) -> tuple[str, ...]:
    """Return the needs that may be shown under the fields of a consent."""
    return tuple(code for code in codes if _covers(SENSITIVITY_OF.get(code), fields))


def fields_missing(codes: Iterable[str], fields: AbstractSet[str]) -> tuple[str, ...]:
    """Return the fields that a consent needs besides, to show some needs."""
    labels = (SENSITIVITY_OF.get(code) for code in codes)
    return tuple(dict.fromkeys(SENSITIVE_PREFIX + label for label in labels if not _covers(label, fields) and label))


def labels_covered(fields: AbstractSet[str]) -> frozenset[Sensitivity]:
    """Return the labels that the fields of a consent name."""
    return frozenset(label for label in Sensitivity if SENSITIVE_PREFIX + label in fields)


def labels_of(instrument: Instrument, item: Item) -> frozenset[Sensitivity]:
    """Return the labels of an item: its own, and those of the domains that it decides about."""
    labels = (item.sensitivity, *(SENSITIVITY_OF.get(domain) for domain in instrument.domains_of(item.code)))
    return frozenset(label for label in labels if label)


def labels_of_result(instrument: Instrument, result: DomainResult) -> frozenset[Sensitivity]:
    """Return the labels of what was found in a domain: the domain's, and those of the questions that showed it."""
    items = (instrument.item(code) for code in result.because)
    own = SENSITIVITY_OF.get(result.domain)
    return frozenset({own} if own else ()).union(*(labels_of(instrument, item) for item in items if item))


def _covers(label: Sensitivity | None, fields: AbstractSet[str]) -> bool:
    return label is None or SENSITIVE_PREFIX + label in fields
