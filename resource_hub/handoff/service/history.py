"""Writing one row of a handoff's history, and telling the other side."""

from sqlalchemy import update

from resource_hub.accounts import audit, outbox
from resource_hub.accounts.values import AuditEntry
from resource_hub.accounts.work import Work
from resource_hub.core.encryption import Place
from resource_hub.handoff.models import HandoffStatus, Referral
from resource_hub.handoff.service.telling import tell_owner
from resource_hub.handoff.values.asked import Step
from resource_hub.handoff.values.words import ActorKind, Status

_STILL_NEEDS_HELP = frozenset({Status.REJECTED, Status.FAILED})


def append(work: Work, referral: Referral, step: Step, set_as: str) -> None:
    """Append a row to the history, at the position that the referral already counts."""
    row_id = work.new_id()
    comment = step.comment.strip()
    place = Place(HandoffStatus.__tablename__, "sealed_comment", row_id)
    work.session.add(
        HandoffStatus(
            id=row_id,
            referral_id=referral.id,
            position=referral.positions,
            status=step.target,
            reason=step.reason,
            fact=step.fact,
            sealed_comment=work.vault.seal(comment, place) if comment else None,
            at=work.now,
            set_by=work.actor.user_id,
            set_as=set_as,
        )
    )
    work.session.flush()


def tell_other_side(work: Work, referral: Referral, kind: ActorKind, notice: str, key: str) -> None:
    """Queue a notice to the organization unless it acted, and to whoever asked for the handoff unless they did."""
    if kind in {ActorKind.REFERRER, ActorKind.PERSON}:
        outbox.notify_organization(work, referral.organization_id, notice, f"{notice}:{key}", handoff_id=referral.id)
    if kind is not ActorKind.REFERRER and (referral.requested_by or _needs_somebody(referral, notice)):
        tell_owner(work, referral, notice, f"{key}:referrer" if kind is ActorKind.PERSON else key)


def _needs_somebody(referral: Referral, notice: str) -> bool:
    """Tell whether somebody at the desk must act about a handoff that the person asked for alone."""
    return notice == "handoff.message" or (notice == "handoff.moved" and referral.status in _STILL_NEEDS_HELP)


def write_down(work: Work, referral: Referral, action: str, *detail: tuple[str, str]) -> None:
    """Write the audit row; call it last."""
    audit.record(work, AuditEntry(action, "referral", referral.id, detail), market_id=referral.market_id)


def settle(work: Work, referral_ids: list[str]) -> None:
    """Say that nothing more is due about some handoffs."""
    query = update(Referral).where(Referral.id.in_(referral_ids)).values(due_at=None)
    work.session.execute(query.execution_options(synchronize_session="fetch"))
