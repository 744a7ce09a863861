"""A plan for several people at once, such as everybody who leaves a ward today: one list, each line explained."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from wtforms.validators import InputRequired

from resource_hub.core.clock import local_date
from resource_hub.core.errors import Invalid
from resource_hub.inventory.models import Market
from resource_hub.matching import phrases
from resource_hub.matching.asking import Wish, query_of
from resource_hub.matching.values import Query
from resource_hub.matching.values.ward import WardRow
from resource_hub.matching.ward import ward_list
from resource_hub.people import queries
from resource_hub.people.rules.sharing import facts_for_matching
from resource_hub.people.rules.validate import fact_text
from resource_hub.people.values import Person, PersonSummary
from resource_hub.web.shared.forms import Checkboxes, Form
from resource_hub.web.shared.guards import REFERRER, guarded
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.language import current_translate
from resource_hub.web.shared.ordering import still_open
from resource_hub.web.shared.templates import need_name

blueprint = Blueprint("ward", __name__, url_prefix="/desk/together")

MOST_PEOPLE = 60


@dataclass(frozen=True)
class Line:
    """What is proposed to one person for one need, in words."""

    person: Person
    row: WardRow
    summary: str
    why: str


@dataclass(frozen=True)
class Wanting:
    """Somebody who wants help, and with what."""

    person: PersonSummary
    needs: tuple[str, ...]


class WardForm(Form):
    people = Checkboxes(_("Who is it for?"), [InputRequired(_("Choose at least one."))])


@blueprint.get("")
@guarded(REFERRER)
def choose() -> ResponseReturnValue:
    """Show who wants help, to choose from."""
    return _page(_form(), ())


@blueprint.post("")
@guarded(REFERRER, writes=False)
def plan() -> ResponseReturnValue:
    """Propose a service to each of the chosen people for each of their needs; nothing is written."""
    form = _form()
    if not form.validate():
        return _page(form, ()), 422
    try:
        lines = tuple(_lines(form.people.data or ()))
    except Invalid as refusal:
        form.blame(refusal)
        return _page(form, ()), 422
    return _page(form, lines)


def _page(form: WardForm, lines: Sequence[Line]) -> str:
    return render_template("desk/ward.html", form=form, lines=lines)


def _form() -> WardForm:
    form = WardForm()
    form.people.choices = [
        (one.person.id, f"{one.person.name}: {', '.join(map(need_name, one.needs))}") for one in _wanting()
    ]
    return form


def _wanting() -> Iterator[Wanting]:
    work = current_work()
    for person in queries.recent_people(work, MOST_PEOPLE):
        needs = still_open(person.id)
        if needs:
            yield Wanting(person, needs)


def _lines(person_ids: Sequence[str]) -> Iterator[Line]:
    work, translate = current_work(), current_translate()
    people = sorted((queries.get_person(work, person_id) for person_id in person_ids), key=lambda one: one.market_id)
    for market_id, group in groupby(people, key=lambda person: person.market_id):
        market = work.session.get_one(Market, market_id)
        here = {person.id: person for person in group}
        asked: Mapping[str, Query] = {person.id: _query(person, market) for person in here.values()}
        for row in ward_list(work, market, asked):
            yield Line(
                here[row.person_id],
                row,
                phrases.summary(row.match, translate) if row.match else "",
                phrases.ward(row.why, translate) if row.why else "",
            )


def _query(person: Person, market: Market) -> Query:
    now = current_work().now
    facts = facts_for_matching(person, local_date(now, market.time_zone))
    wish = Wish(
        needs=still_open(person.id),
        near=person.postal_code or None,
        facts={name: fact_text(value) for name, value in facts.items()},
        language=person.language or None,
    )
    return query_of(wish, market.time_zone, now)
