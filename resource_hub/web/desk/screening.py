"""Ways to screen a person: staff asks, the person answers alone, on paper, or a menu without questions about risks."""

from collections.abc import Callable, Mapping
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from resource_hub.inventory.models import Market
from resource_hub.people import queries as people
from resource_hub.people.values import Person
from resource_hub.screening import instruments, queries, service
from resource_hub.screening.rules.inviting import OPEN_FOR, shown_code
from resource_hub.screening.values import Draft, Instrument, text_in
from resource_hub.web.shared.asking_pages import first_page
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.guards import REFERRER, guarded
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.language import current_language
from resource_hub.web.shared.visits import give_browser

blueprint = Blueprint("screening", __name__, url_prefix="/desk/people/<uuid:person_id>/screening")

MENU = "menu"


@blueprint.get("")
@guarded(REFERRER)
def start(person_id: UUID) -> ResponseReturnValue:
    """Show the ways, and what is under way."""
    return _page(people.get_person(current_work(), str(person_id)))


@blueprint.post("")
@guarded(REFERRER)
def choose(person_id: UUID) -> ResponseReturnValue:
    """Go one of the ways with an instrument."""
    person = people.get_person(current_work(), str(person_id))
    way = _WAYS.get(request.form.get("how", ""), _ask)
    return way(person, request.form.get("instrument", "") or instruments.SHORT_SCREENER)


@blueprint.post("/<uuid:draft_id>/discard")
@guarded(REFERRER)
def discard(person_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Forget a screening that was begun."""
    draft = queries.get_draft(current_work(), str(draft_id))
    service.discard(current_work(), draft.id)
    return redirect(url_for("screening.start", person_id=person_id), 303)


def titles() -> list[tuple[str, str]]:
    """Return the instruments that can be asked, by name, with their titles: ours first."""
    session, language = current_work().session, current_language()
    ours = [(name, instruments.load(name)) for name in instruments.names()]
    found: dict[str, Instrument] = dict(ours)
    for version in queries.versions(session):
        found.setdefault(version.instrument.name, version.instrument)
    return [(name, text_in(instrument.title, language) or name) for name, instrument in found.items()]


def instrument_named(name: str) -> Instrument:
    """Return the newest version of an instrument that can be asked; refuses with no_such_instrument."""
    if name in instruments.names():
        return instruments.load(name)
    return queries.load_imported(current_work().session, name)


def _ask(person: Person, name: str) -> ResponseReturnValue:
    if name == MENU:
        return redirect(url_for("needs.choice", person_id=person.id), 303)
    draft = service.start(current_work(), person.id, name)
    return redirect(url_for("asking.show", person_id=person.id, draft_id=draft.id, number=first_page(draft)), 303)


def _make_code(person: Person, name: str) -> ResponseReturnValue:
    return _page(person, shown_code(_invite(person, name)))


def _hand_over(person: Person, name: str) -> ResponseReturnValue:
    give_browser(service.begin_visit(current_work(), _invite(person, name)))
    return redirect(url_for("alone.begin"), 303)


def _key_in(person: Person, name: str) -> ResponseReturnValue:
    name = instruments.SHORT_SCREENER if name == MENU else name
    return redirect(url_for("paper.form", person_id=person.id, instrument=name), 303)


def _print(person: Person, name: str) -> ResponseReturnValue:
    del person
    return redirect(url_for("paper.sheet", instrument=name), 303)


_WAYS: Mapping[str, Callable[[Person, str], ResponseReturnValue]] = {
    "ask": _ask,
    "code": _make_code,
    "hand-over": _hand_over,
    "key-in": _key_in,
    "print": _print,
}


def _invite(person: Person, name: str) -> str:
    return service.invite(current_work(), person.id, "" if name == MENU else name)


def _page(person: Person, code: str = "") -> str:
    work = current_work()
    names = titles()
    return render_template(
        "desk/screening.html",
        form=Form(formdata=None),
        person=person,
        market=work.session.get_one(Market, person.market_id),
        instruments=names,
        chosen=request.form.get("instrument", ""),
        menu=MENU,
        drafts=[(draft, dict(names).get(draft.instrument, draft.instrument)) for draft in _drafts(person)],
        code=code,
        minutes=int(OPEN_FOR.total_seconds() // 60),
    )


def _drafts(person: Person) -> list[Draft]:
    return list(queries.drafts_of(current_work(), person.id))
