"""One handoff, as whoever was asked sees it, a partner or the care team; and as a partner sees what they sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from resource_hub.accounts.values import Role
from resource_hub.core.errors import NotFound
from resource_hub.handoff import queries, service
from resource_hub.handoff.queries.attempts import attempts_of
from resource_hub.handoff.queries.caller import Caller
from resource_hub.handoff.queries.messages import MessageShown, messages_of
from resource_hub.handoff.rules.attempts import Attempt
from resource_hub.handoff.values import ActorKind, HandoffView
from resource_hub.inventory.queries.cards import Card, cards
from resource_hub.people import queries as people
from resource_hub.web.shared.appointments import AppointmentForm, appointment_file
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.guards import Policy, guarded
from resource_hub.web.shared.handoff_forms import AttemptForm, MessageForm, OutcomeForm, StepForm
from resource_hub.web.shared.hub import current_work

_ACTS = ("move", "outcome", "appointment", "appointment_as_file", "attempts", "messages")


def pages_for(name: str, prefix: str, policy: Policy) -> Blueprint:
    """Return the pages of one handoff for one kind of user, under an address of theirs."""
    pages = Blueprint(name, __name__, url_prefix=f"{prefix}/<uuid:referral_id>")
    pages.get("")(guarded(policy, writes=True, repeats=False)(show))
    pages.get("/appointment.ics")(guarded(policy)(appointment_as_file))
    for view in (move, outcome, appointment, attempts, messages):
        pages.post(f"/{view.__name__}")(guarded(policy)(view))
    return pages


def show(referral_id: UUID) -> ResponseReturnValue:
    """Show a handoff with what the person agreed to share; that it was opened is written down."""
    return _page(referral_id, StepForm.build(), OutcomeForm.build())


def move(referral_id: UUID) -> ResponseReturnValue:
    """Accept, turn down, or say how it goes."""
    form = StepForm.build()
    if form.saves(lambda: form.take(referral_id)):
        return _back(referral_id)
    return _page(referral_id, form, OutcomeForm.build()), 422


def outcome(referral_id: UUID) -> ResponseReturnValue:
    """Say what came of it."""
    form = OutcomeForm.build()
    if form.saves(lambda: form.record(referral_id)):
        return _back(referral_id)
    return _page(referral_id, StepForm.build(), form), 422


def appointment(referral_id: UUID) -> ResponseReturnValue:
    """Write down when the person is expected."""
    form = AppointmentForm()
    view = queries.get_handoff(current_work(), str(referral_id))
    if form.saves(lambda: form.set(view)):
        return _back(referral_id)
    return _page(referral_id, StepForm.build(), OutcomeForm.build(), when=form), 422


def attempts(referral_id: UUID) -> ResponseReturnValue:
    """Write down an attempt to reach the person."""
    form = AttemptForm()
    if form.saves(lambda: form.log(referral_id)):
        return _back(referral_id)
    return _page(referral_id, StepForm.build(), OutcomeForm.build(), form), 422


def appointment_as_file(referral_id: UUID) -> ResponseReturnValue:
    """Give the appointment to a calendar."""
    return appointment_file(referral_id)


def messages(referral_id: UUID) -> ResponseReturnValue:
    """Ask the referrer, or answer."""
    form = MessageForm()
    if form.saves(lambda: form.write(referral_id)):
        return _back(referral_id)
    return _page(referral_id, StepForm.build(), OutcomeForm.build(), form), 422


@dataclass(frozen=True)
class _Forms:
    """The forms of the page; the one that was refused keeps what was typed."""

    step: StepForm
    outcome: OutcomeForm
    contact: Form | None
    when: AppointmentForm


@dataclass(frozen=True)
class _Received:
    """What a recipient's page shows; `at` are the addresses of its acts, `has_rooms` where they say what is free."""

    view: HandoffView
    forms: _Forms
    caller: Caller | None
    card: Card
    attempts: Sequence[Attempt]
    messages: Sequence[MessageShown]
    at: Mapping[str, str]
    has_rooms: bool


def _page(
    referral_id: UUID,
    step_form: StepForm,
    outcome_form: OutcomeForm,
    contact_form: Form | None = None,
    when: AppointmentForm | None = None,
) -> str:
    """Show a handoff to the viewer's side; the desk has a page of its own for what it sent."""
    work = current_work()
    forms = _Forms(step_form, outcome_form, contact_form, when or AppointmentForm(formdata=None))
    view = queries.get_handoff(work, str(referral_id))
    if view.viewer is ActorKind.RECIPIENT:
        return _received(service.open_handoff(work, view.referral_id), forms)
    if work.actor.role is not Role.PARTNER:
        raise NotFound(gettext("There is no such handoff."))
    return _sent(view, forms)


def _received(view: HandoffView, forms: _Forms) -> str:
    work = current_work()
    is_partner = work.actor.role is Role.PARTNER
    page = _Received(
        view=view,
        forms=forms,
        caller=queries.caller_of(work, view) if view.consent_holds else None,
        card=cards(work.session, [view.service_at_location_id])[view.service_at_location_id],
        attempts=attempts_of(work, view.referral_id),
        messages=messages_of(work, view.referral_id),
        at={name: url_for(f".{name}", referral_id=view.referral_id) for name in _ACTS},
        has_rooms=is_partner,
    )
    if is_partner:
        return render_template("partner/handoff.html", page=page)
    return render_template("desk/received_handoff.html", page=page)


def _sent(view: HandoffView, forms: _Forms) -> str:
    work = current_work()
    return render_template(
        "partner/sent_handoff.html",
        view=view,
        person=people.get_person(work, str(view.person_id)),
        code=service.code_for_paper(work, view.referral_id),
        step_form=forms.step,
        outcome_form=forms.outcome,
        contact_form=forms.contact,
        attempts=attempts_of(work, view.referral_id),
        messages=messages_of(work, view.referral_id),
    )


def _back(referral_id: UUID) -> ResponseReturnValue:
    flash(gettext("Saved."))
    return redirect(url_for(".show", referral_id=referral_id), 303)
