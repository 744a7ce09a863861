"""Going anywhere by a few letters: people, pages and what can be done for the person at hand.

Asked by POST, so that no address holds a name. Without script it is a page; with it, a box over every page of the desk.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from re import compile as pattern

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, StringField
from wtforms.validators import Length, Optional

from resource_hub.core.errors import NotFound
from resource_hub.people import queries
from resource_hub.people.rules.validate import LONGEST_NAME
from resource_hub.people.values import Person
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.guards import REFERRER, guarded
from resource_hub.web.shared.hub import current_work

blueprint = Blueprint("going", __name__, url_prefix="/desk/go")

PAGES = (
    ("today.show", _("Today")),
    ("people.index", _("People")),
    ("people.new", _("Add a person")),
    ("ward.choose", _("Several people")),
    ("episodes.index", _("Episodes")),
    ("discharges.show", _("Discharges")),
    ("paper.sheet", _("Paper to screen with")),
    ("calls.show", _("Who they may call")),
)
FOR_PERSON = (
    ("matching.show", _("Find help")),
    ("screening.start", _("Screen")),
    ("needs.choice", _("What they want help with")),
    ("facts.show", _("Facts that decide eligibility")),
    ("person.new_route", _("Add a way to reach them")),
    ("person.correction", _("Correct who they are")),
)
_PERSON = pattern(r"/desk/people/([0-9a-f-]{36})\b")


class GoForm(Form):
    words = StringField(_("Name, record number, page or action"), [Optional(), Length(max=LONGEST_NAME)])
    here = HiddenField(validators=[Optional(), Length(max=300)])


@dataclass(frozen=True)
class Target:
    """Where one may go; `kind` is person, action or page."""

    kind: str
    text: str = field(repr=False)
    address: str


@blueprint.get("")
@guarded(REFERRER)
def form() -> ResponseReturnValue:
    """Show the box and every page."""
    return _page(GoForm(formdata=None), "")


@blueprint.post("")
@guarded(REFERRER, writes=False)
def look() -> ResponseReturnValue:
    """Show where one may go by what was typed."""
    asked = GoForm()
    return _page(asked, asked.words.data or "") if asked.validate() else (_page(asked, ""), 422)


def _page(asked: GoForm, words: str) -> str:
    return render_template("desk/go.html", go=asked, targets=list(_targets(words.strip(), asked.here.data or "")))


def _targets(words: str, here: str) -> Iterator[Target]:
    for person_id, name, number in _people(words):
        text = f"{name} · {number}" if number else name
        yield Target("person", text, url_for("person.show", person_id=person_id))
    person = _at_hand(here)
    if person:
        for endpoint, label in FOR_PERSON:
            if _fits(str(label), words):
                text = gettext("%(act)s: %(name)s", act=label, name=person.name)
                yield Target("action", text, url_for(endpoint, person_id=person.id))
    yield from (Target("page", str(label), url_for(page)) for page, label in PAGES if _fits(str(label), words))


def _people(words: str) -> Iterator[tuple[str, str, str]]:
    if not words:
        return
    work, seen = current_work(), set[str]()
    numbered = (queries.find_by_record_number(work, market, words) for market in sorted(work.actor.market_ids))
    for one in (*filter(None, numbered), *queries.named_like(work, words)):
        if one.id not in seen:
            seen.add(one.id)
            yield one.id, one.name, one.record_number


def _at_hand(here: str) -> Person | None:
    found = _PERSON.match(here)
    try:
        return queries.get_person(current_work(), found[1]) if found else None
    except NotFound:
        return None


def _fits(label: str, words: str) -> bool:
    wanted, parts = words.casefold(), label.casefold().split()
    return any(" ".join(parts[place:]).startswith(wanted) for place in range(len(parts)))
