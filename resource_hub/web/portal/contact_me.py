"""Ask them to contact me: somebody gives a service their name and one way to reach them, and gets a code."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from resource_hub.core.codes import NEEDS
from resource_hub.handoff import service
from resource_hub.handoff.queries.own import why_not_asked
from resource_hub.handoff.rules.own import OwnAsked, OwnRequest
from resource_hub.inventory.models import Market, Organization, Service, ServiceAtLocation
from resource_hub.inventory.queries.cards import cards, needs_of
from resource_hub.people.rules.reach import LONGEST_NOTE, LONGEST_VALUE
from resource_hub.people.rules.validate import LONGEST_NAME
from resource_hub.people.values import NewPerson, NewRoute, RouteKind
from resource_hub.web.portal.listing import shown_listing
from resource_hub.web.portal.needs import SENSITIVE
from resource_hub.web.shared.forms import PublicForm
from resource_hub.web.shared.guards import PUBLIC, guarded
from resource_hub.web.shared.hub import current_hub, current_work
from resource_hub.web.shared.idempotency import LONGEST_KEY
from resource_hub.web.shared.language import current_language, current_translate

blueprint = Blueprint("contact_me", __name__, url_prefix="/services/<uuid:service_at_location_id>/contact-me")

_TOO_LONG = _("Use at most %(max)d signs.")


class ContactForm(PublicForm):
    called: ClassVar[Mapping[str, str]] = {
        "routes.0.phone": "reach",
        "routes.0.email": "reach",
        "routes.0.note": "times",
    }

    name = StringField(
        _("Your name"), [InputRequired(_("Type your name.")), Length(max=LONGEST_NAME, message=_TOO_LONG)]
    )
    by = RadioField(
        _("How can they reach you?"),
        [InputRequired(_("Choose one."))],
        choices=lambda: [
            (RouteKind.PHONE.value, _("Call me")),
            (RouteKind.TEXT.value, _("Text me")),
            (RouteKind.EMAIL.value, _("E-mail me")),
        ],
    )
    reach = StringField(
        _("Your phone number or e-mail"),
        [InputRequired(_("Type your phone number or e-mail.")), Length(max=LONGEST_VALUE, message=_TOO_LONG)],
    )
    times = StringField(_("When is it safe to reach you?"), [Optional(), Length(max=LONGEST_NOTE, message=_TOO_LONG)])
    leave_message = BooleanField(_("They may leave a message"))
    need = SelectField(_("What do you need?"), [Optional()])
    agree = BooleanField(_("Yes, send this"), [InputRequired(_("Tick this if you say yes to it."))])
    idempotency_key = HiddenField(default=lambda: current_hub().new_id(), validators=[Length(max=LONGEST_KEY)])


@dataclass(frozen=True)
class _About:
    """Whom the request goes to, in which market, and the number to call instead."""

    organization: str
    market: Market
    phone: str | None


@blueprint.get("")
@guarded(PUBLIC)
def ask(service_at_location_id: UUID) -> ResponseReturnValue:
    """Ask for a name and a way to reach; where the service is not asked so, say what to do instead."""
    there, offered = shown_listing(service_at_location_id)
    return _page(there, offered, _form(offered))


@blueprint.post("")
@guarded(PUBLIC)
def send(service_at_location_id: UUID) -> ResponseReturnValue:
    """Send the request, and show the code to follow it or take it back."""
    there, offered = shown_listing(service_at_location_id)
    form, asked = _form(offered), list[OwnAsked]()
    if not form.saves(lambda: asked.append(_sent(there, form))):
        return _page(there, offered, form), 422
    return render_template("portal/contact_asked.html", asked=asked[0], service=offered, about=_about(there, offered))


def _sent(there: ServiceAtLocation, form: ContactForm) -> OwnAsked:
    route = NewRoute(
        RouteKind(form.by.data), form.reach.data or "", form.times.data or "", bool(form.leave_message.data)
    )
    person = NewPerson(form.name.data or "", language=current_language(), routes=(route,))
    wanted = OwnRequest(there.id, person, form.need.data or "")
    return service.ask_for_oneself(current_work(), wanted, request.remote_addr or "")


def _form(offered: Service) -> ContactForm:
    form, translate = ContactForm(), current_translate()
    # What others should not read over a shoulder is told by voice.
    needs = sorted(needs_of(current_work().session, offered.id) - SENSITIVE)
    said = [(need, translate(NEEDS[need])) for need in needs if need in NEEDS]
    form.need.choices = [("", gettext("I will tell them")), *said]
    return form


def _page(there: ServiceAtLocation, offered: Service, form: ContactForm) -> str:
    why_not = why_not_asked(current_work().session, [there.id])[there.id]
    about = _about(there, offered)
    return render_template(
        "portal/contact_me.html", form=form, why_not=why_not, there=there, service=offered, about=about
    )


def _about(there: ServiceAtLocation, offered: Service) -> _About:
    session = current_work().session
    return _About(
        organization=session.get_one(Organization, offered.organization_id).name,
        market=session.get_one(Market, there.market_id),
        phone=cards(session, [there.id])[there.id].phone,
    )
