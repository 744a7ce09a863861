"""What the organization is asked for."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from resource_hub.handoff import queries
from resource_hub.web.shared.guards import PARTNER, guarded
from resource_hub.web.shared.hub import current_work

blueprint = Blueprint("inbox", __name__, url_prefix="/partner")


@blueprint.get("/")
@guarded(PARTNER)
def show() -> ResponseReturnValue:
    """Show the organization's handoffs that need something, by due time."""
    return render_template("partner/inbox.html", rows=queries.inbox(current_work()))
