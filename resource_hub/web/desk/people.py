"""Finding people by their record number, and adding them."""

from collections.abc import Mapping
from typing import ClassVar

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from resource_hub.core.errors import Invalid, Refused
from resource_hub.inventory import queries as inventory
from resource_hub.people import queries, service
from resource_hub.people.rules.reach import LONGEST_VALUE
from resource_hub.people.rules.validate import LONGEST_NAME, LONGEST_RECORD_NUMBER
from resource_hub.people.values import NewPerson, NewRoute, RouteKind
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.guards import REFERRER, guarded
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.spoken import LANGUAGES

blueprint = Blueprint("people", __name__, url_prefix="/desk/people")


class FindForm(Form):
    record_number = StringField(_("Record number"), [InputRequired(), Length(max=LONGEST_RECORD_NUMBER)])


class NewPersonForm(Form):
    called: ClassVar[Mapping[str, str]] = {"routes.0.phone": "phone"}

    name = StringField(_("Name"), [InputRequired(), Length(max=LONGEST_NAME)])
    record_number = StringField(_("Record number"), [Optional(), Length(max=LONGEST_RECORD_NUMBER)])
    birth = StringField(_("Year or date of birth"), [Optional(), Length(max=10)])
    postal_code = StringField(_("ZIP Code of home"), [Optional(), Length(max=10)])
    language = SelectField(_("Language they speak best"), [Optional()], choices=lambda: LANGUAGES)
    phone = StringField(_("Phone"), [Optional(), Length(max=LONGEST_VALUE)])
    safe_to_leave_message = BooleanField(_("It is safe to leave a message at this number"))
    market = SelectField(_("Market"), [InputRequired()])


@blueprint.get("/")
@guarded(REFERRER)
def index() -> ResponseReturnValue:
    """Show whom the user worked with last, and the field to find somebody else."""
    return _page(FindForm())


@blueprint.post("/find")
@guarded(REFERRER, writes=False)
def find() -> ResponseReturnValue:
    """Go to the person with a record number; searched by POST, so that no address holds it."""
    form, work = FindForm(), current_work()
    if form.validate():
        for market_id in sorted(work.actor.market_ids):
            found = queries.find_by_record_number(work, market_id, str(form.record_number.data))
            if found:
                return redirect(url_for("person.show", person_id=found.id), 303)
        form.form_errors.append(_("Nobody has this record number. Check it, or add the person."))
    return _page(form), 422


@blueprint.get("/add")
@guarded(REFERRER)
def new() -> ResponseReturnValue:
    """Show the form to add a person."""
    return _form_page(_new_form())


@blueprint.post("/add")
@guarded(REFERRER)
def add() -> ResponseReturnValue:
    """Add a person and go to their page."""
    form = _new_form()
    if form.validate():
        try:
            record = service.add_person(current_work(), str(form.market.data), _as_new_person(form))
        except (Invalid, Refused) as refusal:
            form.blame(refusal)
        else:
            return redirect(url_for("person.show", person_id=record.id), 303)
    return _form_page(form), 422


def _page(form: FindForm) -> str:
    return render_template("desk/people.html", form=form, people=queries.recent_people(current_work()))


def _form_page(form: NewPersonForm) -> str:
    return render_template("desk/new_person.html", form=form)


def _new_form() -> NewPersonForm:
    work, form = current_work(), NewPersonForm()
    markets = [market for market in inventory.list_markets(work.session) if market.id in work.actor.market_ids]
    form.market.choices = [(market.id, market.name) for market in markets]
    return form


def _as_new_person(form: NewPersonForm) -> NewPerson:
    phone = form.phone.data or ""
    routes = (NewRoute(RouteKind.PHONE, phone, "", bool(form.safe_to_leave_message.data)),) if phone else ()
    return NewPerson(
        name=form.name.data or "",
        record_number=form.record_number.data or "",
        birth=form.birth.data or "",
        postal_code=form.postal_code.data or "",
        language=form.language.data or "",
        routes=routes,
    )
