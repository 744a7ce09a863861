"""From a match to "sent" on one page: consent, what is shared, how to reach the person, send."""

from typing import TypeVar
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from resource_hub.capacity.queries import find_room
from resource_hub.capacity.values import Held, Waitlisted
from resource_hub.core.clock import local_date
from resource_hub.core.errors import Invalid, NotFound, Refused
from resource_hub.handoff import service
from resource_hub.handoff.episodes.service import link_handoffs
from resource_hub.handoff.rules.overriding import goes_against
from resource_hub.handoff.values.asked import LONGEST_TEXT, Listed, Referred, Request
from resource_hub.handoff.values.words import Urgency
from resource_hub.inventory.models import Market, Organization, Service, ServiceAtLocation
from resource_hub.matching.policy import current
from resource_hub.people import queries
from resource_hub.people.rules.least import least
from resource_hub.people.rules.sharing import shared
from resource_hub.people.values import (
    LONGEST_CONSENT_DAYS,
    SHAREABLE_FIELDS,
    Basis,
    ConsentTerms,
    HowGiven,
    Person,
)
from resource_hub.screening import queries as screening
from resource_hub.web.desk import listed
from resource_hub.web.shared.forms import Checkboxes, Form
from resource_hub.web.shared.guards import REFERRER, guarded
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.templates import need_name, shared_field
from resource_hub.web.shared.words import options

blueprint = Blueprint("referring", __name__, url_prefix="/desk/people/<uuid:person_id>")

USUAL_DAYS = 90
# Most people who were lost after a yes could not be reached: a second way is asked for, or that there is none.
ROUTES_WANTED = 2


F = TypeVar("F", bound="ConsentForm")


class ConsentForm(Form):
    """What is said the same way of one service and of several; `gap` is the one that help was looked for from."""

    gap = HiddenField(default="", validators=[Length(max=36)])
    urgency = RadioField(_("How urgent"), default="routine")
    note = TextAreaField(_("A note for them"), [Optional(), Length(max=LONGEST_TEXT)])
    fields = Checkboxes(_("What may they see?"), [InputRequired()])
    basis = RadioField(_("On which basis?"), default=Basis.AUTHORIZATION.value)
    how_given = RadioField(_("How did the person agree?"), [InputRequired()])
    days = IntegerField(
        _("For how many days"), [InputRequired(), NumberRange(1, LONGEST_CONSENT_DAYS)], default=USUAL_DAYS
    )
    agreed = BooleanField(_("The person agrees that this is shared with this organization"), [InputRequired()])
    despite_no_capacity = BooleanField(_("Send it although they have no room"))
    only_route = BooleanField(_("There is no other way to reach the person"))

    def terms(self) -> ConsentTerms:
        """Return what the person agreed to."""
        return ConsentTerms(
            fields=frozenset(self.fields.data or ()),
            basis=Basis(self.basis.data),
            how_given=HowGiven(self.how_given.data),
            days=self.days.data or USUAL_DAYS,
        )


class HandoffForm(ConsentForm):
    service_at_location_id = HiddenField(validators=[InputRequired(), Length(max=36)])
    listed = HiddenField(default="")
    needs = Checkboxes(_("Help with"), [InputRequired()])
    override = SelectField(_("Why this one, although the list says otherwise?"), [Optional()])

    def against_list(self, listed: Listed | None) -> bool:
        """Tell whether this goes another way than the list advised, so that a reason belongs to it."""
        return goes_against(listed, despite_no_capacity=bool(self.despite_no_capacity.data))


@blueprint.post("/handoff-form")
@guarded(REFERRER, writes=False)
def ask(person_id: UUID) -> ResponseReturnValue:
    """Show the page for one service; asked by POST, so that no address holds the person with the service."""
    person = queries.get_person(current_work(), str(person_id))
    wanted = wanted_by(person)
    form = _form(person, wanted, formdata=None)
    form.service_at_location_id.data = request.form.get("service_at_location_id", "")[:36]
    form.listed.data = request.form.get("listed", "")[: listed.LONGEST]
    form.gap.data = gap_named()
    form.needs.data = [code for code in request.form.getlist("needs") if code in wanted]
    form.fields.data = sorted(least(Basis.AUTHORIZATION, form.needs.data))
    return _page(person, form)


