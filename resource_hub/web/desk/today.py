"""What is due, most urgent first."""

from datetime import timedelta

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from resource_hub.handoff import queries
from resource_hub.handoff.episodes import queries as episodes
from resource_hub.handoff.queries.putting_off import just_put_off
from resource_hub.web.desk.episode_steps import due_work
from resource_hub.web.desk.later import DAYS
from resource_hub.web.shared.guards import REFERRER, guarded
from resource_hub.web.shared.hub import current_work

blueprint = Blueprint("today", __name__, url_prefix="/desk")

MOST_ROWS = 100


@blueprint.get("/")
@guarded(REFERRER)
def show() -> ResponseReturnValue:
    """Show the handoffs and episodes that need something, overdue first, each with its one next action."""
    work = current_work()
    rows = due_work(
        queries.worklist(work, MOST_ROWS), episodes.due_episodes(work, MOST_ROWS), queries.inbox(work, MOST_ROWS)
    )
    return render_template(
        "desk/today.html",
        rows=rows[:MOST_ROWS],
        put_off=just_put_off(work),
        days=DAYS,
        tomorrow=work.now.date() + timedelta(days=1),
    )
