"""To whom a partner's person goes: the care team or a service; then consent, what is shared, and send."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from resource_hub.core.errors import Invalid, NotFound, Refused
from resource_hub.handoff import service
from resource_hub.handoff.service.sending import care_team_doors
from resource_hub.handoff.values.asked import LONGEST_TEXT, Request
from resource_hub.handoff.values.words import Urgency
from resource_hub.inventory.models import Market, Organization, Service, ServiceAtLocation
from resource_hub.matching.asking import Wish
from resource_hub.matching.finding import LONGEST
from resource_hub.matching.policy import current
from resource_hub.people import queries
from resource_hub.people.rules.least import STRICT_DAYS, least
from resource_hub.people.values import SENSITIVE_PREFIX, SHAREABLE_FIELDS, Basis, ConsentTerms, HowGiven, Person
from resource_hub.screening import queries as screening
from resource_hub.web.shared.finding import found_for
from resource_hub.web.shared.forms import Checkboxes, Form
from resource_hub.web.shared.guards import PARTNER, guarded
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.language import current_translate
from resource_hub.web.shared.results import Row, in_words, results_of
from resource_hub.web.shared.templates import need_name, shared_field
from resource_hub.web.shared.words import options

blueprint = Blueprint("choosing", __name__, url_prefix="/partner/people/<uuid:person_id>")

MOST_ROWS = 15
# What a partner writes down of a person, so what there is to share.
WRITTEN_DOWN = frozenset({"name", "contact_routes", "language", "postal_code", "needs", "note"})


class SearchForm(Form):
    words = StringField(_("Search in plain words"), [Optional(), Length(max=LONGEST)])


class SendForm(Form):
    service_at_location_id = HiddenField(validators=[InputRequired(), Length(max=36)])
    needs = Checkboxes(_("Help with"), [InputRequired()])
    urgency = RadioField(_("How urgent"), default=Urgency.ROUTINE.value)
    note = TextAreaField(_("A note for them"), [Optional(), Length(max=LONGEST_TEXT)])
    fields = Checkboxes(_("What may they see?"), [InputRequired()])
    how_given = RadioField(_("How did the person agree?"), [InputRequired()])
    agreed = BooleanField(_("The person agrees that this is shared with this organization"), [InputRequired()])
    despite_no_capacity = BooleanField(_("Send it although they have no room"))

    def request(self, person_id: str) -> Request:
        """Return what is asked; the person authorizes it, for as long as an answer and the help may take."""
        consent = ConsentTerms(
            frozenset(self.fields.data or ()), Basis.AUTHORIZATION, HowGiven(self.how_given.data), STRICT_DAYS
        )
        return Request(
            person_id=person_id,
            service_at_location_id=str(self.service_at_location_id.data),
            needs=tuple(self.needs.data or ()),
            consent=consent,
            urgency=Urgency(self.urgency.data),
            note=self.note.data or "",
            policy=current().version,
            despite_no_capacity=bool(self.despite_no_capacity.data),
        )


@blueprint.get("/choose")
@guarded(PARTNER)
def show(person_id: UUID) -> ResponseReturnValue:
    """Show the care team, and the services that fit best."""
    return _list(person_id, SearchForm(formdata=None))


@blueprint.post("/choose")
@guarded(PARTNER, writes=False)
def search(person_id: UUID) -> ResponseReturnValue:
    """Show services for words; nothing is kept and no address holds them."""
    form = SearchForm()
    is_valid = form.validate()
    return _list(person_id, form), 200 if is_valid else 422


@blueprint.post("/send-form")
@guarded(PARTNER, writes=False)
def ask(person_id: UUID) -> ResponseReturnValue:
    """Show the page for one place; asked by POST, so that no address holds the person with the service."""
    person, wanted = _person(person_id)
    form = _form(wanted, formdata=None)
    form.service_at_location_id.data = request.form.get("service_at_location_id", "")[:36]
    form.needs.data = wanted
    form.fields.data = sorted(least(Basis.AUTHORIZATION, wanted) & WRITTEN_DOWN)
    return _page(person, form)


@blueprint.post("/send")
@guarded(PARTNER)
def send(person_id: UUID) -> ResponseReturnValue:
    """Send the person: consent, place, request and notice in one transaction."""
    person, wanted = _person(person_id)
    form = _form(wanted)
    if form.validate():
        try:
            referred = service.refer(current_work(), form.request(person.id))
        except (Invalid, Refused) as refusal:
            form.blame(refusal)
        else:
            flash(gettext("Sent. You are told when they answer."))
            return redirect(url_for("partner_handoffs.show", referral_id=referred.referral_id), 303)
    return _page(person, form), 422


def _person(person_id: UUID) -> tuple[Person, list[str]]:
    work = current_work()
    person = queries.get_person(work, str(person_id))
    return person, [need.code for need in screening.needs_of(work, person.id) if need.wants_help == "yes"]


def _list(person_id: UUID, form: SearchForm) -> str:
    work = current_work()
    person, wanted = _person(person_id)
    market = work.session.get_one(Market, person.market_id)
    rows: tuple[Row, ...] = ()
    if not form.errors:
        try:
            rows = _rows(market, person, wanted, form.words.data or "")
        except Invalid as refusal:
            form.blame(refusal)
    return render_template(
        "partner/choose.html",
        person=person,
        wanted=wanted,
        form=form,
        doors=care_team_doors(work, market.id),
        rows=rows,
    )


def _rows(market: Market, person: Person, wanted: list[str], words: str) -> tuple[Row, ...]:
    wish = Wish(needs=tuple(wanted), near=person.postal_code or None, language=person.language or None, limit=MOST_ROWS)
    if words:
        ranking = found_for(market, words, wish).ranking
        rows = in_words(current_work().session, market, ranking, current_translate()).rows
    else:
        rows = results_of(market, wish).rows
    own = current_work().actor.organization_id
    return tuple(row for row in rows if row.match.listing.organization_id != own)


def _form(wanted: list[str], **arguments: object) -> SendForm:
    form = SendForm(**arguments)
    form.needs.choices = [(code, need_name(code)) for code in wanted]
    named = (name for name in SHAREABLE_FIELDS if name in WRITTEN_DOWN or name.startswith(SENSITIVE_PREFIX))
    form.fields.choices = [(name, shared_field(name)) for name in named]
    form.urgency.choices = options("urgency")
    form.how_given.choices = options("how_given")
    return form


def _page(person: Person, form: SendForm) -> str:
    session = current_work().session
    there = session.get(ServiceAtLocation, str(form.service_at_location_id.data))
    if there is None or there.market_id != person.market_id:
        raise NotFound(gettext("There is no such service here."))
    what = session.get_one(Service, there.service_id)
    who = session.get_one(Organization, what.organization_id)
    return render_template("partner/send_to.html", person=person, form=form, service=what, organization=who)
