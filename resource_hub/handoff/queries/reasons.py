"""Why handoffs are on the referrer's list: what is known about each, in a few queries for all."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, select

from resource_hub.accounts.models import Notice
from resource_hub.accounts.work import Work
from resource_hub.handoff.models import ContactAttempt, HandoffMessage, HandoffStatus, NextBest, Referral
from resource_hub.handoff.queries import scope
from resource_hub.handoff.queries.attempts import attempts_by_handoff
from resource_hub.handoff.rules.attempts import out_of_reach
from resource_hub.handoff.rules.today import URGENCY_ORDER, Known, Why, why
from resource_hub.handoff.values.words import ActorKind, Status
from resource_hub.people.models import ConsentRecord

# As the sender of notices marks one that it has nowhere to send to.
_NO_ADDRESS = "no_address"


def most_urgent_first(work: Work) -> Sequence[ColumnElement[int]]:
    """Return what the list is ordered by, before its due times."""
    late = case((Referral.due_at <= work.now, 0), else_=1)
    urgency = case({code.value: rank for code, rank in URGENCY_ORDER.items()}, value=Referral.urgency, else_=2)
    return late, urgency


def whys(work: Work, rows: Sequence[tuple[Referral, ConsentRecord]]) -> Mapping[str, Why]:
    """Return why each handoff is on the list."""
    ids = [referral.id for referral, _consent in rows]
    attempts, unreachable = attempts_by_handoff(work, ids), _unreachable(work, ids)
    asking = asked_by(work, ids, ActorKind.RECIPIENT)
    heard, proposed = _heard(work, ids), _proposed(work, ids)
    return {
        referral.id: why(
            Known(
                status=Status(referral.status),
                overdue=referral.due_at is not None and referral.due_at <= work.now,
                consent_holds=scope.holds(consent, work.now),
                heard_at=heard.get(referral.id),
                out_of_reach=out_of_reach(attempts.get(referral.id, ())),
                asks=referral.id in asking,
                unreachable=referral.id in unreachable,
                has_next=referral.id in proposed,
            ),
            work.now,
        )
        for referral, consent in rows
    }


def must_be_called(work: Work, referral_id: str) -> bool:
    """Tell whether the organization was asked in vain: it has no address and no number for texts."""
    return bool(_unreachable(work, [referral_id]))


def _heard(work: Work, ids: Sequence[str]) -> Mapping[str, datetime]:
    found: dict[str, datetime] = {}
    for table, at, said_as in (
        (HandoffStatus, HandoffStatus.at, HandoffStatus.set_as),
        (ContactAttempt, ContactAttempt.at, ContactAttempt.made_as),
        (HandoffMessage, HandoffMessage.at, HandoffMessage.written_as),
    ):
        query = select(table.referral_id, func.max(at)).where(
            table.referral_id.in_(ids), said_as.like(f"{ActorKind.RECIPIENT}%")
        )
        for referral_id, last in work.session.execute(query.group_by(table.referral_id)):
            found[referral_id] = max(found.get(referral_id, last), last)
    return found


def asked_by(work: Work, ids: Sequence[str], side: ActorKind) -> frozenset[str]:
    """Return the handoffs in which a side wrote the last message, and so waits for an answer."""
    query = select(HandoffMessage.referral_id, HandoffMessage.written_as).where(HandoffMessage.referral_id.in_(ids))
    last = dict(work.session.execute(query.order_by(HandoffMessage.at, HandoffMessage.id)).all())
    return frozenset(one for one, written_as in last.items() if written_as.startswith(side))


def _unreachable(work: Work, ids: Sequence[str]) -> frozenset[str]:
    query = select(Notice.handoff_id).where(
        Notice.handoff_id.in_(ids), Notice.last_error == _NO_ADDRESS, Notice.delivered_at.is_(None)
    )
    return frozenset(one for one in work.session.scalars(query) if one)


def _proposed(work: Work, ids: Sequence[str]) -> frozenset[str]:
    return frozenset(work.session.scalars(select(NextBest.referral_id).where(NextBest.referral_id.in_(ids))))
