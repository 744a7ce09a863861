"""One handoff as one side sees it."""

from collections.abc import Iterator

from sqlalchemy import select

from resource_hub.accounts.models import User
from resource_hub.accounts.values import SYSTEM
from resource_hub.accounts.work import Work
from resource_hub.capacity.models import Hold
from resource_hub.capacity.values import HoldState
from resource_hub.core.encryption import Place
from resource_hub.handoff.models import HandoffStatus, Outcome, Referral
from resource_hub.handoff.queries import scope
from resource_hub.handoff.queries.lists import action_of, is_overdue
from resource_hub.handoff.rules.steps import next_steps
from resource_hub.handoff.values.course import Transition
from resource_hub.handoff.values.shown import HandoffView, HistoryStep, OutcomeShown
from resource_hub.handoff.values.words import ActorKind, Experience, NeedMet, Reason, Status, Urgency, YesNo
from resource_hub.inventory.models import Organization, Service, ServiceAtLocation
from resource_hub.screening.rules.sensitive import may_leave


def get_handoff(work: Work, referral_id: str) -> HandoffView:
    """Return a handoff without the person's packet; refuses with NotFound outside the actor's scope.

    An organization sees needs, note, reasons, comments and outcomes only while the consent holds and, for needs and
    note, covers them. A page for people to read uses `service.open_handoff`, which adds the packet and writes down who
    looked.
    """
    scoped = scope.get_scoped(work, referral_id)
    referral, consent = scoped.referral, scoped.consent
    holds = scope.holds(consent, work.now)
    covered = _covered(scoped, consent_holds=holds)
    service, organization = _names(work, referral)
    return HandoffView(
        referral_id=referral.id,
        viewer=scoped.kind,
        person_id=None if scoped.kind is ActorKind.RECIPIENT else referral.person_id,
        service_at_location_id=referral.service_at_location_id,
        service=service,
        organization_id=referral.organization_id,
        organization=organization,
        requested_by=_user_name(work, referral.requested_by) if referral.requested_by else "",
        requested_at=referral.requested_at,
        status=Status(referral.status),
        position=referral.positions,
        urgency=Urgency(referral.urgency),
        due_at=referral.due_at,
        overdue=is_overdue(work, referral),
        time_zone=scope.calendar_of(work, referral.market_id).zone,
        next_action=action_of(work, referral, consent, scoped.kind),
        needs=_needs(scoped, covered),
        note=_note(work, referral) if "note" in covered else "",
        hold_state=_hold_state(work, referral),
        consent_id=consent.id,
        consent_holds=holds,
        consent_expires_at=consent.expires_at,
        shared_fields=tuple(sorted(consent.fields)),
        history=tuple(_history(work, referral, told="story" in covered)),
        outcomes=tuple(_outcomes(work, referral)) if "story" in covered else (),
        steps=_steps(referral, scoped.kind, consent_holds=holds),
        on_behalf_steps=_on_behalf(referral, scoped.kind),
        restricted=referral.restricted,
        appointment_at=referral.appointment_at,
    )


def _covered(scoped: scope.Scoped, *, consent_holds: bool) -> frozenset[str]:
    if scoped.kind is not ActorKind.RECIPIENT:
        return frozenset({"needs", "note", "story"})
    return frozenset({*scoped.consent.fields, "story"}) if consent_holds else frozenset()


def _needs(scoped: scope.Scoped, covered: frozenset[str]) -> tuple[str, ...]:
    if "needs" not in covered:
        return ()
    needs = scoped.referral.needs
    return tuple(needs) if scoped.kind is not ActorKind.RECIPIENT else may_leave(needs, covered)


def _names(work: Work, referral: Referral) -> tuple[str, str]:
    query = (
        select(Service.name, Organization.name)
        .join(ServiceAtLocation, ServiceAtLocation.service_id == Service.id)
        .join(Organization, Organization.id == referral.organization_id)
        .where(ServiceAtLocation.id == referral.service_at_location_id)
    )
    service, organization = work.session.execute(query).one()
    return service, organization


def _note(work: Work, referral: Referral) -> str:
    if referral.sealed_note is None:
        return ""
    return work.vault.open(referral.sealed_note, Place(Referral.__tablename__, "sealed_note", referral.id))


def _hold_state(work: Work, referral: Referral) -> HoldState | None:
    state = work.session.scalar(select(Hold.state).where(Hold.referral_id == referral.id))
    return HoldState(state) if state else None


def _history(work: Work, referral: Referral, *, told: bool) -> Iterator[HistoryStep]:
    query = select(HandoffStatus, User.name).outerjoin(User, User.id == HandoffStatus.set_by)
    rows = work.session.execute(query.where(HandoffStatus.referral_id == referral.id).order_by(HandoffStatus.position))
    for step, who in rows:
        yield HistoryStep(
            position=step.position,
            status=Status(step.status),
            at=step.at,
            who=who or _without_account(work, referral, step.set_as),
            set_as=step.set_as,
            reason=Reason(step.reason) if step.reason and told else None,
            fact=step.fact if told else None,
            comment=_comment(work, step) if told else "",
        )


def _comment(work: Work, step: HandoffStatus) -> str:
    if step.sealed_comment is None:
        return ""
    return work.vault.open(step.sealed_comment, Place(HandoffStatus.__tablename__, "sealed_comment", step.id))


def _outcomes(work: Work, referral: Referral) -> Iterator[OutcomeShown]:
    query = select(Outcome, User.name).outerjoin(User, User.id == Outcome.reported_by)
    for outcome, who in work.session.execute(
        query.where(Outcome.referral_id == referral.id).order_by(Outcome.at, Outcome.id)
    ):
        yield OutcomeShown(
            YesNo(outcome.contacted),
            YesNo(outcome.received),
            NeedMet(outcome.need_met),
            Experience(outcome.experience),
            outcome.reported_as,
            who or _without_account(work, referral, outcome.reported_as),
            outcome.at,
        )


def _without_account(work: Work, referral: Referral, acted_as: str) -> str:
    if acted_as == ActorKind.PERSON:
        return ""
    return _names(work, referral)[1] if acted_as == scope.BY_LINK else SYSTEM.name


def _user_name(work: Work, user_id: str | None) -> str:
    name = work.session.scalar(select(User.name).where(User.id == user_id)) if user_id else None
    return name or SYSTEM.name


def _steps(referral: Referral, kind: ActorKind, *, consent_holds: bool) -> tuple[Transition, ...]:
    if kind is ActorKind.RECIPIENT and not consent_holds:
        return ()
    return tuple(next_steps(Status(referral.status), kind))


def _on_behalf(referral: Referral, kind: ActorKind) -> tuple[Transition, ...]:
    if kind is not ActorKind.REFERRER:
        return ()
    return tuple(next_steps(Status(referral.status), ActorKind.RECIPIENT))
