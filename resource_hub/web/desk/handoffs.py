"""One handoff, as the referrer sees it: where it stands, the next action, what came of it."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from resource_hub.handoff import queries
from resource_hub.handoff.queries.attempts import attempts_of
from resource_hub.handoff.queries.messages import messages_of
from resource_hub.handoff.queries.reasons import must_be_called
from resource_hub.handoff.service.links import open_links
from resource_hub.handoff.service.next_best import proposal_of
from resource_hub.people import consent
from resource_hub.people import queries as people
from resource_hub.web.shared.appointments import AppointmentForm, appointment_file
from resource_hub.web.shared.guards import REFERRER, guarded
from resource_hub.web.shared.handoff_forms import OutcomeForm, StepForm
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.words import options

blueprint = Blueprint("handoffs", __name__, url_prefix="/desk/handoffs/<uuid:referral_id>")


@blueprint.get("")
@guarded(REFERRER)
def show(referral_id: UUID) -> ResponseReturnValue:
    """Show a handoff."""
    return _page(referral_id, StepForm.build(), OutcomeForm.build())


@blueprint.post("/move")
@guarded(REFERRER)
def move(referral_id: UUID) -> ResponseReturnValue:
    """Set the next status, as the referrer or as what the organization said by phone."""
    form = StepForm.build()
    if form.saves(lambda: form.take(referral_id)):
        return _back(referral_id)
    return _page(referral_id, form, OutcomeForm.build()), 422


@blueprint.post("/outcome")
@guarded(REFERRER)
def outcome(referral_id: UUID) -> ResponseReturnValue:
    """Write down what came of it."""
    form = OutcomeForm.build()
    if form.saves(lambda: form.record(referral_id)):
        return _back(referral_id)
    return _page(referral_id, StepForm.build(), form), 422


@blueprint.post("/revoke")
@guarded(REFERRER)
def revoke(referral_id: UUID) -> ResponseReturnValue:
    """Take the consent back: the organization sees nothing of the person from now on."""
    work = current_work()
    view = queries.get_handoff(work, str(referral_id))
    consent.revoke(work, view.consent_id)
    return _back(referral_id)


@blueprint.post("/appointment")
@guarded(REFERRER)
def appointment(referral_id: UUID) -> ResponseReturnValue:
    """Write down when the person is expected."""
    form = AppointmentForm()
    view = queries.get_handoff(current_work(), str(referral_id))
    if form.saves(lambda: form.set(view)):
        return _back(referral_id)
    return _page(referral_id, StepForm.build(), OutcomeForm.build(), form), 422


@blueprint.get("/appointment.ics")
@guarded(REFERRER)
def appointment_as_file(referral_id: UUID) -> ResponseReturnValue:
    """Give the appointment to a calendar."""
    return appointment_file(referral_id)


def _page(
    referral_id: UUID, step_form: StepForm, outcome_form: OutcomeForm, when: AppointmentForm | None = None
) -> str:
    work = current_work()
    view = queries.get_handoff(work, str(referral_id))
    person = people.get_person(work, str(view.person_id))
    return render_template(
        "desk/handoff.html",
        view=view,
        person=person,
        step_form=step_form,
        outcome_form=outcome_form,
        when=when or AppointmentForm(formdata=None),
        attempts=attempts_of(work, view.referral_id),
        messages=messages_of(work, view.referral_id),
        open_links=open_links(work, view.referral_id),
        proposal=proposal_of(work, view.referral_id),
        must_call=view.status == "requested" and must_be_called(work, view.referral_id),
        ways=options("how_given"),
    )


def _back(referral_id: UUID) -> ResponseReturnValue:
    flash(gettext("Saved."))
    return redirect(url_for("handoffs.show", referral_id=referral_id), 303)
