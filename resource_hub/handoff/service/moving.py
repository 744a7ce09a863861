"""Moving a handoff from one status to the next."""

from sqlalchemy import CursorResult, exists, select, update

from resource_hub.accounts.work import Work
from resource_hub.capacity import queries as rooms
from resource_hub.capacity import service as capacity
from resource_hub.capacity.values import CapacityStatus, NoCapacity, Statement
from resource_hub.core.errors import Fault, NotFound
from resource_hub.core.language import marked as _
from resource_hub.handoff.errors import BadRequest, ChangedMeanwhile, NoRoom, StepRefused
from resource_hub.handoff.models import Outcome, Referral
from resource_hub.handoff.queries import scope
from resource_hub.handoff.queries.reported import SAYS_SOMETHING
from resource_hub.handoff.rules import steps
from resource_hub.handoff.service import history
from resource_hub.handoff.values.asked import LONGEST_TEXT, Step
from resource_hub.handoff.values.course import NotPossible, Standing
from resource_hub.handoff.values.words import ActorKind, Reason, Status, Urgency
from resource_hub.inventory.service.proposing import propose_rule
from resource_hub.matching.learning import learn, learn_answer

ON_BEHALF = "recipient-by-referrer"
_SECONDS_AN_HOUR = 3600
_GIVES_PLACE_BACK = frozenset({Status.REJECTED, Status.CANCELLED, Status.FAILED, Status.ENTERED_IN_ERROR})


def move(
    work: Work,
    referral_id: str,
    target: Status,
    reason: Reason | None = None,
    comment: str | None = None,
    expected_position: int | None = None,
    *,
    on_behalf: bool = False,
    fact: str | None = None,
) -> None:
    """Set the next status of a handoff. Nothing is written when it refuses.

    `expected_position` is the newest row of the history that the actor saw. `on_behalf` is a referrer who writes down
    what the organization answered by phone or fax. `fact` is which one "not eligible" is about, where it is known: the
    steward gets it as a suggestion. Refuses with NotFound outside the actor's scope, and for an
    organization whose consent has ended; with changed_meanwhile when somebody else was first; with the name of the
    rule where the table of steps says no.
    """
    step = Step(target, reason, comment or "", fact)
    if len(step.comment) > LONGEST_TEXT:
        text = _("Write at most 2000 characters.")
        raise BadRequest(text, faults=(Fault("comment", "too_long", text),))
    with work.session.begin_nested():
        scoped = get_workable(work, referral_id)
        referral, for_recipient = scoped.referral, on_behalf and scoped.kind is ActorKind.REFERRER
        if expected_position not in {None, referral.positions}:
            raise ChangedMeanwhile(_CHANGED)
        decided_as = ActorKind.RECIPIENT if for_recipient else scoped.kind
        take_step(
            work,
            referral,
            step,
            scoped.kind,
            decided_as,
            ON_BEHALF if for_recipient else scope.acting_as(work.actor, scoped.kind),
        )


def take_step(
    work: Work,
    referral: Referral,
    step: Step,
    kind: ActorKind,
    decided_as: ActorKind | None = None,
    set_as: str | None = None,
) -> None:
    """Take a step if the table allows it to one side; `decided_as` and `set_as` are `kind` unless said otherwise.

    Refuses with the name of the rule and with changed_meanwhile. The caller has made sure that the handoff is theirs.
    """
    decision = steps.decide(Status(referral.status), decided_as or kind, step)
    if isinstance(decision, NotPossible):
        raise StepRefused(decision.text, code=decision.rule)
    _advance(work, referral, step.target)
    history.append(work, referral, step, set_as or kind)
    _change_place(work, referral, step)
    _learn(work, referral, step)
    # A suggestion to the stewards would tell that somebody was sent there.
    if step.fact and not referral.restricted:
        propose_rule(work, referral.service_at_location_id, step.fact)
    key = f"{referral.id}:{referral.positions}"
    history.tell_other_side(work, referral, kind, "handoff.moved", key)
    history.write_down(work, referral, "handoff.moved", ("to", step.target), ("as", set_as or kind))


def get_workable(work: Work, referral_id: str) -> scope.Scoped:
    """Return a handoff that the actor may change; refuses with NotFound, also once an organization's consent ended."""
    scoped = scope.get_scoped(work, referral_id)
    if scoped.kind is ActorKind.RECIPIENT and not scope.holds(scoped.consent, work.now):
        raise NotFound(_("The person’s consent has ended. Nothing was changed. Call whoever sent this request."))
    return scoped


def _advance(work: Work, referral: Referral, target: Status) -> None:
    known = work.session.scalar(select(exists().where(Outcome.referral_id == referral.id, SAYS_SOMETHING)))
    standing = Standing(target, work.now, Urgency(referral.urgency), outcome_known=bool(known))
    query = (
        update(Referral)
        .where(Referral.id == referral.id, Referral.positions == referral.positions)
        .values(
            positions=referral.positions + 1,
            status=target,
            due_at=scope.calendar_of(work, referral.market_id).due_at(standing),
        )
    )
    # "evaluate" also sets the loaded record, and takes that back with the savepoint.
    done = work.session.execute(query.execution_options(synchronize_session="evaluate"))
    if not isinstance(done, CursorResult) or done.rowcount != 1:
        raise ChangedMeanwhile(_CHANGED)


def _change_place(work: Work, referral: Referral, step: Step) -> None:
    if step.target is Status.REQUESTED:
        until = scope.calendar_of(work, referral.market_id).hold_until(work.now)
        if isinstance(capacity.hold(work, referral.id, referral.service_at_location_id, until), NoCapacity):
            raise NoRoom(_("This service has no room now. Choose another one."))
    elif step.target is Status.ACCEPTED:
        capacity.use(work, referral.id)
    elif step.target in _GIVES_PLACE_BACK:
        capacity.release(work, referral.id)
    if step.target is Status.REJECTED and step.reason is Reason.AT_CAPACITY:
        room = rooms.find_room(work.session, referral.service_at_location_id)
        full = Statement(CapacityStatus.NO_CAPACITY, maximum=room.maximum if room else None, source="handoff")
        capacity.state_capacity(work, referral.service_at_location_id, full)


def _learn(work: Work, referral: Referral, step: Step) -> None:
    accepted = steps.answer_of(step)
    # What is learnt of a service stands in lists for everybody: a restricted handoff leaves no trace there.
    if referral.restricted:
        return
    if accepted is not None:
        learn(work, referral.service_at_location_id, referral.market_id, referral.needs, accepted=accepted)
    if step.target in {Status.ACCEPTED, Status.REJECTED}:
        hours = (work.now - referral.requested_at).total_seconds() / _SECONDS_AN_HOUR
        learn_answer(work, referral.service_at_location_id, referral.market_id, referral.needs, hours=hours)


_CHANGED = _("Somebody else changed this handoff in the meantime. Look at it again.")
