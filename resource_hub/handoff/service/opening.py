"""Opening a handoff for somebody to read."""

from dataclasses import replace

from resource_hub.accounts.work import Work
from resource_hub.core.clock import local_date
from resource_hub.handoff.queries import get_handoff
from resource_hub.handoff.queries.scope import calendar_of, get_scoped
from resource_hub.handoff.values.shown import HandoffView
from resource_hub.handoff.values.words import ActorKind
from resource_hub.people import consent


def open_handoff(work: Work, referral_id: str) -> HandoffView:
    """Return a handoff with the packet that the consent covers, and write down who looked at the person's fields.

    Refuses with NotFound outside the actor's scope. Once the consent has ended there is no packet any more.
    """
    view = get_handoff(work, referral_id)
    if not view.consent_holds:
        return view
    zone = calendar_of(work, get_scoped(work, referral_id).referral.market_id).zone
    today, asking = local_date(work.now, zone), _as_recipient(work, view)
    packet = consent.shared_person(asking, view.consent_id, view.organization_id, today)
    return replace(view, packet=packet)


def _as_recipient(work: Work, view: HandoffView) -> Work:
    # What was asked of a record that was merged into their own was shared with them.
    if view.viewer is not ActorKind.RECIPIENT:
        return work
    own = view.organization_id
    return replace(work, actor=replace(work.actor, organization_id=own, care_team_ids=frozenset({own})))
