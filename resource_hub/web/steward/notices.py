"""Notices that did not arrive: try again, or give up."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select

from resource_hub.exchange.notices import undelivered
from resource_hub.inventory.models import Market
from resource_hub.web.shared.guards import STEWARD, guarded
from resource_hub.web.shared.hub import current_work

blueprint = Blueprint("notices", __name__, url_prefix="/steward/notices")


@blueprint.get("")
@guarded(STEWARD)
def index() -> ResponseReturnValue:
    """Show the notices that failed, those that were given up first."""
    work = current_work()
    zone = next(iter(work.session.scalars(select(Market.time_zone).where(Market.id.in_(work.actor.market_ids)))), "UTC")
    return render_template("steward/notices.html", rows=undelivered.undelivered(work), zone=zone)


@blueprint.post("/<uuid:notice_id>/retry")
@guarded(STEWARD)
def retry(notice_id: UUID) -> ResponseReturnValue:
    """Send a notice again in the next round of the worker."""
    undelivered.retry(current_work(), str(notice_id))
    flash(gettext("It is sent again within a minute."))
    return redirect(url_for("notices.index"), 303)


@blueprint.post("/<uuid:notice_id>/give-up")
@guarded(STEWARD)
def give_up(notice_id: UUID) -> ResponseReturnValue:
    """Try a notice no more."""
    undelivered.give_up(current_work(), str(notice_id))
    flash(gettext("It is not tried any more."))
    return redirect(url_for("notices.index"), 303)
