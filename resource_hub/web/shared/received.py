"""One handoff, as whoever was asked sees it, a partner or the care team; and as a partner sees what they sent."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from resource_hub.accounts.values import Role
from resource_hub.accounts.work import Work
from resource_hub.core.clock import local_date
from resource_hub.core.errors import NotFound
from resource_hub.handoff import queries, service
from resource_hub.handoff.queries.attempts import attempts_of
from resource_hub.handoff.queries.messages import messages_of
from resource_hub.handoff.values.shown import HandoffView
from resource_hub.handoff.values.words import ActorKind
from resource_hub.inventory.queries.cards import Card, cards
from resource_hub.people import queries as people
from resource_hub.web.shared.appointments import AppointmentForm, appointment_file
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.guards import Policy, guarded
from resource_hub.web.shared.handoff_forms import (
    AttemptForm,
    MessageForm,
    OutcomeForm,
    StepForm,
    forms_of_page,
    saved_or_shown,
)
from resource_hub.web.shared.hub import current_work


def pages_for(name: str, prefix: str, policy: Policy) -> Blueprint:
    """Return the pages of one handoff for one kind of user, under an address of theirs."""
    pages = Blueprint(name, __name__, url_prefix=f"{prefix}/<uuid:referral_id>")
    pages.get("")(guarded(policy, writes=True, repeats=False)(show))
    pages.get("/packet")(guarded(policy, writes=True, repeats=False)(packet))
    pages.get("/appointment.ics")(guarded(policy)(appointment_as_file))
    for view in (move, outcome, appointment, attempts, messages):
        pages.post(f"/{view.__name__}")(guarded(policy)(view))
    return pages


def show(referral_id: UUID) -> ResponseReturnValue:
    """Show a handoff with what the person agreed to share; that it was opened is written down."""
    return _page(referral_id)


def move(referral_id: UUID) -> ResponseReturnValue:
    """Accept, turn down, or say how it goes."""
    form = StepForm.build()
    return _take(referral_id, form, lambda: form.take(referral_id))


def outcome(referral_id: UUID) -> ResponseReturnValue:
    """Say what came of it."""
    form = OutcomeForm.build()
    return _take(referral_id, form, lambda: form.record(referral_id))


def appointment(referral_id: UUID) -> ResponseReturnValue:
    """Write down when the person is expected."""
    form = AppointmentForm()
    view = _view(str(referral_id))
    return _take(referral_id, form, lambda: form.set(view))


def attempts(referral_id: UUID) -> ResponseReturnValue:
    """Write down an attempt to reach the person."""
    form = AttemptForm()
    return _take(referral_id, form, lambda: form.log(referral_id))


def appointment_as_file(referral_id: UUID) -> ResponseReturnValue:
    """Give the appointment to a calendar."""
    _view(str(referral_id))
    return appointment_file(current_work(), str(referral_id))


def messages(referral_id: UUID) -> ResponseReturnValue:
    """Ask the other side, or answer."""
    form = MessageForm()
    return _take(referral_id, form, lambda: form.write(referral_id))


def packet(referral_id: UUID) -> ResponseReturnValue:
    """Show the packet on one page, to print; that it was opened is written down."""
    frame = "partner" if _is_partner() else "desk"
    return packet_page(current_work(), _seen(str(referral_id)), frame, referral_id=referral_id)


def packet_page(work: Work, view: HandoffView, frame: str, **address: Any) -> str:
    """Return the packet of an opened handoff in the frame of `partner`, `desk` or `link`; `address` finds its pages."""
    return render_template(
        "shared/received_packet.html",
        frame=frame,
        back_to=url_for(".show", **address),
        calendar_file=url_for(".appointment_as_file", **address),
        view=view,
        caller=queries.caller_of(work, view) if view.consent_holds else None,
        card=card_of(work, view),
        today=local_date(work.now, view.time_zone),
    )


def card_of(work: Work, view: HandoffView) -> Card:
    """Return what is listed of the service that a handoff asks."""
    return cards(work.session, [view.service_at_location_id])[view.service_at_location_id]


def _view(referral_id: str) -> HandoffView:
    """Return a handoff as its viewer's side sees it; the desk has pages of its own for what it sent."""
    view = queries.get_handoff(current_work(), referral_id)
    if view.viewer is not ActorKind.RECIPIENT and not _is_partner():
        raise NotFound(gettext("There is no such handoff."))
    return view


def _seen(referral_id: str) -> HandoffView:
    """Return a handoff for its viewer's side, written down as opened by who was asked."""
    view = _view(referral_id)
    return service.open_handoff(current_work(), referral_id) if view.viewer is ActorKind.RECIPIENT else view


def _page(referral_id: UUID, refused: Form | None = None) -> str:
    view = _seen(str(referral_id))
    return _received(view, refused) if view.viewer is ActorKind.RECIPIENT else _sent(view, refused)


def _received(view: HandoffView, refused: Form | None) -> str:
    work = current_work()
    return render_template(
        "shared/received.html",
        for_partner=_is_partner(),
        view=view,
        forms=forms_of_page(refused),
        caller=queries.caller_of(work, view) if view.consent_holds else None,
        card=card_of(work, view),
        attempts=attempts_of(work, view.referral_id),
        messages=messages_of(work, view.referral_id),
    )


def _sent(view: HandoffView, refused: Form | None) -> str:
    work = current_work()
    return render_template(
        "partner/sent_handoff.html",
        view=view,
        forms=forms_of_page(refused),
        attempts=attempts_of(work, view.referral_id),
        messages=messages_of(work, view.referral_id),
        person=people.get_person(work, str(view.person_id)),
        code=service.code_for_paper(work, view.referral_id),
    )


def _is_partner() -> bool:
    return current_work().actor.role is Role.PARTNER


def _take(referral_id: UUID, form: Form, act: Callable[[], object]) -> ResponseReturnValue:
    _view(str(referral_id))
    back_to = url_for(".show", referral_id=referral_id)
    return saved_or_shown(form, act, lambda refused: _page(referral_id, refused), back_to)