@blueprint.post("/handoffs")
@guarded(REFERRER)
def send(person_id: UUID) -> ResponseReturnValue:
    """Send the handoff: consent, place, referral and notice in one transaction."""
    person = queries.get_person(current_work(), str(person_id))
    form = _form(person, wanted_by(person))
    listed_as = _listed(person, form)
    is_valid = form.validate()
    if form.against_list(listed_as) and not form.override.data:
        form.override.errors = [gettext("Choose a reason. It is counted, so that the list gets better.")]
    elif is_valid:
        try:
            referred = service.refer(current_work(), _request(person, form, listed_as))
        except (Invalid, Refused) as refusal:
            form.blame(refusal)
        else:
            link_handoffs(current_work(), person.id, [referred.referral_id], form.gap.data or "")
            flash(_what_came(referred))
            return redirect(url_for("handoffs.show", referral_id=referred.referral_id), 303)
    return _page(person, form), 422


def _listed(person: Person, form: HandoffForm) -> Listed | None:
    place, seal = form.service_at_location_id.data or "", form.listed.data or ""
    return listed.opened(current_work(), person.id, place, seal[: listed.LONGEST])


def _request(person: Person, form: HandoffForm, listed_as: Listed | None) -> Request:
    return Request(
        person_id=person.id,
        service_at_location_id=str(form.service_at_location_id.data),
        needs=tuple(form.needs.data or ()),
        consent=form.terms(),
        urgency=Urgency(form.urgency.data),
        note=form.note.data or "",
        policy=current().version,
        despite_no_capacity=bool(form.despite_no_capacity.data),
        listed=listed_as,
        override=(form.override.data or None) if form.against_list(listed_as) else None,
    )


def _what_came(referred: Referred) -> str:
    if isinstance(referred.hold, Held) and referred.hold.counted:
        return str(gettext("Sent. A place is kept."))
    if isinstance(referred.hold, Waitlisted):
        return str(gettext("Sent. They have a waiting list."))
    return str(gettext("Sent."))


def gap_named() -> str:
    """Return the gap from which somebody came to the list."""
    return request.form.get("gap", "")[:36]


def wanted_by(person: Person) -> list[str]:
    """Return the needs that a person wants help with."""
    return [need.code for need in screening.needs_of(current_work(), person.id) if need.wants_help == "yes"]


def _form(person: Person, wanted: list[str], **arguments: object) -> HandoffForm:
    form = HandoffForm(**arguments)
    form.needs.choices = [(code, need_name(code)) for code in wanted]
    form.override.choices = [("", gettext("Choose")), *options("override")]
    return fill_choices(form, person)


def fill_choices(form: F, person: Person) -> F:
    """Give a form about a consent its choices in the reader's language, and what it has to ask about this person."""
    if len(person.routes) < ROUTES_WANTED:
        form.only_route.validators = [InputRequired(_("Add a second way to reach the person, or say there is none."))]
    form.fields.choices = [(name, shared_field(name)) for name in SHAREABLE_FIELDS]
    form.urgency.choices = options("urgency")
    form.how_given.choices = options("how_given")
    form.basis.choices = options("basis")
    return form


def _page(person: Person, form: HandoffForm) -> str:
    work = current_work()
    there, what, who = _target(person, str(form.service_at_location_id.data))
    market = work.session.get_one(Market, person.market_id)
    today = local_date(work.now, market.time_zone)
    room, listed_as = find_room(work.session, there.id), _listed(person, form)
    is_full = bool(room and room.is_full)
    return render_template(
        "desk/refer.html",
        person=person,
        form=form,
        service=what,
        organization=who,
        room=room,
        is_full=is_full,
        said_on=local_date(room.as_of, market.time_zone) if room and room.as_of else None,
        asks_why=goes_against(listed_as, despite_no_capacity=is_full or form.despite_no_capacity.data),
        preview=shared(person, frozenset(SHAREABLE_FIELDS), today),
    )


def _target(person: Person, service_at_location_id: str) -> tuple[ServiceAtLocation, Service, Organization]:
    session = current_work().session
    there = session.get(ServiceAtLocation, service_at_location_id)
    if there is None or there.market_id != person.market_id:
        raise NotFound(gettext("There is no such service here."))
    what = session.get_one(Service, there.service_id)
    return there, what, session.get_one(Organization, what.organization_id)
