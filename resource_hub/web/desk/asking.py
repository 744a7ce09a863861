"""Staff asks an instrument page by page: each page is saved when it is sent, and the person's wishes come last."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from resource_hub.core.errors import Invalid, NotFound
from resource_hub.inventory.models import Market
from resource_hub.people import queries as people
from resource_hub.people.values import Person
from resource_hub.screening import queries, service
from resource_hub.screening.values import Draft, Screening
from resource_hub.web.shared.asking_pages import (
    help_texts,
    helplines_of,
    page_after,
    page_of,
    risks_of,
    save_page,
    wishes_sent,
)
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.guards import REFERRER, guarded
from resource_hub.web.shared.hub import current_work

blueprint = Blueprint("asking", __name__, url_prefix="/desk/people/<uuid:person_id>/screening/<uuid:draft_id>")


@blueprint.get("/<int:number>")
@guarded(REFERRER)
def show(person_id: UUID, draft_id: UUID, number: int) -> ResponseReturnValue:
    """Show a page of questions."""
    person, draft = _found(person_id, draft_id)
    return _page(person, draft, number, Form(formdata=None))


@blueprint.post("/<int:number>")
@guarded(REFERRER)
def save(person_id: UUID, draft_id: UUID, number: int) -> ResponseReturnValue:
    """Save a page, and go where the button leads."""
    form = Form()
    person, draft = _found(person_id, draft_id)
    saved = save_page(current_work(), draft, number, form)
    if saved is None:
        return _page(person, draft, number, form, keep_sent=True), 422
    going = request.form.get("go", "")
    if going == "stop":
        flash(gettext("Saved. You can go on at any time."))
        return redirect(url_for("screening.start", person_id=person_id), 303)
    after = _to(going) or page_after(draft, saved, number)
    if after is None:
        return redirect(url_for("asking.wishes", person_id=person_id, draft_id=draft_id), 303)
    return redirect(url_for("asking.show", person_id=person_id, draft_id=draft_id, number=after), 303)


@blueprint.get("/wishes")
@guarded(REFERRER)
def wishes(person_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Ask of each risk whether the person wants help with it."""
    person, draft = _found(person_id, draft_id)
    return _wishes_page(person, draft, Form(formdata=None))


@blueprint.post("/wishes")
@guarded(REFERRER)
def finish(person_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Write the screening down."""
    form = Form()
    person, draft = _found(person_id, draft_id)
    try:
        done = service.finish(current_work(), draft.id, wishes_sent())
    except Invalid as refusal:
        form.blame(refusal)
        return _wishes_page(person, draft, form), 422
    flash(gettext("Saved."))
    return redirect(_after(person, done), 303)


def _after(person: Person, done: Screening) -> str:
    if len(done.choices.needs) > 1 and not done.dangers:
        return url_for("needs.order", person_id=person.id)
    return url_for("screened.show", person_id=person.id, screening_id=done.id)


def _found(person_id: UUID, draft_id: UUID) -> tuple[Person, Draft]:
    work = current_work()
    person, draft = people.get_person(work, str(person_id)), queries.get_draft(work, str(draft_id))
    if draft.person_id != person.id:
        raise NotFound(gettext("There is no such screening under way."))
    return person, draft


def _to(going: str) -> int | None:
    """Return the page that a button names."""
    return int(going) if going.isascii() and going.isdigit() and len(going) < len("1000") else None


def _page(person: Person, draft: Draft, number: int, form: Form, *, keep_sent: bool = False) -> str:
    market = current_work().session.get_one(Market, person.market_id)
    page = page_of(draft, number, market, keep_sent=keep_sent)
    return render_template("desk/asking.html", person=person, market=market, page=page, form=form)


def _wishes_page(person: Person, draft: Draft, form: Form) -> str:
    work = current_work()
    market = work.session.get_one(Market, person.market_id)
    question, answers = help_texts(draft)
    return render_template(
        "desk/wishes.html",
        person=person,
        market=market,
        draft=draft,
        form=form,
        risks=risks_of(draft),
        question=question,
        answers=answers,
        said={need.code: need.wants_help for need in queries.needs_of(work, person.id)} | wishes_sent(),
        helplines=helplines_of(draft, queries.instrument_of(work, draft.id), market),
    )
