"""Episodes: the list, opening one, its page, and everything that is written to it."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from resource_hub.core.errors import Conflict, Invalid, NotFound, Refused
from resource_hub.handoff.episodes import queries, service
from resource_hub.handoff.episodes.values.shown import EpisodeView
from resource_hub.handoff.episodes.values.words import Phase
from resource_hub.people import queries as people
from resource_hub.screening import queries as screening
from resource_hub.web.desk.episode_endings import CloseGapForm, EpisodeForm
from resource_hub.web.desk.episode_forms import ACTS, OpenForm, gap_name
from resource_hub.web.desk.episode_steps import action_address, of_gaps
from resource_hub.web.shared.guards import REFERRER, guarded
from resource_hub.web.shared.hub import current_work

blueprint = Blueprint("episodes", __name__, url_prefix="/desk")

_ONE = "/episodes/<uuid:episode_id>"
_ACT = f"{_ONE}/<act>"


@blueprint.get("/episodes")
@guarded(REFERRER)
def index() -> ResponseReturnValue:
    """Show the open episodes of the user's markets, their own first."""
    return render_template("desk/episodes.html", rows=queries.open_episodes(current_work()), of_gaps=of_gaps)


@blueprint.get("/people/<uuid:person_id>/episode")
@guarded(REFERRER)
def opening(person_id: UUID) -> ResponseReturnValue:
    """Show the form to open an episode."""
    return _opening_page(person_id, OpenForm())


@blueprint.post("/people/<uuid:person_id>/episode")
@guarded(REFERRER)
def start(person_id: UUID) -> ResponseReturnValue:
    """Open an episode and go to its page."""
    form = OpenForm()
    form.fill()
    if form.validate():
        try:
            episode_id = service.open_episode(current_work(), str(person_id), form.new())
        except (Invalid, Refused) as refusal:
            form.blame(refusal)
        else:
            return redirect(url_for("episodes.show", episode_id=episode_id), 303)
    return _opening_page(person_id, form), 422


@blueprint.get(_ONE)
@guarded(REFERRER)
def show(episode_id: UUID) -> ResponseReturnValue:
    """Show an episode: what is due next and why, its phases, gaps and contacts."""
    work = current_work()
    view = queries.get_episode(work, str(episode_id))
    return render_template(
        "desk/episode.html",
        view=view,
        person=people.get_person(work, view.person_id),
        phases=[(phase, [step for step in view.steps if step.phase is phase]) for phase in Phase],
        next_address=action_address(view.id, view.person_id, view.next_step.step) if view.next_step else "",
        suggested={} if view.closed_as else queries.not_yet_gaps(work, view),
        changes=screening.changes_since_last(work, view.person_id),
        gap_name=gap_name,
    )


@blueprint.get(_ACT)
@guarded(REFERRER)
def form(episode_id: UUID, act: str) -> ResponseReturnValue:
    """Show the form of one act."""
    view = queries.get_episode(current_work(), str(episode_id))
    return _form_page(view, _filled(view, act), act)


@blueprint.post(_ACT)
@guarded(REFERRER)
def save(episode_id: UUID, act: str) -> ResponseReturnValue:
    """Write down what a form says."""
    view = queries.get_episode(current_work(), str(episode_id))
    filled = _filled(view, act)
    if filled.saves(lambda: filled.apply(view)):
        return _back(episode_id)
    return _form_page(view, filled, act), 422


@blueprint.post(f"{_ONE}/undo")
@guarded(REFERRER)
def undo(episode_id: UUID) -> ResponseReturnValue:
    """Take back the contact that was logged last."""
    service.undo_contact(current_work(), str(episode_id))
    return _back(episode_id)


@blueprint.get(f"{_ONE}/gaps/<uuid:gap_id>")
@guarded(REFERRER)
def gap(episode_id: UUID, gap_id: UUID) -> ResponseReturnValue:
    """Show the form to close a gap."""
    return _gap_page(episode_id, gap_id, CloseGapForm())


@blueprint.post(f"{_ONE}/gaps/<uuid:gap_id>")
@guarded(REFERRER)
def close_gap(episode_id: UUID, gap_id: UUID) -> ResponseReturnValue:
    """Close a gap."""
    form = CloseGapForm()
    form.fill()
    ids = str(episode_id), str(gap_id)
    if form.validate():
        try:
            service.close_gap(current_work(), *ids, form.end(), form.note.data or "")
        except (Invalid, Refused, Conflict) as refusal:
            form.blame(refusal)
        else:
            return _back(episode_id)
    return _gap_page(episode_id, gap_id, form), 422


def _opening_page(person_id: UUID, form: OpenForm) -> str:
    form.fill()
    return render_template(
        "desk/open_episode.html", person=people.get_person(current_work(), str(person_id)), form=form
    )


def _filled(view: EpisodeView, act: str) -> EpisodeForm:
    if act not in ACTS:
        raise NotFound(gettext("There is no such page."))
    filled = ACTS[act]()
    filled.fill(view)
    return filled


def _form_page(view: EpisodeView, filled: EpisodeForm, act: str) -> str:
    person = people.get_person(current_work(), view.person_id)
    return render_template("desk/episode_form.html", view=view, person=person, form=filled, act=act)


def _gap_page(episode_id: UUID, gap_id: UUID, form: CloseGapForm) -> str:
    view = queries.get_episode(current_work(), str(episode_id))
    found = next((one for one in view.gaps if one.id == str(gap_id)), None)
    if found is None:
        raise NotFound(gettext("There is no such gap."))
    form.fill()
    person = people.get_person(current_work(), view.person_id)
    return render_template("desk/close_gap.html", view=view, person=person, form=form, gap=found, gap_name=gap_name)


def _back(episode_id: UUID) -> ResponseReturnValue:
    flash(gettext("Saved."))
    return redirect(url_for("episodes.show", episode_id=episode_id), 303)
