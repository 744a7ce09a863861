"""What a person wants help with: chosen from a menu without any question about risks, and put in their own order."""

from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from resource_hub.core.codes import NEEDS
from resource_hub.core.errors import Invalid
from resource_hub.people import queries as people
from resource_hub.people.values import Person
from resource_hub.screening import queries, service
from resource_hub.screening.rules.ordering import moved
from resource_hub.screening.values import NeedState, WantsHelp
from resource_hub.web.shared.asking_pages import wishes_sent
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.guards import REFERRER, guarded
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.ordering import STEPS, wanted

blueprint = Blueprint("needs", __name__, url_prefix="/desk/people/<uuid:person_id>/needs")


@blueprint.get("")
@guarded(REFERRER)
def choice(person_id: UUID) -> ResponseReturnValue:
    """Show all needs with what the person said about them."""
    return _choice_page(people.get_person(current_work(), str(person_id)), Form(), {})


@blueprint.post("")
@guarded(REFERRER)
def choose(person_id: UUID) -> ResponseReturnValue:
    """Write down what the person wants help with, the most important first."""
    work, form = current_work(), Form()
    person = people.get_person(work, str(person_id))
    wishes = wishes_sent()
    first = request.form.get("first", "")
    if not form.saves(lambda: service.choose_needs(work, person.id, wishes, [first] if first in wishes else [])):
        return _choice_page(person, form, wishes), 422
    flash(gettext("Saved."))
    return redirect(url_for("person.show", person_id=person_id), 303)


@blueprint.post("/state")
@guarded(REFERRER)
def set_state(person_id: UUID) -> ResponseReturnValue:
    """Note that a need is met, or open again, as the desk heard it; the need stands in the form alone."""
    person = people.get_person(current_work(), str(person_id))
    state = next((one for one in NeedState if one == request.form.get("state")), None)
    if state is None:
        raise Invalid(gettext("Say whether the need is met or open."))
    service.set_need_state(current_work(), person.id, request.form.get("need", "")[:60], state)
    flash(gettext("Saved."))
    return redirect(url_for("person.show", person_id=person_id), 303)


@blueprint.get("/order")
@guarded(REFERRER)
def order(person_id: UUID) -> ResponseReturnValue:
    """Show what the person wants help with, with buttons to move each up or down."""
    person = people.get_person(current_work(), str(person_id))
    return render_template("desk/order.html", person=person, codes=wanted(person.id))


@blueprint.post("/order")
@guarded(REFERRER)
def move(person_id: UUID) -> ResponseReturnValue:
    """Move a need one step."""
    work = current_work()
    person = people.get_person(work, str(person_id))
    step = STEPS.get(request.form.get("move", ""), 0)
    service.choose_needs(work, person.id, {}, moved(wanted(person.id), request.form.get("need", ""), step))
    return redirect(url_for("needs.order", person_id=person_id), 303)


def _choice_page(person: Person, form: Form, wishes: Mapping[str, WantsHelp]) -> str:
    said = {need.code: need.wants_help for need in queries.needs_of(current_work(), person.id)}
    first = request.form.get("first", "")
    return render_template(
        "desk/needs.html", person=person, form=form, said={**said, **wishes}, first=first, codes=list(NEEDS)
    )
