"""How much a request may send: little, but for those who are signed in and upload a directory."""

from flask import Flask, request, session

from resource_hub.exchange.importing.files import LARGEST_UPLOAD
from resource_hub.web.shared.guards import SESSION_USER

# What a form says around the file.
AROUND = 64 * 1024
_UPLOADS = frozenset({"importing.upload"})


def register_limits(app: Flask) -> None:
    """Let uploads be larger than other requests."""

    @app.before_request
    def _limit() -> None:
        if request.endpoint in _UPLOADS and SESSION_USER in session:
            request.max_content_length = LARGEST_UPLOAD + AROUND
