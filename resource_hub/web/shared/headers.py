"""Security headers: nothing from a third party, no inline script, nothing kept by a browser but static files."""

from urllib.parse import urlsplit

from flask import Flask, Response, request

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:{tiles}; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_YEAR = 31_536_000


def register_headers(app: Flask, *, production: bool, tiles_url: str = "") -> None:
    """Put the headers on every answer. Pictures come from elsewhere only where the operator set tiles up."""
    parts = urlsplit(tiles_url)
    policy = _POLICY.format(tiles=f" {parts.scheme}://{parts.netloc}" if tiles_url else "")

    @app.after_request
    def _headers(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        # What is open to other sites says so itself.
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers["Permissions-Policy"] = "geolocation=(self), camera=(), microphone=(), payment=()"
        if production:
            response.headers["Strict-Transport-Security"] = f"max-age={_YEAR}; includeSubDomains"
        if request.endpoint == "static" and response.status_code in {200, 304}:
            response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
        else:
            # A page that is the same for everybody says so itself.
            response.headers.setdefault("Cache-Control", "no-store")
        return response
