"""One person: who they are, how to reach them safely, what decides eligibility, what they want, what happened."""

from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from resource_hub.core.clock import local_date
from resource_hub.handoff.episodes import queries as episodes
from resource_hub.inventory.models import Market
from resource_hub.people import queries, service
from resource_hub.people.rules.reach import LONGEST_BEST_TIME, LONGEST_NOTE, LONGEST_PROXY, LONGEST_VALUE
from resource_hub.people.rules.sharing import facts_for_matching
from resource_hub.people.rules.validate import LONGEST_NAME, LONGEST_RECORD_NUMBER
from resource_hub.people.values import Corrections, NewRoute, RouteKind
from resource_hub.screening import queries as screening
from resource_hub.screening.values import SENSITIVITY_OF
from resource_hub.web.desk.life import life_of
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.guards import REFERRER, guarded
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.spoken import LANGUAGES

blueprint = Blueprint("person", __name__, url_prefix="/desk/people/<uuid:person_id>")

ROUTE_KINDS = (("phone", _("Phone")), ("text", _("Text message")), ("email", _("E-mail")), ("other", _("Another way")))


class CorrectionForm(Form):
    name = StringField(_("Name"), [InputRequired(), Length(max=LONGEST_NAME)])
    record_number = StringField(_("Record number"), [Optional(), Length(max=LONGEST_RECORD_NUMBER)])
    birth = StringField(_("Year or date of birth"), [Optional(), Length(max=10)])
    postal_code = StringField(_("ZIP Code of home"), [Optional(), Length(max=10)])
    language = SelectField(_("Language they speak best"), [Optional()], choices=lambda: LANGUAGES)

    def corrections(self) -> Corrections:
        """Return the fields as they were left."""
        names = ("name", "record_number", "birth", "postal_code", "language")
        return Corrections(**{name: self[name].data or "" for name in names})


class RouteForm(Form):
    called: ClassVar[Mapping[str, str]] = dict.fromkeys(("phone", "email", "other"), "value")

    kind = SelectField(_("How"), choices=lambda: ROUTE_KINDS)
    value = StringField(_("Number, address or other way"), [InputRequired(), Length(max=LONGEST_VALUE)])
    best_time = StringField(_("Best time to reach them"), [Optional(), Length(max=LONGEST_BEST_TIME)])
    note = StringField(_("What to be careful about"), [Optional(), Length(max=LONGEST_NOTE)])
    proxy = StringField(_("Who else may answer for them"), [Optional(), Length(max=LONGEST_PROXY)])
    safe_to_leave_message = BooleanField(_("It is safe to leave a message"))

    def route(self) -> NewRoute:
        """Return the way to reach the person."""
        is_safe = bool(self.safe_to_leave_message.data)
        words = [field.data or "" for field in (self.value, self.note, self.proxy, self.best_time)]
        value, note, proxy, best_time = words
        return NewRoute(RouteKind(self.kind.data), value, note, is_safe, proxy, best_time)


@blueprint.get("")
@guarded(REFERRER, writes=True, repeats=False)
def show(person_id: UUID) -> ResponseReturnValue:
    """Show a person; that they were opened is written down."""
    work = current_work()
    person = service.open_person(work, str(person_id))
    market = work.session.get_one(Market, person.market_id)
    return render_template(
        "desk/person.html",
        person=person,
        market=market,
        derived=facts_for_matching(person, local_date(work.now, market.time_zone)),
        needs=screening.needs_of(work, person.id),
        changes=screening.changes_since_last(work, person.id),
        history=screening.history_of(work, person.id),
        met=screening.met_needs(work, person.id),
        sensitive=SENSITIVITY_OF,
        life=life_of(work, person.id, market.time_zone),
        episode=next(iter(episodes.open_of_person(work, person.id)), None),
    )


@blueprint.get("/correct")
@guarded(REFERRER)
def correction(person_id: UUID) -> ResponseReturnValue:
    """Show the form to correct who the person is."""
    person = queries.get_person(current_work(), str(person_id))
    return render_template("desk/correct_person.html", person=person, form=CorrectionForm(obj=person))


@blueprint.post("/correct")
@guarded(REFERRER)
def correct(person_id: UUID) -> ResponseReturnValue:
    """Correct who the person is."""
    work, form = current_work(), CorrectionForm()
    if form.saves(lambda: service.correct_person(work, str(person_id), form.corrections())):
        return _back(person_id)
    person = queries.get_person(work, str(person_id))
    return render_template("desk/correct_person.html", person=person, form=form), 422


@blueprint.get("/routes")
@guarded(REFERRER)
def new_route(person_id: UUID) -> ResponseReturnValue:
    """Show the form to add a way to reach the person."""
    person = queries.get_person(current_work(), str(person_id))
    return render_template("desk/route.html", person=person, form=RouteForm())


@blueprint.post("/routes")
@guarded(REFERRER)
def add_route(person_id: UUID) -> ResponseReturnValue:
    """Add a way to reach the person."""
    work, form = current_work(), RouteForm()
    person = queries.get_person(work, str(person_id))
    if form.saves(lambda: service.add_route(work, person.id, form.route())):
        return _back(person_id)
    return render_template("desk/route.html", person=person, form=form), 422


@blueprint.post("/routes/<uuid:route_id>/remove")
@guarded(REFERRER)
def remove_route(person_id: UUID, route_id: UUID) -> ResponseReturnValue:
    """Take away a way to reach the person."""
    service.remove_route(current_work(), str(person_id), str(route_id))
    return _back(person_id)


def _back(person_id: UUID) -> ResponseReturnValue:
    flash(gettext("Saved."))
    return redirect(url_for("person.show", person_id=person_id), 303)
