"""What was asked, kept by the reader's browser alone: sealed in a cookie that ends with it, found by random signs.

So an answer has an address of its own, to which Back, Forward and another language lead, and no need or place is in it.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NoBase64
from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from flask import Response, make_response, redirect, request, url_for
from werkzeug.datastructures import MultiDict

from resource_hub.core.encryption import Place, Unreadable
from resource_hub.web.shared.hub import current_hub, current_work

COOKIE = "asked"
# A browser that opens its old tabs again brings the cookie back; by then it is of no use.
KEPT_FOR = timedelta(hours=2)
# Browsers take 4,096 bytes with the name and the attributes.
LONGEST = 3000
# A browser that brings this back keeps cookies.
_NOTHING = "-"
_PLACE = Place("portal", "asked", "")
_SIGNS = 8


class Asked(NamedTuple):
    """One search: the signs of its address, when it was sent, and its fields."""

    signs: str
    at: float
    fields: Sequence[tuple[str, str]]


def can_keep(page: str) -> Response:
    """Return a page that finds out whether the browser keeps cookies."""
    answer = make_response(page)
    if COOKIE not in request.cookies:
        _set(answer, _NOTHING)
    return answer


def kept_at(endpoint: str) -> Response | None:
    """Let the browser keep what it sent and lead to its address; None where it keeps nothing, or that is too long."""
    if COOKIE not in request.cookies:
        return None
    fields = [(name, text) for name, text in request.form.items(multi=True) if text]
    asked = Asked(current_hub().new_id()[-_SIGNS:], current_work().now.timestamp(), fields)
    sealed = _sealed([asked, *_kept()])
    if not sealed:
        return None
    answer = make_response(redirect(url_for(endpoint, signs=asked.signs), 303))
    _set(answer, sealed)
    return answer


def brought_back(signs: str) -> MultiDict[str, str] | None:
    """Return what was sent when the browser got these signs; None where it is not kept any more."""
    return next((MultiDict(asked.fields) for asked in _kept() if asked.signs == signs), None)


def forget(answer: Response) -> None:
    """Have the browser forget every search."""
    answer.delete_cookie(COOKIE, samesite="Lax", secure=_is_secure())


def _kept() -> list[Asked]:
    """Return what the browser brings, newest first, without what is too old; nothing from a cookie that is not ours."""
    since = (current_work().now - KEPT_FOR).timestamp()
    try:
        sealed = urlsafe_b64decode(request.cookies.get(COOKIE, ""))
        kept = [Asked(*asked) for asked in json.loads(current_hub().vault.open(sealed, _PLACE))]
    except (NoBase64, ValueError, TypeError, Unreadable):
        return []
    return [asked for asked in kept if asked.at >= since]


def _sealed(searches: list[Asked]) -> str:
    """Seal as many of the newest as a cookie holds; empty where it does not hold the first."""
    for count in range(len(searches), 0, -1):
        text = json.dumps(searches[:count], separators=(",", ":"))
        if len(text) < LONGEST:
            sealed = urlsafe_b64encode(current_hub().vault.seal(text, _PLACE)).decode()
            if len(sealed) <= LONGEST:
                return sealed
    return ""


def _set(answer: Response, value: str) -> None:
    # Scripts may take it away, as "Leave this site" does; they could read no more of it than that it is there.
    answer.set_cookie(COOKIE, value, samesite="Lax", secure=_is_secure())


def _is_secure() -> bool:
    return request.is_secure or current_hub().settings.production
