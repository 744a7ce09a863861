"""Repeating an unsafe request does it once: the key and the answer are stored in the transaction of what was done."""

import json
from collections.abc import Callable

from flask import Response, request

from resource_hub.accounts.models import IdempotencyRecord
from resource_hub.accounts.work import Work
from resource_hub.core.db import insert_new
from resource_hub.core.encryption import Place
from resource_hub.core.errors import Conflict, Invalid

HEADER, FIELD = "Idempotency-Key", "idempotency_key"
LONGEST_KEY = 255
_NOT_PART = {FIELD, "csrf_token"}
_FIRST_ERROR = 400


class KeyUsedOtherwise(Invalid):
    """The key was used for another request."""

    code = "idempotency_key_reused"


def once(work: Work, answer: Callable[[], Response]) -> Response:
    """Answer a request that carries a key once; a repetition gets the stored answer.

    Refuses a key that came with another request before. A request without a key, or one that failed, is not stored.
    """
    given = request.headers.get(HEADER) or request.form.get(FIELD, "")
    if not given:
        return answer()
    if len(given) > LONGEST_KEY:
        raise Invalid(f"{HEADER}: use at most {LONGEST_KEY} characters.")
    key = work.vault.indexes(f"{work.actor.user_id}\x1f{given}", "idempotency")[0]
    words = _words_of_request()
    row = {"key": key, "request_mac": work.vault.mac(words, "request"), "created_at": work.now}
    if not insert_new(work.session, IdempotencyRecord, row):
        return _stored(work, work.session.get_one(IdempotencyRecord, key), words)
    response = answer()
    if response.status_code < _FIRST_ERROR:
        _store(work, work.session.get_one(IdempotencyRecord, key), response)
    return response


def _words_of_request() -> str:
    """Return all that makes two requests the same, without what differs each time by nature."""
    if request.is_json:
        body = request.get_data(as_text=True)
    else:
        fields = request.form.items(multi=True)
        body = json.dumps(sorted((name, value) for name, value in fields if name not in _NOT_PART))
    return f"{request.method} {request.path}\n{body}"


def _store(work: Work, record: IdempotencyRecord, response: Response) -> None:
    record.status = response.status_code
    record.location = response.headers.get("Location")
    record.content_type = response.content_type
    record.sealed_body = work.vault.seal(response.get_data(as_text=True), _place(record))


def _stored(work: Work, record: IdempotencyRecord, words: str) -> Response:
    if not work.vault.mac_agrees(record.request_mac, words, "request"):
        raise KeyUsedOtherwise("This Idempotency-Key came with another request before. Use a new one.")
    if record.status is None or record.sealed_body is None:
        raise Conflict("The same request is being done right now. Try again in a moment.", code="in_progress")
    response = Response(
        work.vault.open(record.sealed_body, _place(record)), record.status, content_type=record.content_type
    )
    if record.location:
        response.headers["Location"] = record.location
    return response


def _place(record: IdempotencyRecord) -> Place:
    return Place("idempotency_record", "sealed_body", record.key)
