"""The organization's own figures, the same that its referrers see."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from resource_hub.handoff.queries.figures import DAYS, own_figures
from resource_hub.web.shared.guards import PARTNER, guarded
from resource_hub.web.shared.hub import current_work

blueprint = Blueprint("partner_figures", __name__, url_prefix="/partner/figures")


@blueprint.get("")
@guarded(PARTNER)
def show() -> ResponseReturnValue:
    """Show what came of the requests to the organization."""
    return render_template("partner/figures.html", lines=own_figures(current_work()), days=DAYS)
