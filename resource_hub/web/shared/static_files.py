"""Static files, as small as the browser can read them: the build lays a brotli and a gzip copy beside each text."""

from mimetypes import guess_type
from pathlib import Path

from flask import Flask, Response, request
from werkzeug.security import safe_join

_COPIES = (("br", ".br"), ("gzip", ".gz"))


def register_static_files(app: Flask) -> None:
    """Serve the compressed copy of a static file where there is one that the browser reads."""

    def serve(filename: str) -> Response:
        encoding, ending = next((copy for copy in _COPIES if _is_wanted(app, filename, *copy)), ("", ""))
        answer = app.send_static_file(filename + ending)
        answer.vary.add("Accept-Encoding")
        if encoding:
            answer.content_type = guess_type(filename)[0] or "application/octet-stream"
            answer.content_encoding = encoding
        return answer

    app.view_functions["static"] = serve


def _is_wanted(app: Flask, filename: str, encoding: str, ending: str) -> bool:
    path = safe_join(app.static_folder or "", filename + ending)
    return request.accept_encodings[encoding] > 0 and path is not None and Path(path).is_file()
