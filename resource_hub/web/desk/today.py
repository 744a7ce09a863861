"""What is due, most urgent first."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from resource_hub.handoff import queries
from resource_hub.web.shared.guards import REFERRER, guarded
from resource_hub.web.shared.hub import current_work

blueprint = Blueprint("today", __name__, url_prefix="/desk")

MOST_ROWS = 100


@blueprint.get("/")
@guarded(REFERRER)
def show() -> ResponseReturnValue:
    """Show the handoffs that need something, overdue first, each with its one next action."""
    work = current_work()
    return render_template("desk/today.html", rows=queries.worklist(work, MOST_ROWS))
