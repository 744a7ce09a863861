"""One handoff, as the organization that was asked sees it: yes or no first."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from resource_hub.core.clock import local_date
from resource_hub.handoff import queries, service
from resource_hub.handoff.queries.attempts import attempts_of
from resource_hub.handoff.queries.messages import messages_of
from resource_hub.inventory.queries.cards import cards
from resource_hub.web.shared.appointments import AppointmentForm, appointment_file
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.guards import PARTNER, guarded
from resource_hub.web.shared.handoff_forms import (
    AttemptForm,
    MessageForm,
    OutcomeForm,
    StepForm,
    forms_of_page,
    saved_or_shown,
)
from resource_hub.web.shared.hub import current_work

blueprint = Blueprint("partner_handoffs", __name__, url_prefix="/partner/handoffs/<uuid:referral_id>")


@blueprint.get("")
@guarded(PARTNER, writes=True, repeats=False)
def show(referral_id: UUID) -> ResponseReturnValue:
    """Show a handoff with what the person agreed to share; that it was opened is written down."""
    return _page(referral_id)


@blueprint.post("/move")
@guarded(PARTNER)
def move(referral_id: UUID) -> ResponseReturnValue:
    """Accept, turn down, or say how it goes."""
    form = StepForm.build()
    return _take(referral_id, form, lambda: form.take(referral_id))


@blueprint.post("/outcome")
@guarded(PARTNER)
def outcome(referral_id: UUID) -> ResponseReturnValue:
    """Say what came of it."""
    form = OutcomeForm.build()
    return _take(referral_id, form, lambda: form.record(referral_id))


@blueprint.post("/appointment")
@guarded(PARTNER)
def appointment(referral_id: UUID) -> ResponseReturnValue:
    """Write down when the person is expected."""
    form = AppointmentForm()
    view = queries.get_handoff(current_work(), str(referral_id))
    return _take(referral_id, form, lambda: form.set(view))


@blueprint.post("/attempts")
@guarded(PARTNER)
def attempt(referral_id: UUID) -> ResponseReturnValue:
    """Write down an attempt to reach the person."""
    form = AttemptForm()
    return _take(referral_id, form, lambda: form.log(referral_id))


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
    return _take(referral_id, form, lambda: form.write(referral_id))


@blueprint.get("/packet")
@guarded(PARTNER, writes=True, repeats=False)
def packet(referral_id: UUID) -> ResponseReturnValue:
    """Show the packet on one page, to print; that it was opened is written down."""
    work = current_work()
    view = service.open_handoff(work, str(referral_id))
    return render_template(
        "partner/packet.html",
        view=view,
        caller=queries.caller_of(work, view) if view.consent_holds else None,
        card=cards(work.session, [view.service_at_location_id])[view.service_at_location_id],
        today=local_date(work.now, view.time_zone),
    )


def _page(referral_id: UUID, refused: Form | None = None) -> str:
    work = current_work()
    view = service.open_handoff(work, str(referral_id))
    return render_template(
        "partner/handoff.html",
        view=view,
        forms=forms_of_page(refused),
        caller=queries.caller_of(work, view) if view.consent_holds else None,
        card=cards(work.session, [view.service_at_location_id])[view.service_at_location_id],
        attempts=attempts_of(work, str(referral_id)),
        messages=messages_of(work, str(referral_id)),
    )


def _take(referral_id: UUID, form: Form, act: Callable[[], object]) -> ResponseReturnValue:
    back_to = url_for("partner_handoffs.show", referral_id=referral_id)
    return saved_or_shown(form, act, lambda refused: _page(referral_id, refused), back_to)
