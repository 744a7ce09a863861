"""Putting a handoff off from today's list, and taking that back."""

from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from resource_hub.core.clock import local
from resource_hub.core.errors import Fault, Invalid
from resource_hub.handoff import queries, service
from resource_hub.web.shared.guards import REFERRER, guarded
from resource_hub.web.shared.hub import current_work

blueprint = Blueprint("later", __name__, url_prefix="/desk/handoffs/<uuid:referral_id>/later")

DAYS = (1, 3, 7)
_MORNING = time(8)


@blueprint.post("")
@guarded(REFERRER)
def put_off(referral_id: UUID) -> ResponseReturnValue:
    """Keep a handoff out of one's own list until the morning of a day."""
    work = current_work()
    zone = queries.get_handoff(work, str(referral_id)).time_zone
    service.put_off(work, str(referral_id), _morning(zone))
    return redirect(url_for("today.show"), 303)


@blueprint.post("/undo")
@guarded(REFERRER)
def undo(referral_id: UUID) -> ResponseReturnValue:
    """Put it back at once."""
    service.take_up_again(current_work(), str(referral_id))
    flash(gettext("It is back on the list."))
    return redirect(url_for("today.show"), 303)


def _morning(zone: str) -> datetime:
    """Read the day: a number of days from a button, or a date."""
    days, day = request.form.get("days", ""), request.form.get("day", "")
    today = local(current_work().now, zone).date()
    try:
        when = today + timedelta(days=int(days[:3])) if days else datetime.fromisoformat(day[:10]).date()
    except (ValueError, OverflowError) as error:
        text = gettext("Choose a day.")
        raise Invalid(text, faults=(Fault("day", "invalid", text),)) from error
    return datetime.combine(when, _MORNING, ZoneInfo(zone))
