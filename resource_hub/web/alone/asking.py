"""The questions, answered alone: each page is saved when it is sent, and all of them can be skipped."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from resource_hub.core.errors import Invalid
from resource_hub.inventory.models import Market
from resource_hub.people.queries import get_person
from resource_hub.screening import queries, service
from resource_hub.screening.values import Draft, Mode, Visit
from resource_hub.web.alone.visiting import in_visit
from resource_hub.web.shared.asking_pages import (
    first_page,
    help_texts,
    helplines_of,
    page_after,
    page_of,
    risks_of,
    save_page,
    wishes_sent,
)
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.guards import ALONE, guarded
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.ordering import wanted

blueprint = Blueprint("questions", __name__, url_prefix="/screen/questions")

SKIP, BACK = "skip", "back"


@blueprint.get("")
@guarded(ALONE, writes=True, repeats=False)
@in_visit
def start(visit: Visit) -> ResponseReturnValue:
    """Begin, or go on where the person was."""
    if visit.answered or not visit.instrument:
        return redirect(url_for("alone.begin"), 303)
    return redirect(url_for("questions.show", number=first_page(_draft(visit))), 303)


@blueprint.get("/<int:number>")
@guarded(ALONE, writes=True, repeats=False)
@in_visit
def show(visit: Visit, number: int) -> ResponseReturnValue:
    """Show a page of questions."""
    if visit.answered or not visit.instrument:
        return redirect(url_for("alone.begin"), 303)
    return _page(_draft(visit), number, Form(formdata=None))


@blueprint.post("/<int:number>")
@guarded(ALONE)
@in_visit
def save(visit: Visit, number: int) -> ResponseReturnValue:
    """Save a page and go on, back, or past all questions."""
    if visit.answered or not visit.instrument:
        return redirect(url_for("alone.begin"), 303)
    form, draft = Form(), _draft(visit)
    saved = save_page(current_work(), draft, number, form)
    if saved is None:
        return _page(draft, number, form, keep_sent=True), 422
    going = request.form.get("go", "")
    if going == SKIP:
        return _finish(visit, saved)
    after = _before(saved, number) if going == BACK else page_after(draft, saved, number)
    if after is None:
        return redirect(url_for("questions.wishes"), 303)
    return redirect(url_for("questions.show", number=after), 303)


@blueprint.get("/help")
@guarded(ALONE, writes=True, repeats=False)
@in_visit
def wishes(visit: Visit) -> ResponseReturnValue:
    """Ask of each risk whether the person wants help with it."""
    if visit.answered or not visit.instrument:
        return redirect(url_for("alone.begin"), 303)
    return _wishes_page(_draft(visit), Form(formdata=None))


@blueprint.post("/help")
@guarded(ALONE)
@in_visit
def finish(visit: Visit) -> ResponseReturnValue:
    """Write down what the person answered and wants."""
    if visit.answered or not visit.instrument:
        return redirect(url_for("alone.begin"), 303)
    draft = _draft(visit)
    try:
        return _finish(visit, draft)
    except Invalid:
        form = Form()
        form.form_errors.append(gettext("Some answers do not fit. Choose again."))
        return _wishes_page(draft, form), 422


def _finish(visit: Visit, draft: Draft) -> ResponseReturnValue:
    work = current_work()
    service.finish(work, draft.id, wishes_sent(), mode=Mode.ALONE)
    service.note_answered(work, visit)
    several = len(wanted(visit.person_id)) > 1 and request.form.get("go") != SKIP
    return redirect(url_for("list.order" if several else "list.show"), 303)


def _before(draft: Draft, number: int) -> int:
    before = page_of(draft, number, _market(draft)).before
    return number if before is None else before


def _draft(visit: Visit) -> Draft:
    return service.start(current_work(), visit.person_id, visit.instrument)


def _market(draft: Draft) -> Market:
    work = current_work()
    return work.session.get_one(Market, get_person(work, draft.person_id).market_id)


def _page(draft: Draft, number: int, form: Form, *, keep_sent: bool = False) -> str:
    page = page_of(draft, number, _market(draft), keep_sent=keep_sent)
    return render_template("alone/questions.html", page=page, form=form)


def _wishes_page(draft: Draft, form: Form) -> str:
    question, answers = help_texts(draft)
    instrument = queries.instrument_of(current_work(), draft.id)
    return render_template(
        "alone/wishes.html",
        form=form,
        risks=risks_of(draft),
        question=question,
        answers=answers,
        said=wishes_sent(),
        helplines=helplines_of(draft, instrument, _market(draft)),
    )
