"""A person follows their own handoff by the code on their paper; the code is sent in a form, never in an address."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from resource_hub.handoff import service
from resource_hub.handoff.errors import NoSuchCode, TooManyTries
from resource_hub.handoff.models import Referral
from resource_hub.handoff.rules.reports import Helped
from resource_hub.web.shared.forms import PublicForm
from resource_hub.web.shared.guards import PUBLIC, guarded
from resource_hub.web.shared.hub import current_hub, current_work
from resource_hub.web.shared.idempotency import LONGEST_KEY

blueprint = Blueprint("follow", __name__, url_prefix="/follow")

LONGEST_CODE = 40


class CodeForm(PublicForm):
    code = StringField(
        _("The code on your paper"), [InputRequired(_("Type the code on your paper.")), Length(max=LONGEST_CODE)]
    )
    idempotency_key = HiddenField(default=lambda: current_hub().new_id(), validators=[Length(max=LONGEST_KEY)])


class HelpedForm(CodeForm):
    helped = SelectField(
        _("Did you get the help you needed?"),
        [InputRequired(_("Press an answer."))],
        choices=lambda: [(one.value, one.value) for one in Helped],
    )


@blueprint.get("")
@guarded(PUBLIC)
def ask() -> ResponseReturnValue:
    """Ask for the code."""
    return render_template("portal/follow.html", form=CodeForm())


@blueprint.post("")
@guarded(PUBLIC, repeats=False)
def show() -> ResponseReturnValue:
    """Show where the handoff stands."""
    form = CodeForm()
    referral = _find(form)
    return _page(referral, form) if referral else (render_template("portal/follow.html", form=form), 422)


@blueprint.post("/helped")
@guarded(PUBLIC)
def helped() -> ResponseReturnValue:
    """Write down whether it helped."""
    form = HelpedForm()
    referral = _find(form)
    if referral is None:
        return render_template("portal/follow.html", form=form), 422
    answer = Helped(form.helped.data)
    if not form.saves(lambda: service.say_helped(current_work(), referral, answer)):
        return _page(referral, form), 422
    return _page(referral, form, gettext("Thank you. We wrote it down."))


@blueprint.post("/withdraw")
@guarded(PUBLIC)
def withdraw() -> ResponseReturnValue:
    """Take the handoff and the consent back."""
    form = CodeForm()
    referral = _find(form)
    if referral is None:
        return render_template("portal/follow.html", form=form), 422
    if not form.saves(lambda: service.withdraw(current_work(), referral)):
        return _page(referral, form), 422
    return _page(referral, form, gettext("It is taken back. They can no longer see anything about you here."))


def _find(form: CodeForm) -> Referral | None:
    if not form.validate():
        return None
    work = current_work()
    try:
        return service.find_by_code(work, form.code.data or "", request.remote_addr or "")
    except (NoSuchCode, TooManyTries) as refusal:
        # A wrong code counts although its answer is an error, which would otherwise be rolled back.
        work.session.commit()
        form.blame(refusal)
        return None


def _page(referral: Referral, form: CodeForm, done: str = "") -> str:
    followed = service.followed(current_work(), referral)
    return render_template(
        "portal/followed.html", followed=followed, form=form, code=form.code.data, done=done, answers=list(Helped)
    )
