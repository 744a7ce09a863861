"""Signing in and out."""

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired, Length

from resource_hub.accounts import rules, service
from resource_hub.accounts.errors import SignInFailed
from resource_hub.accounts.models import User
from resource_hub.accounts.values import Role
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.guards import PUBLIC, SESSION_EPOCH, SESSION_USER, STAFF, guarded
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.templates import HOMES

blueprint = Blueprint("sign_in", __name__)


class SignInForm(Form):
    email = EmailField(_("E-mail"), [InputRequired(), Length(max=rules.LONGEST_EMAIL)])
    password = PasswordField(_("Password"), [InputRequired(), Length(max=rules.LONGEST_PASSWORD)])


@blueprint.get("/sign-in")
@guarded(PUBLIC)
def form() -> ResponseReturnValue:
    """Show the form."""
    return render_template("shared/sign_in.html", form=SignInForm())


@blueprint.post("/sign-in")
@guarded(PUBLIC, repeats=False)
def submit() -> ResponseReturnValue:
    """Sign in and go to the page that was asked for, or to the user's own start page."""
    form = SignInForm()
    if form.validate():
        user = _sign_in(form)
        if user is not None:
            return redirect(_start(user), 303)
    return render_template("shared/sign_in.html", form=form), 422


@blueprint.post("/sign-out")
@guarded(STAFF, repeats=False)
def sign_out() -> ResponseReturnValue:
    """End this user's sessions, here and on other machines."""
    work = current_work()
    if work.actor.user_id:
        service.sign_out_everywhere(work, work.actor.user_id)
    session.clear()
    return redirect(url_for("sign_in.form"), 303)


def _sign_in(form: SignInForm) -> User | None:
    work = current_work()
    try:
        user = service.sign_in(work, str(form.email.data), str(form.password.data))
    except SignInFailed as refusal:
        form.blame(refusal)
        return None
    # A failed try counts although its answer is an error, which would otherwise be rolled back.
    work.session.commit()
    if user is None:
        form.form_errors.append(_("E-mail and password do not belong together."))
    return user


def _start(user: User) -> str:
    asked_for = session.get("next")
    session.clear()
    session.permanent = True
    session[SESSION_USER], session[SESSION_EPOCH] = user.id, user.session_epoch
    return asked_for if isinstance(asked_for, str) else HOMES[Role(user.role)]
