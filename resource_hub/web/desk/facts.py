"""The facts that decide eligibility, each a field: corrected on a page of their own, or answered on the way."""

from collections.abc import Mapping
from itertools import combinations
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField
from wtforms.validators import Length

from resource_hub.core.clock import local_date
from resource_hub.core.codes import FACTS, NONE, Fact, FactKind, FactValue, parse_fact, written
from resource_hub.core.errors import Fault, Invalid
from resource_hub.inventory.models import Market
from resource_hub.people import queries, service
from resource_hub.people.values import Person
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.guards import REFERRER, guarded
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.templates import fact_value

blueprint = Blueprint("facts", __name__, url_prefix="/desk/people/<uuid:person_id>/facts")


def _field(fact: Fact) -> StringField | SelectField:
    # A form may ask for some facts only: one that it leaves out is as good as not known.
    if fact.kind is FactKind.YES_NO:
        choices = [("", _("Not known")), ("yes", _("Yes")), ("no", _("No"))]
        return SelectField(_(fact.label), choices=lambda: choices, default="")
    if fact.kind is FactKind.CHOICE:
        return SelectField(_(fact.label), choices=lambda: _named(fact), default="")
    return StringField(_(fact.label), [Length(max=10)])


def _named(fact: Fact) -> list[tuple[str, str]]:
    values: list[FactValue] = [*fact.choices]
    if fact.several:
        together = [choice for choice in fact.choices if choice != NONE]
        values += [more for count in range(2, len(together) + 1) for more in combinations(together, count)]
    return [
        ("", gettext("Not known")),
        *((written(fact.name, value), fact_value(value, fact.name)) for value in values),
    ]


# One field for each fact of the code list.
FactsForm = type("FactsForm", (Form,), {fact.name: _field(fact) for fact in FACTS.values()})


@blueprint.get("")
@guarded(REFERRER)
def show(person_id: UUID) -> ResponseReturnValue:
    """Show the facts that decide eligibility, to correct."""
    person = queries.get_person(current_work(), str(person_id))
    return render_template("desk/facts.html", person=person, form=known_facts(person))


@blueprint.post("")
@guarded(REFERRER)
def save(person_id: UUID) -> ResponseReturnValue:
    """Write down the facts that changed, as known today."""
    form, person = FactsForm(), queries.get_person(current_work(), str(person_id))
    if form.saves(lambda: write_down(person, {name: form[name].data or "" for name in FACTS})):
        flash(gettext("Saved."))
        return redirect(url_for("person.show", person_id=person_id), 303)
    return render_template("desk/facts.html", person=person, form=form), 422


def known_facts(person: Person) -> Form:
    """Return the form with the facts that were written down for a person."""
    known = {fact.name: written(fact.name, fact.value) for fact in person.facts}
    form: Form = FactsForm(formdata=None, data=known)
    return form


def write_down(person: Person, texts: Mapping[str, str]) -> None:
    """Write down the facts that changed, as known today; an empty text forgets one. Refuses every fault at once."""
    work = current_work()
    today = local_date(work.now, work.session.get_one(Market, person.market_id).time_zone)
    known = {fact.name: fact.value for fact in person.facts}
    for name, value in _read(texts).items():
        if value is None and name in known:
            service.remove_fact(work, person.id, name)
        elif value is not None and value != known.get(name):
            service.set_fact(work, person.id, name, value, today)


def _read(texts: Mapping[str, str]) -> dict[str, FactValue | None]:
    values: dict[str, FactValue | None] = {}
    faults: list[Fault] = []
    for name, text in texts.items():
        try:
            values[name] = parse_fact(name, text) if text else None
        except Invalid as refusal:
            faults.extend(refusal.faults)
    if faults:
        raise Invalid(" ".join(fault.text for fault in faults), faults=tuple(faults))
    return values
