"""One handoff, as the organization that was asked sees it: yes or no first."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from resource_hub.handoff import queries, service
from resource_hub.handoff.queries.attempts import attempts_of
from resource_hub.handoff.queries.messages import messages_of
from resource_hub.inventory.queries.cards import cards
from resource_hub.web.shared.appointments import AppointmentForm, appointment_file
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.guards import PARTNER, guarded
from resource_hub.web.shared.handoff_forms import AttemptForm, MessageForm, OutcomeForm, StepForm
from resource_hub.web.shared.hub import current_work

blueprint = Blueprint("partner_handoffs", __name__, url_prefix="/partner/handoffs/<uuid:referral_id>")


@blueprint.get("")
@guarded(PARTNER, writes=True, repeats=False)
def show(referral_id: UUID) -> ResponseReturnValue:
    """Show a handoff with what the person agreed to share; that it was opened is written down."""
    return _page(referral_id, StepForm.build(), OutcomeForm.build())


@blueprint.post("/move")
@guarded(PARTNER)
def move(referral_id: UUID) -> ResponseReturnValue:
    """Accept, turn down, or say how it goes."""
    form = StepForm.build()
    if form.saves(lambda: form.take(referral_id)):
        return _back(referral_id)
    return _page(referral_id, form, OutcomeForm.build()), 422


@blueprint.post("/outcome")
@guarded(PARTNER)
def outcome(referral_id: UUID) -> ResponseReturnValue:
    """Say what came of it."""
    form = OutcomeForm.build()
    if form.saves(lambda: form.record(referral_id)):
        return _back(referral_id)
    return _page(referral_id, StepForm.build(), form), 422


@blueprint.post("/appointment")
@guarded(PARTNER)
def appointment(referral_id: UUID) -> ResponseReturnValue:
    """Write down when the person is expected."""
    form = AppointmentForm()
    view = queries.get_handoff(current_work(), str(referral_id))
    if form.saves(lambda: form.set(view)):
        return _back(referral_id)
    return _page(referral_id, StepForm.build(), OutcomeForm.build(), when=form), 422


@blueprint.post("/attempts")
@guarded(PARTNER)
def attempt(referral_id: UUID) -> ResponseReturnValue:
    """Write down an attempt to reach the person."""
    form = AttemptForm()
    if form.saves(lambda: form.log(referral_id)):
        return _back(referral_id)
    return _page(referral_id, StepForm.build(), OutcomeForm.build(), form), 422


@blueprint.get("/appointment.ics")
@guarded(PARTNER)
def appointment_as_file(referral_id: UUID) -> ResponseReturnValue:
    """Give the appointment to a calendar."""
    return appointment_file(referral_id)


@blueprint.post("/messages")
@guarded(PARTNER)
def message(referral_id: UUID) -> ResponseReturnValue:
    """Ask the referrer, or answer."""
    form = MessageForm()
    if form.saves(lambda: form.write(referral_id)):
        return _back(referral_id)
    return _page(referral_id, StepForm.build(), OutcomeForm.build(), form), 422


def _page(
    referral_id: UUID,
    step_form: StepForm,
    outcome_form: OutcomeForm,
    contact_form: Form | None = None,
    when: AppointmentForm | None = None,
) -> str:
    work = current_work()
    view = service.open_handoff(work, str(referral_id))
    return render_template(
        "partner/handoff.html",
        view=view,
        step_form=step_form,
        outcome_form=outcome_form,
        when=when or AppointmentForm(formdata=None),
        caller=queries.caller_of(work, view) if view.consent_holds else None,
        card=cards(work.session, [view.service_at_location_id])[view.service_at_location_id],
        contact_form=contact_form,
        attempts=attempts_of(work, str(referral_id)),
        messages=messages_of(work, str(referral_id)),
    )


def _back(referral_id: UUID) -> ResponseReturnValue:
    flash(gettext("Saved."))
    return redirect(url_for("partner_handoffs.show", referral_id=referral_id), 303)
