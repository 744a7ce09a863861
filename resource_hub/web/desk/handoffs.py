"""One handoff, as the referrer sees it: where it stands, the next action, what came of it."""

from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from resource_hub.handoff import queries
from resource_hub.people import consent
from resource_hub.web.desk.handoff_page import page, take
from resource_hub.web.shared.appointments import AppointmentForm, appointment_file
from resource_hub.web.shared.guards import REFERRER, guarded
from resource_hub.web.shared.handoff_forms import OutcomeForm, StepForm
from resource_hub.web.shared.hub import current_work

blueprint = Blueprint("handoffs", __name__, url_prefix="/desk/handoffs/<uuid:referral_id>")


@blueprint.get("")
@guarded(REFERRER)
def show(referral_id: UUID) -> ResponseReturnValue:
    """Show a handoff."""
    return page(referral_id)


@blueprint.post("/move")
@guarded(REFERRER)
def move(referral_id: UUID) -> ResponseReturnValue:
    """Set the next status, as the referrer or as what the organization said by phone."""
    form = StepForm.build()
    return take(referral_id, form, lambda: form.take(referral_id))


@blueprint.post("/outcome")
@guarded(REFERRER)
def outcome(referral_id: UUID) -> ResponseReturnValue:
    """Write down what came of it."""
    form = OutcomeForm.build()
    return take(referral_id, form, lambda: form.record(referral_id))


@blueprint.post("/revoke")
@guarded(REFERRER)
def revoke(referral_id: UUID) -> ResponseReturnValue:
    """Take the consent back: the organization sees nothing of the person from now on."""
    work = current_work()
    view = queries.get_handoff(work, str(referral_id))
    consent.revoke(work, view.consent_id)
    flash(gettext("Saved."))
    return redirect(url_for("handoffs.show", referral_id=referral_id), 303)


@blueprint.post("/appointment")
@guarded(REFERRER)
def appointment(referral_id: UUID) -> ResponseReturnValue:
    """Write down when the person is expected."""
    form = AppointmentForm()
    view = queries.get_handoff(current_work(), str(referral_id))
    return take(referral_id, form, lambda: form.set(view))


@blueprint.get("/appointment.ics")
@guarded(REFERRER)
def appointment_as_file(referral_id: UUID) -> ResponseReturnValue:
    """Give the appointment to a calendar."""
    return appointment_file(current_work(), str(referral_id))
