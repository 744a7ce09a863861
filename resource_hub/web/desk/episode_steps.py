"""Where the one action of a step is, and episodes as the desk's first page lists them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from flask import url_for
from flask_babel import gettext, ngettext

from resource_hub.handoff.episodes.values.shown import EpisodeRow
from resource_hub.handoff.episodes.values.words import ContactKind, EpisodeStep
from resource_hub.handoff.values.shown import InboxRow, WorklistRow
from resource_hub.handoff.values.words import Urgency
from resource_hub.web.shared.words import words

_ACT_OF = {
    EpisodeStep.DISCHARGE: "discharge",
    EpisodeStep.ASSESSMENT: "assessment",
    EpisodeStep.DOCTOR_VISIT: "doctor",
    EpisodeStep.CLOSE: "close",
}

_CONTACTS = frozenset(kind.value for kind in ContactKind)


@dataclass(frozen=True)
class DueWork:
    """Something that is due, a handoff's or an episode's: about whom, what, why, and where its one action is.

    `person_id` is None where the desk has no record of the person: a partner sent them. Only a handoff that the desk
    sent has a `referral_id`: it can be put off.
    """

    person_id: str | None
    person_name: str = field(repr=False)
    service: str
    organization: str
    why: str
    urgency: Urgency
    due_at: datetime | None
    overdue: bool
    time_zone: str
    action: str
    address: str
    referral_id: str | None = None


def action_address(episode_id: str, person_id: str, step: EpisodeStep) -> str:
    """Return the address of the page on which a step is done."""
    if step is EpisodeStep.RESCREEN:
        return url_for("screening.start", person_id=person_id)
    if step in _ACT_OF:
        return url_for("episodes.form", episode_id=episode_id, act=_ACT_OF[step])
    kind = step.value if step.value in _CONTACTS else ContactKind.FOLLOW_UP
    return url_for("episodes.form", episode_id=episode_id, act="contact", kind=kind)


def due_work(
    handoffs: Iterable[WorklistRow], episodes: Iterable[EpisodeRow], received: Iterable[InboxRow] = ()
) -> list[DueWork]:
    """Return the lists as one: what is overdue at the top, then what is urgent, then by when it is due.

    Of what was `received` only what is late: the rest has a list of its own.
    """
    late = (row for row in received if row.overdue)
    rows = [*map(_of_handoff, handoffs), *_of_episodes(episodes), *map(_of_received, late)]
    return sorted(
        rows, key=lambda row: (not row.overdue, row.urgency is not Urgency.URGENT, row.due_at is None, row.due_at)
    )


def of_gaps(row: EpisodeRow) -> list[str]:
    """Return what came of the handoffs of an episode's open gaps, where it asks for something."""
    said = []
    if row.gaps_without_help:
        said.append(
            ngettext(
                "For %(num)s gap the handoff ended without help: find other help.",
                "For %(num)s gaps the handoffs ended without help: find other help.",
                row.gaps_without_help,
            )
        )
    if row.gaps_helped:
        said.append(
            ngettext(
                "%(num)s gap can be closed: they got the help.",
                "%(num)s gaps can be closed: they got the help.",
                row.gaps_helped,
            )
        )
    return said


def _of_handoff(row: WorklistRow) -> DueWork:
    return DueWork(
        person_id=row.person_id,
        person_name=row.person_name,
        service=row.service,
        organization=row.organization,
        why=_why(row),
        urgency=row.urgency,
        due_at=row.due_at,
        overdue=row.overdue,
        time_zone=row.time_zone,
        action=words(row.next_action, "next_action"),
        address=url_for("handoffs.show", referral_id=row.referral_id),
        referral_id=row.referral_id,
    )


def _of_received(row: InboxRow) -> DueWork:
    return DueWork(
        person_id=None,
        person_name=row.person_name or gettext("Somebody"),
        service=row.service,
        organization=gettext("Sent to you"),
        why=f"{words(row.status, 'status')}: {words(row.why, 'why_received')}",
        urgency=row.urgency,
        due_at=row.due_at,
        overdue=row.overdue,
        time_zone=row.time_zone,
        action=words(row.next_action, "next_action"),
        address=url_for("received_handoff.show", referral_id=row.referral_id),
    )


def _why(row: WorklistRow) -> str:
    status = words(row.status, "status")
    return status if row.why == "next" else f"{status}: {words(row.why, 'why')}"


def _of_episodes(rows: Iterable[EpisodeRow]) -> Iterator[DueWork]:
    for row in rows:
        if row.next_step:
            yield DueWork(
                person_id=row.person_id,
                person_name=row.person_name,
                service=gettext("Episode"),
                organization=words(row.next_step, "episode_step"),
                why=" ".join([words(row.next_step, "episode_why"), *of_gaps(row)]),
                # The first call is what the model stands on: a person who is just home.
                urgency=Urgency.URGENT if row.next_step is EpisodeStep.TWO_DAY_CALL else Urgency.ROUTINE,
                due_at=row.due_at,
                overdue=row.overdue,
                time_zone=row.time_zone,
                action=words(row.next_step, "episode_action"),
                address=action_address(row.episode_id, row.person_id, row.next_step),
            )
