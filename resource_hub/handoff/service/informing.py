"""Two smaller acts: telling a person about a service without asking anybody, and writing down an appointment."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from resource_hub.accounts import audit
from resource_hub.accounts.values import AuditEntry
from resource_hub.accounts.work import Work
from resource_hub.core.codes import check_need
from resource_hub.core.errors import Fault, NotFound
from resource_hub.core.language import marked as _
from resource_hub.handoff.errors import BadRequest, StepRefused
from resource_hub.handoff.models import InformationGiven
from resource_hub.handoff.service import history
from resource_hub.handoff.service.moving import get_workable
from resource_hub.handoff.values.words import OPEN
from resource_hub.inventory.models import ServiceAtLocation
from resource_hub.people import queries as people

FURTHEST = timedelta(days=366)


def inform(work: Work, person_id: str, service_at_location_id: str, needs: Sequence[str]) -> str:
    """Write down that a person was told about a service, and nobody was asked for anything; return its id.

    Nothing is shared and no place is kept, so it needs no consent and nothing is due. Refuses with NotFound outside the
    actor's markets, with BadRequest without a need.
    """
    person = people.get_record(work, person_id)
    there = work.session.get(ServiceAtLocation, service_at_location_id)
    if there is None or there.market_id != person.market_id:
        raise NotFound(_("There is no such service here."))
    codes = list(dict.fromkeys(map(check_need, needs)))
    if not codes:
        text = _("Choose what the person wants help with.")
        raise BadRequest(text, faults=(Fault("needs", "missing", text),))
    given = InformationGiven(
        id=work.new_id(),
        market_id=person.market_id,
        person_id=person.id,
        service_at_location_id=there.id,
        needs=codes,
        given_by=work.actor.user_id,
        given_at=work.now,
    )
    work.session.add(given)
    work.session.flush()
    entry = AuditEntry("information.given", "information_given", given.id)
    audit.record(work, entry, market_id=person.market_id)
    return given.id


def set_appointment(work: Work, referral_id: str, at: datetime | None) -> None:
    """Write down when the person is expected (UTC), or that there is no appointment any more.

    Refuses with NotFound as `move` does, with no_appointment_now for a handoff that is over, with BadRequest for a time
    that is past or more than a year away.
    """
    with work.session.begin_nested():
        scoped = get_workable(work, referral_id)
        referral = scoped.referral
        if referral.status not in OPEN:
            raise StepRefused(_("This handoff is over. It has no appointment."), code="no_appointment_now")
        if at is not None and not work.now <= at <= work.now + FURTHEST:
            text = _("Choose a time from now to a year from now.")
            raise BadRequest(text, faults=(Fault("at", "out_of_range", text),))
        referral.appointment_at = at
        work.session.flush()
        key = f"{referral.id}:{work.now.isoformat()}"
        history.tell_other_side(work, referral, scoped.kind, "handoff.appointment", key)
        history.write_down(work, referral, "handoff.appointment_set")
