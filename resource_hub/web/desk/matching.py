"""The ranked list for a person: reasons, questions, and what is not shown and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateTimeLocalField, FloatField, HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import NumberInput

from resource_hub.core.clock import local_date
from resource_hub.core.codes import FACTS, FactValue
from resource_hub.core.errors import Invalid
from resource_hub.handoff.queries.notes import notes_about
from resource_hub.handoff.rules.gaps import Unsuitable
from resource_hub.handoff.service import keep_note, record_unmet
from resource_hub.inventory.models import Market
from resource_hub.matching.asking import Wish
from resource_hub.matching.finding import LONGEST
from resource_hub.matching.values.wording import Found
from resource_hub.people import queries
from resource_hub.people.rules.sharing import facts_for_matching
from resource_hub.people.rules.validate import fact_text
from resource_hub.people.values import Person
from resource_hub.screening import queries as screening
from resource_hub.web.desk import listed
from resource_hub.web.desk.episode_forms import gap_name
from resource_hub.web.desk.facts import FactsForm, known_facts, write_down
from resource_hub.web.desk.gap_search import ALL, needs_to_begin_with, sought_from
from resource_hub.web.shared.finding import found_for
from resource_hub.web.shared.forms import Checkboxes, Form
from resource_hub.web.shared.guards import REFERRER, guarded
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.language import current_translate
from resource_hub.web.shared.results import Results, in_words, results_of
from resource_hub.web.shared.templates import need_name
from resource_hub.web.shared.words import options

blueprint = Blueprint("matching", __name__, url_prefix="/desk/people/<uuid:person_id>/match")

MOST_ROWS = 25
FEWEST_COMPARED, MOST_COMPARED = 2, 3


class OptionsForm(Form):
    """How to search: everything the list depends on beside the person's own facts."""

    called: ClassVar[Mapping[str, str]] = {"query": "words"}

    gap = HiddenField(default="", validators=[Length(max=36)])
    needs = Checkboxes(_("Help with"), [InputRequired(_("Choose at least one."))])
    near = StringField(_("Near"), [Optional(), Length(max=40)])
    by = SelectField(_("How they travel"), [Optional()])
    max_km = FloatField(_("At most, in km"), [Optional(), NumberRange(0.1, 500)], widget=NumberInput(step="any"))
    needed_by = DateTimeLocalField(_("Needed by"), [Optional()])
    ignore_prices = BooleanField(_("Also use places that are kept for people with no other option"))
    words = StringField(_("Search in plain words"), [Optional(), Length(max=LONGEST)])


@blueprint.get("")
@guarded(REFERRER)
def show(person_id: UUID) -> ResponseReturnValue:
    """Rank services for what the person wants, or for what a gap of theirs needs, near their home, now."""
    person, wanted = _person(person_id)
    gap = request.args.get("gap", "")[:36]
    needs = needs_to_begin_with(current_work(), person.id, gap, wanted)
    form = _form(wanted, data={"needs": needs, "near": person.postal_code, "gap": "" if gap == ALL else gap})
    return _page(person, form)


@blueprint.post("")
@guarded(REFERRER, writes=False)
def adjust(person_id: UUID) -> ResponseReturnValue:
    """Rank again with other options; nothing is kept and no address holds them."""
    person, wanted = _person(person_id)
    form = _form(wanted)
    return _page(person, form, is_valid=form.validate())


@blueprint.post("/answers")
@guarded(REFERRER)
def answer(person_id: UUID) -> ResponseReturnValue:
    """Write down what is known of the person, and rank again with it; an emptied field is forgotten."""
    person, wanted = _person(person_id)
    form, answers = _form(wanted), FactsForm()
    given = {name: answers[name].data or "" for name in FACTS if name in request.form}
    if not answers.saves(lambda: write_down(person, given)):
        return _page(person, form, answers)
    person, _wanted = _person(person_id)
    return _page(person, form, is_valid=form.validate())


@blueprint.post("/notes")
@guarded(REFERRER)
def note(person_id: UUID) -> ResponseReturnValue:
    """Keep a note about a service of the list, for oneself or for the team, and show the list again."""
    person, wanted = _person(person_id)
    form, about = _form(wanted), request.form.get("about", "")[:36]
    text, shared = request.form.get(f"note-{about}", ""), f"shared-{about}" in request.form
    return _page(person, form, is_valid=form.saves(lambda: keep_note(current_work(), about, text, shared=shared)))


