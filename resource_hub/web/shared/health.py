"""Whether the process answers, and whether its database does."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from resource_hub.core import migrations
from resource_hub.core.errors import Refused
from resource_hub.web.shared.guards import PUBLIC, guarded
from resource_hub.web.shared.hub import current_work

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@guarded(PUBLIC)
def process() -> ResponseReturnValue:
    """Say that the process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@guarded(PUBLIC)
def database() -> ResponseReturnValue:
    """Say that the database answers and that its schema is the one the code expects."""
    connection = current_work().session.connection()
    if migrations.current(connection) != migrations.revisions()[-1]:
        raise Refused("The schema is behind the code. Run: resource-hub db upgrade", code="schema_behind")
    return jsonify(status="ok")
