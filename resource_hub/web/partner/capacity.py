"""Keeping capacity true in two clicks."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from resource_hub.capacity import queries, service
from resource_hub.capacity.values import GIVES_PLACES, CapacityStatus, Statement
from resource_hub.core.errors import NotFound
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.guards import PARTNER, guarded
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.words import options

blueprint = Blueprint("partner_capacity", __name__, url_prefix="/partner/capacity")

MOST_PLACES, MOST_WAITING_DAYS = 100_000, 3650


class CapacityForm(Form):
    status = SelectField(_("Is there room?"), [InputRequired()])
    available = IntegerField(_("Places for others"), [Optional(), NumberRange(0, MOST_PLACES)])
    waiting_days = IntegerField(_("Days to wait"), [Optional(), NumberRange(0, MOST_WAITING_DAYS)])

    def statement(self) -> Statement:
        """Return what was said. A number that stands beside an answer it does not belong to was left there."""
        status = CapacityStatus(self.status.data)
        return Statement(
            status,
            available=self.available.data if status in GIVES_PLACES else None,
            waiting_days=self.waiting_days.data if status is CapacityStatus.WAITLIST else None,
        )


@blueprint.get("/")
@guarded(PARTNER)
def show() -> ResponseReturnValue:
    """Show each service with what was last said about its room, and when."""
    return _page({})


@blueprint.post("/<uuid:service_at_location_id>")
@guarded(PARTNER)
def state(service_at_location_id: UUID) -> ResponseReturnValue:
    """State whether there is room now."""
    place_id = str(service_at_location_id)
    form = _form(place_id)
    if form.saves(lambda: service.state_capacity(current_work(), place_id, form.statement())):
        flash(gettext("Saved. Thank you: it is shown with today’s date."))
        return redirect(url_for("partner_capacity.show"), 303)
    return _page({place_id: form}), 422


def _page(refused: dict[str, CapacityForm]) -> str:
    """Show all places; a form that was refused keeps what was typed."""
    work = current_work()
    places = queries.own_places(work.session, work.actor.organization_id or "")
    if refused.keys() - {place.service_at_location_id for place in places}:
        raise NotFound(gettext("There is no such service here."))
    forms = {place.service_at_location_id: _form_of(place) for place in places} | refused
    return render_template("partner/capacity.html", places=places, forms=forms, refused=refused)


def _form_of(place: queries.OwnPlace) -> CapacityForm:
    said = {}
    if place.room:
        gives = place.room.status in GIVES_PLACES
        said = {"status": place.room.status, "available": place.room.free if gives else None,
                "waiting_days": place.room.waiting_days}  # fmt: skip
    return _form(place.service_at_location_id, formdata=None, data=said)


def _form(place_id: str, **arguments: object) -> CapacityForm:
    """Make the form of one place; its fields have ids of their own, for a page has several."""
    form = CapacityForm(**arguments)
    form.status.choices = options("capacity", *CapacityStatus)
    for field in (form.status, form.available, form.waiting_days):
        field.id = f"{field.name}-{place_id}"
    return form
