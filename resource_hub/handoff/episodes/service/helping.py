"""Handoffs that are asked for to close gaps."""

from collections.abc import Sequence

from sqlalchemy import select

from resource_hub.accounts import audit
from resource_hub.accounts.values import AuditEntry
from resource_hub.accounts.work import Work
from resource_hub.core.db import insert_new
from resource_hub.handoff.episodes.models import GapHandoff
from resource_hub.handoff.episodes.queries.helping import open_gaps_of_person
from resource_hub.handoff.episodes.rules.helping import serves
from resource_hub.handoff.models import Referral
from resource_hub.handoff.queries.scope import sent_by
from resource_hub.handoff.values.words import OPEN


def link_handoffs(
    work: Work, person_id: str, referral_ids: Sequence[str], named: str = "", instead_of: str = ""
) -> int:
    """Link handoffs that were just asked for to the open gaps that they serve; return how many links are new.

    `named` is the gap that help was looked for from: it is served also where it stands for no need, and so are the gaps
    of the handoff `instead_of` which these were asked for. Without an open episode nothing is linked. Refuses with
    NotFound for a person outside the actor's scope.
    """
    with work.session.begin_nested():
        gaps = open_gaps_of_person(work, person_id)
        earlier = select(GapHandoff.gap_id).where(GapHandoff.referral_id == instead_of)
        meant = {named, *work.session.scalars(earlier)} if gaps else set()
        mine = select(Referral).where(Referral.id.in_(referral_ids), Referral.person_id == person_id)
        new = sum(
            insert_new(work.session, GapHandoff, {"gap_id": gap.id, "referral_id": referral.id})
            for referral in work.session.scalars(mine.where(sent_by(work.actor)).order_by(Referral.id))
            for gap in gaps
            if serves(gap.code, referral.needs, is_named=gap.id in meant)
        )
        if new:
            entry = AuditEntry("episode.gap_handed_off", "episode", gaps[0].episode_id, (("links", str(new)),))
            audit.record(work, entry, market_id=gaps[0].market_id)
    return new


def link_running(work: Work, person_id: str, gap_id: str, code: str) -> None:
    """Link the open handoffs of a person, sent by the desk, to a gap that was just opened and that they serve.

    Also those of which the actor may not know: who reads the gap sees of them no more than they may.
    """
    query = select(Referral).where(
        Referral.person_id == person_id, Referral.sending_organization_id.is_(None), Referral.status.in_(OPEN)
    )
    for referral in work.session.scalars(query.order_by(Referral.id)):
        if serves(code, referral.needs, is_named=False):
            insert_new(work.session, GapHandoff, {"gap_id": gap_id, "referral_id": referral.id})
