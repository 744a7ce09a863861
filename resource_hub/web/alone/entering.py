"""Coming in with a code, and leaving: at the end, at once, or after silence."""

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from resource_hub.screening import service
from resource_hub.screening.rules.inviting import LONGEST_TYPED
from resource_hub.screening.values import Visit
from resource_hub.web.alone.visiting import in_visit
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.guards import ALONE, PUBLIC, guarded
from resource_hub.web.shared.hub import current_hub, current_work
from resource_hub.web.shared.visits import SESSION_VISIT, give_browser, visit_id

blueprint = Blueprint("alone", __name__, url_prefix="/screen")


class CodeForm(Form):
    code = StringField(_("Your code"), [InputRequired(_("Type your code.")), Length(max=LONGEST_TYPED)])


@blueprint.get("")
@guarded(PUBLIC)
def enter() -> ResponseReturnValue:
    """Ask for the code."""
    return render_template("alone/enter.html", form=CodeForm())


@blueprint.post("")
@guarded(PUBLIC, repeats=False)
def open_code() -> ResponseReturnValue:
    """Begin with a code; whoever was signed in with this browser is signed out of it."""
    form = CodeForm()
    if not form.saves(lambda: give_browser(service.begin_visit(current_work(), form.code.data or ""))):
        return render_template("alone/enter.html", form=form), 422
    return redirect(url_for("alone.begin"), 303)


@blueprint.get("/begin")
@guarded(ALONE, writes=True, repeats=False)
@in_visit
def begin(visit: Visit) -> ResponseReturnValue:
    """Go to the questions, to the menu where there are none, or to the list where all is answered."""
    if visit.answered:
        return redirect(url_for("list.show"), 303)
    return redirect(url_for("questions.start" if visit.instrument else "list.menu"), 303)


@blueprint.post("/done")
@guarded(ALONE, repeats=False)
def done() -> ResponseReturnValue:
    """End the visit."""
    _end()
    return redirect(url_for("alone.over"), 303)


@blueprint.get("/leave")
@guarded(ALONE, writes=True, repeats=False)
def leave() -> ResponseReturnValue:
    """End the visit and show something else at once."""
    _end()
    return redirect(current_hub().settings.exit_url, 303)


@blueprint.get("/over")
@guarded(PUBLIC)
def over() -> ResponseReturnValue:
    """Say that nothing is here any more."""
    return render_template("alone/over.html")


def _end() -> None:
    visit = service.find_visit(current_work(), visit_id())
    if visit is not None:
        service.end_visit(current_work(), visit)
    session.pop(SESSION_VISIT, None)
