"""Asking the questions of an instrument, and writing down what the person wants help with."""

from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from resource_hub.core.codes import NEEDS
from resource_hub.core.errors import Invalid
from resource_hub.people import queries as people
from resource_hub.people.values import Person
from resource_hub.screening import instruments, queries, service
from resource_hub.screening.values import Answer, Instrument, Result, Screening, WantsHelp, text_in
from resource_hub.web.shared.asking import PREFIX, questions_of
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.guards import REFERRER, guarded
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.language import current_language
from resource_hub.web.shared.templates import need_name

blueprint = Blueprint("screening", __name__, url_prefix="/desk/people/<uuid:person_id>")

WISH = "help."


@blueprint.get("/screening")
@guarded(REFERRER)
def form(person_id: UUID) -> ResponseReturnValue:
    """Show the questions."""
    return _form_page(people.get_person(current_work(), str(person_id)), Form())


@blueprint.post("/screening")
@guarded(REFERRER)
def record(person_id: UUID) -> ResponseReturnValue:
    """Write down the answers; a question left out stays unanswered."""
    work, form = current_work(), Form()
    person = people.get_person(work, str(person_id))
    given = [Answer(name.removeprefix(PREFIX), code) for name, code in _sent(PREFIX)]
    try:
        done = service.record_screening(work, person.id, _name(), given, _wishes())
    except Invalid as refusal:
        form.blame(refusal)
        return _form_page(person, form), 422
    if done.dangers:
        # What means danger stands on no message that could be seen or printed elsewhere.
        flash(gettext("Saved."))
        return redirect(url_for("screened.show", person_id=person_id, screening_id=done.id), 303)
    flash(_what_was_found(done))
    going_on = "matching.show" if done.choices.needs else "person.show"
    return redirect(url_for(going_on, person_id=person_id), 303)


@blueprint.get("/needs")
@guarded(REFERRER)
def choice(person_id: UUID) -> ResponseReturnValue:
    """Show all needs with what the person said about them."""
    return _choice_page(people.get_person(current_work(), str(person_id)), Form(), {})


@blueprint.post("/needs")
@guarded(REFERRER)
def choose(person_id: UUID) -> ResponseReturnValue:
    """Write down what the person wants help with, the most important first."""
    work, form = current_work(), Form()
    person = people.get_person(work, str(person_id))
    wishes = _wishes()
    first = request.form.get("first", "")
    if not form.saves(lambda: service.choose_needs(work, person.id, wishes, [first] if first in wishes else [])):
        return _choice_page(person, form, wishes), 422
    flash(gettext("Saved."))
    return redirect(url_for("person.show", person_id=person_id), 303)


def _form_page(person: Person, form: Form) -> str:
    instrument, language = _instrument(), current_language()
    names = [
        *instruments.names(),
        *dict.fromkeys(one.instrument.name for one in queries.versions(current_work().session)),
    ]
    return render_template(
        "desk/screening.html",
        person=person,
        form=form,
        instrument=instrument.name,
        others=[(name, _title(name)) for name in names if name != instrument.name],
        title=text_in(instrument.title, language),
        label=text_in(instrument.label, language),
        introduction=text_in(instrument.introduction, language),
        questions=questions_of(instrument, language),
        help_question=text_in(instrument.help_question, language),
        help_answers={code: text_in(texts, language) for code, texts in instrument.help_answers.items()},
        sent=request.form,
    )


def _name() -> str:
    return request.form.get("instrument", "") or request.args.get("instrument", "") or instruments.SHORT_SCREENER


def _instrument(name: str = "") -> Instrument:
    """Return the instrument that is asked for; one that is scored by code alone has no questions to show."""
    name = name or _name()
    if name in instruments.names():
        return instruments.load(name)
    return queries.load_imported(current_work().session, name)


def _title(name: str) -> str:
    return text_in(_instrument(name).title, current_language())


def _choice_page(person: Person, form: Form, wishes: Mapping[str, WantsHelp]) -> str:
    said = {need.code: need.wants_help for need in queries.needs_of(current_work(), person.id)}
    first = request.form.get("first", "")
    return render_template(
        "desk/needs.html", person=person, form=form, said={**said, **wishes}, first=first, codes=list(NEEDS)
    )


def _what_was_found(done: Screening) -> str:
    risks = [need_name(found.domain) for found in done.results if found.result is Result.POSITIVE]
    if not risks:
        return str(gettext("Saved. No risk was found."))
    return str(gettext("Saved. Found: %(risks)s.", risks=", ".join(risks)))


def _wishes() -> dict[str, WantsHelp]:
    known = {wish.value for wish in WantsHelp}
    return {name.removeprefix(WISH): WantsHelp(wish) for name, wish in _sent(WISH) if wish in known}


def _sent(prefix: str) -> list[tuple[str, str]]:
    fields = request.form.items(multi=True)
    return [(name, value) for name, value in fields if name.startswith(prefix) and value]
