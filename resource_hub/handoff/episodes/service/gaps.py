"""Gaps: opened from needs, risks, the assessment or by hand; each closed with how."""

from sqlalchemy import select

from resource_hub.accounts.work import Work
from resource_hub.core.codes import NEEDS
from resource_hub.core.errors import Fault, NotFound
from resource_hub.core.language import marked as _
from resource_hub.handoff.episodes.errors import GapClosed
from resource_hub.handoff.episodes.models import Episode, EpisodeGap
from resource_hub.handoff.episodes.queries.scope import opened
from resource_hub.handoff.episodes.rules.acts import faults_of_text
from resource_hub.handoff.episodes.service.helping import link_running
from resource_hub.handoff.episodes.service.writing import refuse, seal, settle, take
from resource_hub.handoff.episodes.values.asked import NewGap
from resource_hub.handoff.episodes.values.words import DOMAINS, GapEnd, GapSource
from resource_hub.screening.service.needs import mark_needs

OTHER = "other"
_MEETS_NEED = frozenset({GapEnd.HELPED, GapEnd.SOLVED_ALONE})


def open_gap(work: Work, episode_id: str, new: NewGap) -> str:
    """Open a gap; one that is open already for the same need or domain stays the only one. Return its id.

    Refuses with NotFound, episode_closed, and bad_episode where the code is unknown or a gap by hand has no words.
    """
    with work.session.begin_nested():
        taken = take(work, episode_id)
        faults = [*faults_of_text("what", new.what), *faults_of_text("closes", new.closes)]
        if new.code not in {*NEEDS, *DOMAINS, OTHER}:
            faults.append(Fault("code", "invalid", _("Choose what is missing.")))
        elif new.code == OTHER and not new.what.strip():
            faults.append(Fault("what", "missing", _("Write what is missing.")))
        refuse(faults)
        gap_id = add_gap(work, taken.record, new)
        settle(work, taken.record, "episode.gap_opened", ("source", new.source))
    return gap_id


def close_gap(work: Work, episode_id: str, gap_id: str, how: GapEnd, note: str = "") -> None:
    """Close a gap with how it was closed; where that is help, the need that it stands for is met.

    Refuses with NotFound, episode_closed, gap_closed and bad_episode.
    """
    with work.session.begin_nested():
        taken = take(work, episode_id)
        gap = work.session.get(EpisodeGap, gap_id, populate_existing=True)
        if gap is None or gap.episode_id != taken.record.id:
            raise NotFound(_("There is no such gap."))
        if gap.closed_at is not None:
            raise GapClosed(_("This gap was closed in the meantime."))
        refuse(faults_of_text("note", note))
        gap.closed_at, gap.closed_as, gap.closed_by = work.now, how, work.actor.user_id
        seal(work, gap, "sealed_close_note", note)
        code = opened(work, gap, "sealed_code")
        if how in _MEETS_NEED and code in NEEDS:
            mark_needs(work, taken.record.person_id, {code}, is_met=True)
        settle(work, taken.record, "episode.gap_closed", ("as", how))


def add_gap(work: Work, record: Episode, new: NewGap) -> str:
    """Add a gap unless one is open for the same need or domain; return the id of the one there is."""
    if new.code != OTHER:
        query = select(EpisodeGap).where(EpisodeGap.episode_id == record.id, EpisodeGap.closed_at.is_(None))
        for gap in work.session.scalars(query):
            if opened(work, gap, "sealed_code") == new.code:
                return gap.id
    gap = EpisodeGap(
        id=work.new_id(),
        episode_id=record.id,
        source=GapSource(new.source),
        opened_at=work.now,
        opened_by=work.actor.user_id,
    )
    for column, text in (("sealed_code", new.code), ("sealed_what", new.what), ("sealed_closes", new.closes)):
        seal(work, gap, column, text)
    work.session.add(gap)
    work.session.flush()
    link_running(work, record.person_id, gap.id, new.code)
    return gap.id
