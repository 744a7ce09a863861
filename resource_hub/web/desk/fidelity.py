"""The fidelity report, for those who work with episodes: whole."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from resource_hub.web.shared.fidelity import as_csv, report
from resource_hub.web.shared.guards import REFERRER, guarded

blueprint = Blueprint("fidelity", __name__, url_prefix="/desk/fidelity")


@blueprint.get("")
@guarded(REFERRER)
def show() -> ResponseReturnValue:
    """Show what was done of the published phases."""
    return render_template("desk/fidelity.html", report=report(whole=True))


@blueprint.get("/report.csv")
@guarded(REFERRER)
def table() -> ResponseReturnValue:
    """Answer the same figures as a file."""
    return as_csv(report(whole=True))
