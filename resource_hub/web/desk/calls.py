"""At which number, and when, organizations may call about what this user asked of them."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import StringField
from wtforms.validators import Length, Optional

from resource_hub.accounts import service
from resource_hub.accounts.models import User
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.guards import REFERRER, guarded
from resource_hub.web.shared.hub import current_work

blueprint = Blueprint("calls", __name__, url_prefix="/desk/calls")


class CallsForm(Form):
    call_phone = StringField(_("Phone for organizations"), [Optional(), Length(max=60)])
    call_hours = StringField(_("When you take calls"), [Optional(), Length(max=120)])


@blueprint.get("")
@guarded(REFERRER)
def show() -> ResponseReturnValue:
    """Show what organizations are told."""
    work = current_work()
    user = work.session.get_one(User, work.actor.user_id)
    return render_template("desk/calls.html", form=CallsForm(obj=user))


@blueprint.post("")
@guarded(REFERRER)
def save() -> ResponseReturnValue:
    """Write it down."""
    form = CallsForm()
    if not form.validate():
        return render_template("desk/calls.html", form=form), 422
    service.set_call_contact(current_work(), form.call_phone.data or "", form.call_hours.data or "")
    flash(gettext("Saved."))
    return redirect(url_for("calls.show"), 303)
