"""Finding help alone: what, where, and a short list. Nothing is kept, and no address holds what was asked."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from resource_hub.core.codes import NEEDS
from resource_hub.core.errors import Invalid
from resource_hub.core.geography import find_postal_code
from resource_hub.inventory.coverage import market_of
from resource_hub.inventory.models import Market
from resource_hub.inventory.queries import find_market, list_markets
from resource_hub.matching.asking import Wish
from resource_hub.web.shared.forms import PublicForm
from resource_hub.web.shared.guards import PUBLIC, guarded
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.language import current_language
from resource_hub.web.shared.results import results_of
from resource_hub.web.shared.words import options

blueprint = Blueprint("portal", __name__)

SHORT_LIST, LONG_LIST = 10, 50
UNSAFE = frozenset({"intimate-partner-violence", "elder-abuse"})

# What people come for most stands first; each with an icon.
TILES = {
    "food-insecurity": "local_grocery_store",
    "homelessness": "bedding",
    "housing-instability": "home",
    "utility-insecurity": "lightbulb",
    "financial-insecurity": "attach_money",
    "transportation-insecurity": "directions_bus",
    "employment-status": "work",
    "health-insurance-coverage-status": "local_hospital",
    "medical-cost-burden": "list",
    "stress": "favorite",
    "intimate-partner-violence": "shield",
    "social-connection": "groups",
    "material-hardship": "clothes",
    "educational-attainment": "school",
    "veteran-status": "star",
    "digital-access": "phone",
}


class FindForm(PublicForm):
    need = SelectField(_("What do you need help with?"), [InputRequired()], choices=[(code, code) for code in NEEDS])
    zip = StringField(_("Your ZIP Code"), [Optional(), Length(max=10)])
    market = SelectField(_("Area"), [Optional()])
    by = RadioField(_("How do you get around?"), [Optional()])
    more = StringField(validators=[Optional(), Length(max=1)])


@blueprint.get("/")
@guarded(PUBLIC)
def start() -> ResponseReturnValue:
    """Ask what the reader needs help with."""
    return _start(_form())


@blueprint.post("/find")
@guarded(PUBLIC, writes=False)
def find() -> ResponseReturnValue:
    """Show a short list for a need, near a ZIP Code where one is given."""
    form = _form()
    if not form.validate():
        return _start(form), 422
    try:
        market = _market(form)
        results = results_of(market, _wish(form))
    except Invalid as refusal:
        form.blame(refusal)
        return _start(form), 422
    return render_template(
        "portal/list.html",
        form=form,
        market=market,
        results=results,
        unsafe=form.need.data in UNSAFE,
        short=not form.more.data,
    )


def _start(form: FindForm) -> str:
    return render_template("portal/start.html", form=form, tiles=TILES)


def _wish(form: FindForm) -> Wish:
    return Wish(
        needs=(str(form.need.data),),
        near=form.zip.data or None,
        language=current_language(),
        by=form.by.data or None,
        limit=LONG_LIST if form.more.data else SHORT_LIST,
    )


def _market(form: FindForm) -> Market:
    session = current_work().session
    code = find_postal_code(form.zip.data) if form.zip.data else None
    market = market_of(session, code) if code else find_market(session, form.market.data or "")
    if market is None and not form.zip.data and len(form.market.choices or ()) == 1:
        market = list_markets(session)[0]
    if market is None:
        raise _unknown_place(is_zip=bool(form.zip.data))
    return market


def _unknown_place(*, is_zip: bool) -> Invalid:
    if is_zip:
        return Invalid(gettext("We have no list for this ZIP Code yet. Check the number, or choose an area."))
    return Invalid(gettext("Type your ZIP Code, or choose an area."))


def _form() -> FindForm:
    form = FindForm()
    form.market.choices = [(market.slug, market.name) for market in list_markets(current_work().session)]
    form.by.choices = options("travel")
    return form
