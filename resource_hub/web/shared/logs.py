"""Structured logs: static messages, primitive fields, no address, no path value, no people's data; 4xx is INFO."""

import logging
import sys
import time

from flask import Flask, Response, g, request
from pythonjsonlogger.json import JsonFormatter

from resource_hub.core.ids import new_id
from resource_hub.web.shared.hub import current_actor

LOGGER = logging.getLogger("resource_hub.web")
_SERVER_ERROR = 500


def configure_logging() -> None:
    """Write one JSON object a line to stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger("resource_hub")
    root.handlers, root.propagate = [handler], False
    root.setLevel(logging.INFO)


def register_logging(app: Flask) -> None:
    """Log each request by the pattern of its route, never by its path, query or body."""

    @app.before_request
    def _start() -> None:
        g.started = time.perf_counter()
        g.incident = new_id()

    @app.after_request
    def _log(response: Response) -> Response:
        actor = current_actor()
        fields = {
            "method": request.method,
            "route": request.url_rule.rule if request.url_rule else None,
            "status": response.status_code,
            "ms": round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000, 1),
            "incident": g.get("incident"),
            "user_id": actor.user_id if actor else None,
            "code": g.get("refusal"),
            "failure": g.get("failure"),
        }
        level = logging.ERROR if response.status_code >= _SERVER_ERROR else logging.INFO
        LOGGER.log(level, "request", extra={name: value for name, value in fields.items() if value is not None})
        return response
