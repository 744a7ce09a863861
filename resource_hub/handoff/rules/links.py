"""When a link to a handoff no longer works."""

from datetime import datetime

from resource_hub.core.language import marked as _
from resource_hub.handoff.values.words import OPEN, Status

OPEN_DAYS = 14
MOST_MESSAGES_A_DAY = 20
MOST_ATTEMPTS_A_DAY = 20


def refusal_of(
    now: datetime,
    *,
    status: str,
    settled: bool,
    consent_holds: bool,
    expires_at: datetime,
    revoked_at: datetime | None,
) -> str | None:
    """Return why a link does not work now; None while it does.

    It ends with the handoff, the consent or its time, whichever is first. What came of a handoff can be said until
    somebody has.
    """
    if status not in OPEN and (status != Status.COMPLETED or settled):
        return _("This request is closed. There is nothing more to do. Thank you.")
    if status == Status.DRAFT:
        return _("This request has not been sent.")
    if revoked_at is not None or not consent_holds:
        return _("This link was taken back. Nothing was changed. Call whoever sent it.")
    if now >= expires_at:
        return _("This link has run out. Nothing was changed. Ask for a new one.")
    return None
