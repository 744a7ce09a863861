"""Pages for the public go out compressed, for phones on a slow network."""

from collections.abc import Collection
from gzip import compress

from flask import Flask, Response, request

from resource_hub.web.shared.hub import current_actor

# Below this the envelope costs what the compression saves.
_LEAST_BYTES = 1000
_LEVEL = 5


def register_compression(app: Flask, blueprints: Collection[str]) -> None:
    """Compress the pages of some blueprints for whoever reads gzip.

    Not for somebody who is signed in: their pages hold a token, and the length of a compressed page tells of a secret
    that stands beside what another site had it say.
    """

    @app.after_request
    def _compressed(response: Response) -> Response:
        if request.blueprint not in blueprints or response.mimetype != "text/html" or response.is_streamed:
            return response
        response.vary.add("Accept-Encoding")
        body = response.get_data()
        if current_actor() or len(body) < _LEAST_BYTES or request.accept_encodings["gzip"] <= 0:
            return response
        response.set_data(compress(body, _LEVEL, mtime=0))
        response.content_encoding = "gzip"
        return response
