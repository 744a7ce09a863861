"""What a partner sent, where it stands, and whom they wrote down."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from resource_hub.handoff import queries
from resource_hub.people import consent
from resource_hub.people import queries as people
from resource_hub.web.shared.guards import PARTNER, guarded
from resource_hub.web.shared.hub import current_work

blueprint = Blueprint("sent", __name__, url_prefix="/partner/sent")


@blueprint.get("")
@guarded(PARTNER)
def show() -> ResponseReturnValue:
    """Show what the organization sent, first what needs something, and whom the user wrote down last."""
    work = current_work()
    return render_template("partner/sent.html", rows=queries.sent(work), people=people.recent_people(work))


@blueprint.post("/<uuid:referral_id>/revoke")
@guarded(PARTNER)
def revoke(referral_id: UUID) -> ResponseReturnValue:
    """Take the consent back: whoever was asked sees nothing of the person from now on."""
    work = current_work()
    consent.revoke(work, queries.get_handoff(work, str(referral_id)).consent_id)
    flash(gettext("Saved."))
    return redirect(url_for("partner_handoffs.show", referral_id=referral_id), 303)
