"""Leaving at once where no script does it: the browser forgets what was asked, and is led to a neutral page."""

from flask import Blueprint, make_response, redirect
from flask.typing import ResponseReturnValue

from resource_hub.web.portal.keeping import forget
from resource_hub.web.shared.guards import PUBLIC, guarded
from resource_hub.web.shared.hub import current_hub

blueprint = Blueprint("leaving", __name__)


@blueprint.get("/leave")
@guarded(PUBLIC)
def leave() -> ResponseReturnValue:
    """Take the searches out of the browser and show something else; nothing of the visit goes along."""
    answer = make_response(redirect(current_hub().settings.exit_url, 303))
    forget(answer)
    return answer
