"""The fidelity report, for those who lead: counts under 11 are not shown."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from resource_hub.web.shared.fidelity import as_csv, report
from resource_hub.web.shared.guards import DIRECTORY, guarded

blueprint = Blueprint("fidelity_report", __name__, url_prefix="/steward/fidelity")


@blueprint.get("")
@guarded(DIRECTORY)
def show() -> ResponseReturnValue:
    """Show what was done of the published phases."""
    return render_template("steward/fidelity.html", report=report(whole=False))


@blueprint.get("/report.csv")
@guarded(DIRECTORY)
def table() -> ResponseReturnValue:
    """Answer the same figures as a file."""
    return as_csv(report(whole=False))
