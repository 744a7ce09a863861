"""The address of a page as a code that a phone's camera reads, for paper."""

from dataclasses import dataclass

import segno
from flask import request

from resource_hub.web.shared.hub import current_hub

# What readers need around a code to find it.
QUIET = 4


@dataclass(frozen=True)
class Code:
    """An address, and its code as a path in a square of `side` units; one unit is one dot."""

    address: str
    side: int
    path: str


def code_of(path: str) -> Code:
    """Draw the address of a page, under the name by which people reach this server."""
    address = _site() + path
    rows = segno.make_qr(address, error="m").matrix
    dots = (f"M{x + QUIET} {y + QUIET}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return Code(address, len(rows) + 2 * QUIET, "".join(dots))


def _site() -> str:
    """Return the site as the operator named it; where they did not, as the reader reached it."""
    settings = current_hub().settings
    named = settings.public_url != f"http://{settings.host}:{settings.port}"
    return settings.public_url if named else request.host_url.rstrip("/")