@blueprint.post("/compare")
@guarded(REFERRER, writes=False)
def compare(person_id: UUID) -> ResponseReturnValue:
    """Show two or three services of the list beside each other; without a choice, the list again."""
    person, wanted = _person(person_id)
    form, chosen = _form(wanted), list(dict.fromkeys(request.form.getlist("compare")))
    if not form.validate():
        return _page(person, form, is_valid=False)
    if not FEWEST_COMPARED <= len(chosen) <= MOST_COMPARED:
        form.form_errors.append(gettext("Choose two or three services to compare."))
        return _page(person, form, status=422)
    shown = _list(person, form)
    rows = [row for row in shown.results.rows if row.match.listing.service_at_location_id in chosen]
    if len(rows) < FEWEST_COMPARED:
        form.form_errors.append(gettext("They are no longer on the list. Look at it again."))
        return _page(person, form, status=422)
    return render_template("desk/compare.html", person=person, form=form, rows=rows, seals=shown.seals, zone=shown.zone)


@blueprint.post("/nothing")
@guarded(REFERRER)
def nothing(person_id: UUID) -> ResponseReturnValue:
    """Write down that nothing suitable exists, with the need, three digits of the ZIP Code and the reason."""
    person, wanted = _person(person_id)
    chosen = [need for need in request.form.getlist("needs") if need in wanted]
    record_unmet(current_work(), person.market_id, chosen, person.postal_code or "", request.form.get("reason", ""))
    flash(gettext("Written down, without the person. It shows on the page of gaps."))
    return redirect(url_for("matching.show", person_id=person_id), 303)


@dataclass(frozen=True)
class Shown:
    """A list as pages show it: in words, with the sealed place of each row."""

    found: Found | None
    results: Results
    seals: Mapping[str, str]
    zone: str


def _page(
    person: Person, form: OptionsForm, answers: Form | None = None, *, is_valid: bool = True, status: int = 200
) -> ResponseReturnValue:
    work = current_work()
    status = status if is_valid and answers is None else 422
    shown = None
    if is_valid and form.needs.data:
        try:
            shown = _list(person, form)
        except Invalid as refusal:
            form.blame(refusal)
            status = 422
    market = work.session.get_one(Market, person.market_id)
    rows = shown.results.rows if shown else ()
    page = render_template(
        "desk/match.html",
        person=person,
        sought=sought_from(work, person.id, form.gap.data),
        gap_name=gap_name,
        facts=facts_for_matching(person, local_date(work.now, market.time_zone)),
        form=form,
        answers=answers or known_facts(person),
        notes=notes_about(work, [row.match.listing.service_at_location_id for row in rows]),
        reasons=list(Unsuitable),
        found=shown.found if shown else None,
        results=shown.results if shown else None,
        seals=shown.seals if shown else {},
        zone=market.time_zone,
    )
    return page, status


def _list(person: Person, form: OptionsForm) -> Shown:
    """Rank for the needs, or for words where some were typed."""
    work, seed = current_work(), listed.new_seed(current_work())
    market = work.session.get_one(Market, person.market_id)
    wish = _wish(person, facts_for_matching(person, local_date(work.now, market.time_zone)), form, seed)
    if form.words.data:
        found = found_for(market, form.words.data, wish)
        results = in_words(work.session, market, found.ranking, current_translate())
    else:
        found, results = None, results_of(market, wish)
    return Shown(found, results, listed.seals(work, person.id, results.ranking, seed), market.time_zone)


def _wish(person: Person, facts: Mapping[str, FactValue], form: OptionsForm, seed: int) -> Wish:
    return Wish(
        needs=tuple(form.needs.data or ()),
        near=form.near.data or None,
        facts={name: fact_text(value) for name, value in facts.items()},
        language=person.language or None,
        by=form.by.data or None,
        max_km=form.max_km.data,
        needed_by=form.needed_by.data.isoformat() if form.needed_by.data else None,
        limit=MOST_ROWS,
        seed=seed,
        prices=not form.ignore_prices.data,
        show_excluded=True,
    )


def _form(wanted: list[str], data: dict[str, object] | None = None) -> OptionsForm:
    form = OptionsForm(data=data)
    form.needs.choices = [(code, need_name(code)) for code in wanted]
    form.by.choices = [("", _("The faster of walking and bus")), *options("travel")]
    return form


def _person(person_id: UUID) -> tuple[Person, list[str]]:
    work = current_work()
    person = queries.get_person(work, str(person_id))
    return person, [need.code for need in screening.needs_of(work, person.id) if need.wants_help == "yes"]
