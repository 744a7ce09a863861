"""When a consent can be given, and what it allows at a moment."""

from datetime import datetime

from resource_hub.core.errors import Fault, Refused
from resource_hub.core.language import marked as _
from resource_hub.people.errors import ConsentExpired, ConsentRevoked
from resource_hub.people.values import LONGEST_CONSENT_DAYS, SHAREABLE_FIELDS, ConsentTerms


def faults_of(terms: ConsentTerms) -> tuple[Fault, ...]:
    """Return what is wrong with the terms of a consent."""
    faults = []
    if not terms.fields:
        faults.append(Fault("fields", "missing", _("Choose at least one thing to share.")))
    if unknown := terms.fields - SHAREABLE_FIELDS.keys():
        names = ", ".join(sorted(name[:40] for name in unknown))
        faults.append(Fault("fields", "unknown", f"{names} cannot be shared. Use: {', '.join(SHAREABLE_FIELDS)}."))
    if not 1 <= terms.days <= LONGEST_CONSENT_DAYS:
        faults.append(Fault("days", "out_of_range", f"Choose 1 to {LONGEST_CONSENT_DAYS} days from today."))
    return tuple(faults)


def refusal_at(now: datetime, *, expires_at: datetime, revoked_at: datetime | None) -> Refused | None:
    """Return why a consent allows nothing now, or None when it holds. It ends at the instant it expires."""
    if revoked_at is not None:
        return ConsentRevoked(_("The person took this consent back. Ask them again before sharing anything."))
    if now >= expires_at:
        return ConsentExpired(_("This consent has ended. Ask the person again before sharing anything."))
    return None
