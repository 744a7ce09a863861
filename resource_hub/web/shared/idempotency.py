"""Repeating an unsafe request does it once: the key and the answer are stored in the transaction of what was done."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from hashlib import sha256
from time import monotonic, sleep

from flask import Response, request
from sqlalchemy.exc import OperationalError

from resource_hub.accounts.models import IdempotencyRecord
from resource_hub.accounts.work import Work
from resource_hub.core.db import Database, insert_new, is_lock_timeout, waits_for_locks
from resource_hub.core.encryption import Place
from resource_hub.core.errors import Conflict, Invalid
from resource_hub.core.language import marked

HEADER, FIELD = "Idempotency-Key", "idempotency_key"
LONGEST_KEY = 255
# How long a request waits for the same one that came before it.
PATIENCE_SECONDS = 2.0
_PAUSE_SECONDS = 0.02
_NOT_PART = {FIELD, "csrf_token"}
_FIRST_ERROR = 400


class KeyUsedOtherwise(Invalid):
    """The key was used for another request."""

    code = "idempotency_key_reused"


class InProgress(Conflict):
    """The same request is still being done."""

    code = "in_progress"

    def __init__(self) -> None:
        super().__init__(marked("The same request is being done right now. Try again in a moment."))


@contextmanager
def one_at_a_time(database: Database, user_id: object) -> Iterator[None]:
    """Let a request with a key wait for the one before it on SQLite; refuses when that one takes too long.

    SQLite lets writers in one by one: a repetition would wait there for all of them, and not know for whom.
    """
    given, file = _given(), database.file
    if not given or file is None:
        yield
        return
    marks = file.with_name(f"{file.name}.keys")
    marks.mkdir(mode=0o700, exist_ok=True)
    # Few files that stay, instead of one for each key that somebody would have to clear away.
    with (marks / sha256(f"{user_id}\x1f{given}".encode()).hexdigest()[:2]).open("w", encoding="ascii") as mark:
        last = monotonic() + PATIENCE_SECONDS
        while not _is_mine(mark.fileno()):
            if monotonic() > last:
                raise InProgress
            sleep(_PAUSE_SECONDS)
        yield


def _is_mine(descriptor: int) -> bool:
    try:
        flock(descriptor, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        return False
    return True


def once(work: Work, answer: Callable[[], Response]) -> Response:
    """Answer a request that carries a key once; a repetition gets the stored answer.

    Refuses a key that came with another request before, or with one that is still being done after two seconds.
    A request without a key, or one that failed, is not stored.
    """
    given = _given()
    if not given:
        return answer()
    if len(given) > LONGEST_KEY:
        raise Invalid(f"{HEADER}: use at most {LONGEST_KEY} characters.")
    key = work.vault.indexes(f"{work.actor.user_id}\x1f{given}", "idempotency")[0]
    words = _words_of_request()
    row = {"key": key, "request_mac": work.vault.mac(words, "request"), "created_at": work.now}
    if not _claimed(work, row):
        return _stored(work, work.session.get_one(IdempotencyRecord, key), words)
    response = answer()
    if response.status_code < _FIRST_ERROR:
        _store(work, work.session.get_one(IdempotencyRecord, key), response)
    return response


def _given() -> str:
    return request.headers.get(HEADER) or request.form.get(FIELD, "")


def _claimed(work: Work, row: dict[str, object]) -> bool:
    """Write the key down. PostgreSQL waits here for another transaction that has written it and goes on."""
    try:
        with waits_for_locks(work.session, PATIENCE_SECONDS):
            return insert_new(work.session, IdempotencyRecord, row)
    except OperationalError as error:
        if is_lock_timeout(error):
            raise InProgress from error
        raise


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
    location = response.headers.get("Location")
    # The address of an answer link opens it, and whatever is stored must not.
    record.sealed_location = work.vault.seal(location, _place(record, "sealed_location")) if location else None
    record.content_type = response.content_type
    record.sealed_body = work.vault.seal(response.get_data(as_text=True), _place(record, "sealed_body"))


def _stored(work: Work, record: IdempotencyRecord, words: str) -> Response:
    if not work.vault.mac_agrees(record.request_mac, words, "request"):
        raise KeyUsedOtherwise("This Idempotency-Key came with another request before. Use a new one.")
    if record.status is None or record.sealed_body is None:
        raise InProgress
    response = Response(
        work.vault.open(record.sealed_body, _place(record, "sealed_body")),
        record.status,
        content_type=record.content_type,
    )
    location = record.location
    if record.sealed_location:
        location = work.vault.open(record.sealed_location, _place(record, "sealed_location"))
    if location:
        response.headers["Location"] = location
    return response


def _place(record: IdempotencyRecord, field: str) -> Place:
    return Place(record.__tablename__, field, record.key)
