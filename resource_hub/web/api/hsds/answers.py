"""Answers that programs may keep and ask about again, from any site."""

from flask import Response, jsonify, request

from resource_hub.inventory.models import Market

_METHODS = "GET, HEAD, POST, OPTIONS"
_DAY = "86400"


def answer(document: object, markets: list[Market]) -> Response:
    """Answer a document; one that is asked for again and has not changed is not sent again."""
    response = jsonify(document)
    if request.method == "POST":
        return response
    changed = [market.revised_at for market in markets]
    if changed and all(changed):
        response.last_modified = max(moment for moment in changed if moment)
    response.add_etag()
    response.make_conditional(request)
    return response


def opened(response: Response) -> Response:
    """Let programs of every site read the answer. It is public, and says nothing of whoever asks."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    # Kept, but never used without asking: what became confidential is gone at once.
    response.headers["Cache-Control"] = "no-cache"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = _METHODS
        response.headers["Access-Control-Allow-Headers"] = "Content-Type, If-None-Match, If-Modified-Since"
        response.headers["Access-Control-Max-Age"] = _DAY
    return response
