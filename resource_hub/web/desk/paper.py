"""On paper: an instrument printed in large type, and answers keyed in afterwards in the order of the paper."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from resource_hub.core.codes import NEEDS
from resource_hub.core.errors import Invalid
from resource_hub.core.language import LANGUAGES
from resource_hub.people import queries as people
from resource_hub.people.values import Person
from resource_hub.screening import instruments, service
from resource_hub.screening.values import Answer, Mode, Result, Screening, text_in
from resource_hub.web.desk.screening import MENU, instrument_named, titles
from resource_hub.web.shared.asking import PREFIX, questions_of
from resource_hub.web.shared.asking_pages import wishes_sent
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.guards import REFERRER, guarded
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.language import current_language, speak
from resource_hub.web.shared.spoken import LANGUAGES as OWN_NAMES
from resource_hub.web.shared.templates import need_name

blueprint = Blueprint("paper", __name__, url_prefix="/desk")


@blueprint.get("/paper")
@guarded(REFERRER)
def sheet() -> ResponseReturnValue:
    """Show an instrument, or the menu of needs, as it is printed; nothing of any person is on it."""
    name = request.args.get("instrument", "") or instruments.SHORT_SCREENER
    if request.args.get("in") in LANGUAGES:
        speak(request.args["in"])
    language = current_language()
    instrument = instrument_named(instruments.SHORT_SCREENER if name == MENU else name)
    return render_template(
        "desk/paper.html",
        name=name,
        languages=[(tag, name) for tag, name in OWN_NAMES if tag in LANGUAGES],
        is_menu=name == MENU,
        needs=list(NEEDS),
        title=text_in(instrument.title, language) or instrument.name,
        label=text_in(instrument.label, language),
        introduction=text_in(instrument.introduction, language),
        questions=questions_of(instrument, language),
        notice=service.notice_of(instrument),
        help_question=text_in(instrument.help_question, language),
        help_answers=[text_in(texts, language) for texts in instrument.help_answers.values()],
    )


@blueprint.get("/people/<uuid:person_id>/screening/paper")
@guarded(REFERRER)
def form(person_id: UUID) -> ResponseReturnValue:
    """Show all questions in the order of the paper."""
    return _form_page(people.get_person(current_work(), str(person_id)), Form())


@blueprint.post("/people/<uuid:person_id>/screening/paper")
@guarded(REFERRER)
def record(person_id: UUID) -> ResponseReturnValue:
    """Write down the answers; a question left out stays unanswered."""
    work, form = current_work(), Form()
    person = people.get_person(work, str(person_id))
    given = [Answer(name.removeprefix(PREFIX), code) for name, code in _sent()]
    try:
        done = service.record_screening(work, person.id, _name(), given, wishes_sent(), mode=Mode.PAPER)
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


def _form_page(person: Person, form: Form) -> str:
    instrument, language = instrument_named(_name()), current_language()
    return render_template(
        "desk/key_in.html",
        person=person,
        form=form,
        instrument=instrument.name,
        others=[one for one in titles() if one[0] != instrument.name],
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


def _what_was_found(done: Screening) -> str:
    risks = [need_name(found.domain) for found in done.results if found.result is Result.POSITIVE]
    if not risks:
        return str(gettext("Saved. No risk was found."))
    return str(gettext("Saved. Found: %(risks)s.", risks=", ".join(risks)))


def _sent() -> list[tuple[str, str]]:
    fields = request.form.items(multi=True)
    return [(name, value) for name, value in fields if name.startswith(PREFIX) and value]
