"""Finding help alone: what, where, and a short list. Nothing is kept, and no address holds what was asked."""

from collections.abc import Mapping
from typing import ClassVar

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import Length, Optional, Regexp

from resource_hub.core.codes import NEEDS
from resource_hub.core.errors import Fault, Invalid
from resource_hub.core.geography import find_postal_code
from resource_hub.inventory.models import Market
from resource_hub.inventory.queries import find_market, list_markets, market_names
from resource_hub.inventory.queries.coverage import market_of
from resource_hub.matching.asking import Wish
from resource_hub.matching.values.wording import Found
from resource_hub.web.shared.finding import found_for
from resource_hub.web.shared.forms import PublicForm
from resource_hub.web.shared.guards import PUBLIC, guarded
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.language import current_language, current_translate
from resource_hub.web.shared.results import Results, in_words, results_of
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


_FIVE_DIGITS = _("Type a ZIP Code of five digits, or leave it empty.")


class FindForm(PublicForm):
    called: ClassVar[Mapping[str, str]] = {"query": "words"}

    words = StringField(_("Say it in your own words"), [Optional()])
    need = SelectField(
        _("What do you need help with?"),
        default="",
        choices=lambda: [("", ""), *((code, code) for code in NEEDS)],
    )
    zip = StringField(_("Your ZIP Code"), [Optional(), Regexp(r"[0-9]{5}(-[0-9]{4})?\Z", message=_FIVE_DIGITS)])
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
        found, results = _results(market, form)
    except Invalid as refusal:
        form.blame(refusal)
        return _start(form), 422
    needs = found.needs if found else (form.need.data,)
    return render_template(
        "portal/list.html",
        form=form,
        market=market,
        found=found,
        results=results,
        unsafe=not UNSAFE.isdisjoint(needs),
        short=not form.more.data,
    )


def _results(market: Market, form: FindForm) -> tuple[Found | None, Results]:
    """Return what was found: for a tile by its need, else in plain words."""
    if form.need.data:
        return None, results_of(market, _wish(form))
    found = found_for(market, form.words.data or "", _wish(form))
    return found, in_words(current_work().session, market, found.ranking, current_translate())


def _start(form: FindForm) -> str:
    return render_template("portal/start.html", form=form, tiles=TILES)


def _wish(form: FindForm) -> Wish:
    return Wish(
        needs=(form.need.data,) if form.need.data else (),
        near=form.zip.data or None,
        facts={"zip": form.zip.data[:5]} if form.zip.data else None,
        language=current_language(),
        by=form.by.data or None,
        # Who stands first among near-equals changes from day to day, and not when more is shown.
        seed=current_work().now.toordinal(),
        limit=LONG_LIST if form.more.data else SHORT_LIST,
    )


def _market(form: FindForm) -> Market:
    session = current_work().session
    if form.zip.data:
        code = find_postal_code(form.zip.data)
        market = market_of(session, code) if code else None
        problem = gettext("We have no list for this ZIP Code yet. Check it, or leave it empty and choose an area.")
    else:
        markets = list_markets(session)
        market = markets[0] if len(markets) == 1 else find_market(session, form.market.data or "")
        problem = gettext("Type your ZIP Code, or choose an area.")
    if market is None:
        raise Invalid(problem, faults=(Fault("zip", "invalid", problem),))
    return market


def _form() -> FindForm:
    form = FindForm()
    areas = market_names(current_work().session)
    # Without a first empty choice the first area would be taken unseen.
    form.market.choices = [("", gettext("Choose an area")), *areas] if len(areas) > 1 else areas
    form.by.choices = options("travel")
    return form
