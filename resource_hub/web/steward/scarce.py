"""The prices of scarce places: what was computed, and what a steward sets in its place."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import FloatField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import NumberInput

from resource_hub.matching.queries.scarce import scarce_places
from resource_hub.matching.scarcity import set_price
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.guards import DIRECTORY, STEWARD, guarded
from resource_hub.web.shared.hub import current_work

blueprint = Blueprint("scarce", __name__, url_prefix="/steward/scarce-places")


class PriceForm(Form):
    price = FloatField(
        _("Price"), [Optional(), NumberRange(0, 1, _("Use a number from 0 to 1."))], widget=NumberInput(step="any")
    )


@blueprint.get("")
@guarded(DIRECTORY)
def index() -> ResponseReturnValue:
    """Show the places that are kept for people with no other option."""
    return _page(PriceForm())


@blueprint.post("/<uuid:service_at_location_id>")
@guarded(STEWARD)
def change(service_at_location_id: UUID) -> ResponseReturnValue:
    """Set the price of a place; an empty field gives the computed one back."""
    form = PriceForm()
    if not form.saves(lambda: set_price(current_work(), str(service_at_location_id), form.price.data)):
        return _page(form), 422
    flash(gettext("Saved."))
    return redirect(url_for("scarce.index"), 303)


def _page(form: PriceForm) -> str:
    return render_template("steward/scarce.html", form=form, places=scarce_places(current_work()))
