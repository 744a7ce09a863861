"""What the person gets for it, whatever they answered: a menu of needs, their own order, and a list near them."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from resource_hub.core.clock import local_date
from resource_hub.core.codes import FactValue
from resource_hub.core.errors import Invalid
from resource_hub.inventory.models import Market
from resource_hub.matching.asking import Wish
from resource_hub.people.queries import get_person
from resource_hub.people.rules.sharing import facts_for_matching
from resource_hub.people.rules.validate import fact_text
from resource_hub.screening import queries, service
from resource_hub.screening.rules.ordering import moved
from resource_hub.screening.values import SENSITIVITY_OF, Visit, WantsHelp
from resource_hub.web.alone.visiting import in_visit
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.guards import ALONE, guarded
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.language import current_language
from resource_hub.web.shared.ordering import STEPS, wanted
from resource_hub.web.shared.results import Results, results_of

blueprint = Blueprint("list", __name__, url_prefix="/screen")

MOST_NEEDS, MOST_EACH = 3, 4
# What the menu offers, in plain words; what people ask for most stands first where nobody has asked yet.
MENU = (
    "food-insecurity", "homelessness", "housing-instability", "utility-insecurity", "financial-insecurity",
    "transportation-insecurity", "employment-status", "health-insurance-coverage-status", "medical-cost-burden",
    "intimate-partner-violence", "stress", "social-connection", "material-hardship", "educational-attainment",
    "digital-access",
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """The list for one need; what is sensitive is not printed."""

    need: str
    results: Results
    is_sensitive: bool


@blueprint.get("/menu")
@guarded(ALONE, writes=True, repeats=False)
@in_visit
def menu(visit: Visit) -> ResponseReturnValue:
    """Ask what would help today."""
    return _menu_page(visit, Form(formdata=None))


@blueprint.post("/menu")
@guarded(ALONE)
@in_visit
def choose(visit: Visit) -> ResponseReturnValue:
    """Write down what would help, and show where to find it."""
    work = current_work()
    chosen = dict.fromkeys(request.form.getlist("need"), WantsHelp.YES)
    try:
        service.choose_needs(work, visit.person_id, chosen)
    except Invalid:
        form = Form()
        form.form_errors.append(gettext("Some answers do not fit. Choose again."))
        return _menu_page(visit, form), 422
    service.note_answered(work, visit)
    return redirect(url_for("list.order" if len(chosen) > 1 else "list.show"), 303)


@blueprint.get("/order")
@guarded(ALONE, writes=True, repeats=False)
@in_visit
def order(visit: Visit) -> ResponseReturnValue:
    """Show what the person wants help with, with buttons to move each up or down."""
    if not visit.answered:
        return redirect(url_for("alone.begin"), 303)
    return render_template("alone/order.html", codes=wanted(visit.person_id))


@blueprint.post("/order")
@guarded(ALONE)
@in_visit
def move(visit: Visit) -> ResponseReturnValue:
    """Move a need one step."""
    step = STEPS.get(request.form.get("move", ""), 0)
    codes = moved(wanted(visit.person_id), request.form.get("need", ""), step)
    service.choose_needs(current_work(), visit.person_id, {}, codes)
    return redirect(url_for("list.order"), 303)


@blueprint.get("/list")
@guarded(ALONE, writes=True, repeats=False)
@in_visit
def show(visit: Visit) -> ResponseReturnValue:
    """Show places that help: for what the person wants, else for what people near them ask for most."""
    if not visit.answered:
        return redirect(url_for("alone.begin"), 303)
    work = current_work()
    person = get_person(work, visit.person_id)
    market = work.session.get_one(Market, person.market_id)
    own = wanted(person.id)
    needs = (own or most_asked(market.id))[:MOST_NEEDS]
    facts = facts_for_matching(person, local_date(work.now, market.time_zone))
    near = person.postal_code[:5] or None
    parts = [Part(need, _results(market, need, near, facts), need in SENSITIVITY_OF) for need in needs]
    return render_template("alone/list.html", parts=parts, own=own, near=near, market=market)


def most_asked(market_id: str) -> tuple[str, ...]:
    """Return what people of a market want help with most; what is sensitive is never proposed."""
    found = queries.most_wanted(current_work().session, market_id)
    return tuple(code for code in dict.fromkeys((*found, *MENU)) if code not in SENSITIVITY_OF)


def _results(market: Market, need: str, near: str | None, facts: Mapping[str, FactValue]) -> Results:
    told = {name: fact_text(value) for name, value in facts.items()}
    seed = current_work().now.toordinal()
    wish = Wish((need,), near=near, facts=told, language=current_language(), seed=seed, limit=MOST_EACH)
    return results_of(market, wish)


def _menu_page(visit: Visit, form: Form) -> str:
    return render_template("alone/menu.html", form=form, needs=MENU, said=wanted(visit.person_id))
