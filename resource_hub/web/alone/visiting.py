"""What every page of a visit has: it is shown only while the visit goes on, and leaves the screen after silence."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from flask import make_response, redirect, session, url_for
from flask.typing import ResponseReturnValue

from resource_hub.screening import service
from resource_hub.screening.rules.inviting import SILENCE
from resource_hub.screening.values import Visit
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.visits import SESSION_VISIT, visit_id

P = ParamSpec("P")


def in_visit(view: Callable[Concatenate[Visit, P], ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Give a view the visit of this browser; without one that goes on, say that it is over."""

    @wraps(view)
    def run(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        visit = service.find_visit(current_work(), visit_id())
        if visit is None:
            session.pop(SESSION_VISIT, None)
            return redirect(url_for("alone.over"), 303)
        answer = make_response(view(visit, *args, **kwargs))
        # Also without a script the page goes when nobody presses anything.
        answer.headers["Refresh"] = f"{int(SILENCE.total_seconds())}; url={url_for('alone.over')}"
        return answer

    return run
