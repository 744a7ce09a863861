"""Where a file says otherwise than a steward: both values, and a choice for each."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from resource_hub.inventory.models import ImportJob
from resource_hub.inventory.queries import imports
from resource_hub.inventory.service.conflicts import decide
from resource_hub.web.shared.guards import STEWARD, guarded
from resource_hub.web.shared.hub import current_work

blueprint = Blueprint("conflicts", __name__, url_prefix="/steward/conflicts")

PAGE = 50
MOST_PAGES = 10_000


@blueprint.get("")
@guarded(STEWARD)
def index() -> ResponseReturnValue:
    """Show what is not decided yet, the newest first."""
    work, page = current_work(), min(max(request.args.get("page", 1, int), 1), MOST_PAGES)
    rows, total = imports.open_conflicts(work.session, work.actor, PAGE, (page - 1) * PAGE)
    names = imports.names_of_records(work.session, [(row.resource_type, row.resource_id) for row in rows])
    files = {row.job_id: work.session.get_one(ImportJob, row.job_id) for row in rows}
    return render_template(
        "steward/conflicts.html",
        conflicts=[(row, names.get((row.resource_type, row.resource_id), "")) for row in rows],
        files=files,
        total=total,
        page=page,
        more=total > page * PAGE,
    )


@blueprint.post("/<uuid:conflict_id>/take")
@guarded(STEWARD)
def take(conflict_id: UUID) -> ResponseReturnValue:
    """Take what the file says."""
    decide(current_work(), str(conflict_id), take=True)
    flash(gettext("Their value was taken."))
    return redirect(url_for("conflicts.index"), 303)


@blueprint.post("/<uuid:conflict_id>/keep")
@guarded(STEWARD)
def keep(conflict_id: UUID) -> ResponseReturnValue:
    """Keep what the steward wrote; the same word of the file is not asked about again."""
    decide(current_work(), str(conflict_id), take=False)
    flash(gettext("Our value stays."))
    return redirect(url_for("conflicts.index"), 303)
