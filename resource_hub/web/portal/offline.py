"""For a connection that drops: the worker that browsers start, and the one page that it keeps."""

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from resource_hub.core.errors import NotFound
from resource_hub.core.language import LANGUAGES
from resource_hub.web.shared.guards import PUBLIC, guarded
from resource_hub.web.shared.language import speak
from resource_hub.web.shared.templates import STATIC

blueprint = Blueprint("offline", __name__)


@blueprint.get("/worker.js")
@guarded(PUBLIC)
def worker() -> Response:
    """Answer the worker from the root, for it sees only what lies below its own address."""
    answer = Response((STATIC / "build" / "worker.js").read_bytes(), content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@blueprint.get("/offline/<language>")
@guarded(PUBLIC)
def show(language: str) -> ResponseReturnValue:
    """Say that there is no connection; the browser adds the list that it keeps."""
    if language not in LANGUAGES:
        raise NotFound(gettext("There is no such page."))
    speak(language)
    return render_template("portal/offline.html")
