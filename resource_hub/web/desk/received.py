"""What partners sent to the care team: a list of its own, with its own clock."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from resource_hub.handoff import queries
from resource_hub.web.shared.guards import REFERRER, guarded
from resource_hub.web.shared.hub import current_work

blueprint = Blueprint("received", __name__, url_prefix="/desk/received")


@blueprint.get("")
@guarded(REFERRER)
def show() -> ResponseReturnValue:
    """Show what waits for the care team, overdue and urgent ones first, each with its one next action."""
    return render_template("desk/received.html", rows=queries.inbox(current_work()))
