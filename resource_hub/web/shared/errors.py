"""Errors as people and programs read them: one table from kind to HTTP, HTML or problem+json."""

from dataclasses import replace

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from resource_hub.core.db import is_taken
from resource_hub.core.errors import Conflict, HubError, Invalid, NotAllowed, NotFound, Refused
from resource_hub.core.language import said
from resource_hub.web.shared.language import current_translate

STATUS: tuple[tuple[type[HubError], int], ...] = (
    (Invalid, 422),
    (NotFound, 404),
    (NotAllowed, 403),
    (Refused, 409),
    (Conflict, 409),
)
_FOR_PROGRAMS = ("/api/", "/hsds/", "/fhir/", "/healthz", "/readyz")
_BUSY, _CONFLICT = 503, 409


def register_errors(app: Flask) -> None:
    """Answer every error in the reader's form; none of them says what people typed."""
    app.register_error_handler(HubError, _hub_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(IntegrityError, _integrity)
    app.register_error_handler(StaleDataError, _meanwhile)
    app.register_error_handler(Exception, _unexpected)


def for_programs() -> bool:
    """Tell whether the one who asks is a program."""
    return request.path.startswith(_FOR_PROGRAMS)


def _hub_error(error: HubError) -> Response:
    status = next((status for kind, status in STATUS if isinstance(error, kind)), 500)
    return _render(status, error.code, said(error.text, current_translate()), error)


def _csrf_error(error: CSRFError) -> Response:
    return _render(400, "form_expired", _("This form is too old. Go back, reload the page and send it again."))


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    answer = _render(status, (error.name or "error").lower().replace(" ", "_"), _sentence(status))
    for name, value in error.get_headers():
        if name in {"Allow", "Location", "Retry-After"}:
            answer.headers[name] = value
    if error.response is not None and "Location" in error.response.headers:
        answer.headers["Location"] = error.response.headers["Location"]
    return answer


def _busy(error: OperationalError) -> Response:
    # The statement and its values stay out of the log: they may hold people's data.
    from_driver = type(error.orig).__name__
    g.failure = f"OperationalError/{from_driver}"
    answer = _render(_BUSY, "busy", _("The system is busy. Wait a moment, then try again."))
    answer.headers["Retry-After"] = "1"
    return answer


def _integrity(error: IntegrityError) -> Response:
    # Two who add the same row at one moment are nobody's mistake; all else that a constraint refuses is ours.
    return _meanwhile(error) if is_taken(error) else _unexpected(error)


def _meanwhile(error: IntegrityError | StaleDataError) -> Response:
    # Of the error only the kind is told: the driver's words hold the row.
    g.failure = type(error).__name__
    text = _("Somebody else changed this at the same moment. Nothing was changed. Look at it again, then try again.")
    return _render(_CONFLICT, "changed_meanwhile", text)


def _unexpected(error: Exception) -> Response:
    g.failure = _where(error)
    text = _("Something went wrong on our side. Nothing was changed. Try again in a moment.")
    return _render(500, "unexpected", text)


def _where(error: Exception) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else "unknown"
    return f"{type(error).__name__} at {place}"


def _sentence(status: int) -> str:
    sentences = {
        400: _("The request cannot be read. Go back and try again."),
        404: _("There is no such page."),
        405: _("This page cannot be used that way."),
        413: _("What you sent is too large."),
        415: _("Send JSON, with Content-Type: application/json."),
        429: _("Too many requests. Wait a moment, then try again."),
    }
    return str(sentences.get(status, _("The request failed. Go back and try again.")))


def _render(status: int, code: str, text: str, error: HubError | None = None) -> Response:
    translate = current_translate()
    faults = [replace(fault, text=said(fault.text, translate)) for fault in error.faults] if error else []
    incident = g.get("incident", "")
    g.refusal = code
    if for_programs():
        problem = {
            "type": f"/problems/{code}",
            "title": code.replace("_", " ").capitalize(),
            "status": status,
            "code": code,
            "detail": text,
            "incident": incident,
            "errors": [{"field": fault.field, "code": fault.code, "text": fault.text} for fault in faults],
        }
        answer = jsonify(problem)
        answer.content_type = "application/problem+json"
    else:
        answer = make_response(
            render_template("shared/error.html", status=status, text=text, faults=faults, incident=incident)
        )
    answer.status_code = status
    return answer
