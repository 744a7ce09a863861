"""Keeping capacity true in two clicks."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from resource_hub.capacity import queries, service
from resource_hub.capacity.values import CapacityStatus, Statement
from resource_hub.core.errors import Invalid
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.guards import PARTNER, guarded
from resource_hub.web.shared.hub import current_work

blueprint = Blueprint("partner_capacity", __name__, url_prefix="/partner/capacity")

MOST_PLACES = 100_000


class CapacityForm(Form):
    status = SelectField(_("Is there room?"), [InputRequired()], choices=[(code, code) for code in CapacityStatus])
    available = IntegerField(_("Places for others"), [Optional(), NumberRange(0, MOST_PLACES)])
    waiting_days = IntegerField(_("Days to wait"), [Optional(), NumberRange(0, 3650)])


@blueprint.get("/")
@guarded(PARTNER)
def show() -> ResponseReturnValue:
    """Show each service with what was last said about its room, and when."""
    return _page(CapacityForm())


@blueprint.post("/<uuid:service_at_location_id>")
@guarded(PARTNER)
def state(service_at_location_id: UUID) -> ResponseReturnValue:
    """State whether there is room now."""
    form = CapacityForm()
    if form.validate():
        status = CapacityStatus(form.status.data)
        statement = Statement(status, available=form.available.data, waiting_days=form.waiting_days.data)
        try:
            service.state_capacity(current_work(), str(service_at_location_id), statement)
        except Invalid as refusal:
            form.blame(refusal)
        else:
            flash(gettext("Saved. Thank you: it is shown with today’s date."))
            return redirect(url_for("partner_capacity.show"), 303)
    return _page(form), 422


def _page(form: CapacityForm) -> str:
    work = current_work()
    places = queries.own_places(work.session, work.actor.organization_id or "")
    return render_template("partner/capacity.html", form=form, places=places, statuses=list(CapacityStatus))
