"""Opening a handoff for somebody to read."""

from dataclasses import replace

from resource_hub.accounts.work import Work
from resource_hub.core.clock import local_date
from resource_hub.handoff.queries import get_handoff
from resource_hub.handoff.queries.scope import calendar_of, get_scoped
from resource_hub.handoff.values import HandoffView
from resource_hub.people import consent


def open_handoff(work: Work, referral_id: str) -> HandoffView:
    """Return a handoff with the packet that the consent covers, and write down who looked at the person's fields.

    Refuses with NotFound outside the actor's scope. Once the consent has ended there is no packet any more.
    """
    view = get_handoff(work, referral_id)
    if not view.consent_holds:
        return view
    zone = calendar_of(work, get_scoped(work, referral_id).referral.market_id).zone
    packet = consent.shared_person(work, view.consent_id, view.organization_id, local_date(work.now, zone))
    return replace(view, packet=packet)
