"""Clients that send handoffs over HTTP, and send the same again with the same key until they have an answer."""

import http.client
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Event
from time import sleep
from urllib.parse import urlencode
from uuid import uuid4

_PATIENCE_SECONDS, _PAUSE_SECONDS = 15, 0.1
CUT_OFF, _AWAY = "cut off", "away"
_AGAIN = {CUT_OFF, _AWAY, HTTPStatus.CONFLICT, HTTPStatus.SERVICE_UNAVAILABLE}
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(frozen=True)
class Session:
    """Who is signed in at which port."""

    port: int
    cookie: str
    token: str


@dataclass
class Told:
    """What a client asked, for a person at a place, and was told: the handoff's address, what else came."""

    asked: set[tuple[str, str]] = field(default_factory=set)
    handoffs: dict[tuple[str, str], str] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)


def answers(port: int) -> bool:
    """Tell whether a server answers at a port."""
    try:
        return _ask(port, "GET", "/readyz", "")[0].status == HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False


def sign_in(port: int, email: str, password: str) -> Session:
    """Sign in as a browser does; return the session, which outlives the server."""
    cookie, token = _page(port, "/sign-in", "")
    fields = urlencode({"csrf_token": token, "email": email, "password": password})
    answer, _body = _ask(port, "POST", "/sign-in", cookie, fields)
    cookie, token = _page(port, "/desk/people/", _cookie(answer) or cookie)
    return Session(port, cookie, token)


def send_all(session: Session, wanted: Iterable[tuple[str, str]], over: Event, told: Told) -> None:
    """Send a handoff for each person and place, and a question about it, until it is over or nobody is left."""
    for person, place in wanted:
        if over.is_set():
            return
        told.asked.add((person, place))
        location = _send(session, f"/desk/people/{person}/handoffs", _handoff(place), told)
        if location is None:
            continue
        told.handoffs[person, place] = location
        if _send(session, f"{location}/messages", {"text": "When may they come?"}, told):
            told.messages.append(location)


def _handoff(place: str) -> dict[str, str]:
    return {
        "service_at_location_id": place,
        "needs": "food-insecurity",
        "urgency": "routine",
        "fields": "name",
        "basis": "authorization",
        "how_given": "verbal",
        "days": "30",
        "agreed": "y",
        "only_route": "y",
        "despite_no_capacity": "y",
        "override": "other",
    }


def _send(session: Session, path: str, fields: dict[str, str], told: Told) -> str | None:
    """Send one request until it is answered; return where the answer leads, None where it was refused."""
    body, key = urlencode(fields | {"csrf_token": session.token}), str(uuid4())
    for status, location in _tries(session, path, body, key):
        told.answers[str(status)] += 1
        if status == HTTPStatus.SEE_OTHER:
            return location
        if status not in _AGAIN:
            return None
        sleep(_PAUSE_SECONDS)
    return None


def _tries(session: Session, path: str, body: str, key: str) -> Iterator[tuple[int | str, str | None]]:
    while True:
        try:
            answer, _text = _ask(session.port, "POST", path, session.cookie, body, key)
        except ConnectionRefusedError:
            yield _AWAY, None
        except (OSError, http.client.HTTPException):
            yield CUT_OFF, None
        else:
            yield answer.status, answer.headers["Location"]


def _page(port: int, path: str, cookie: str) -> tuple[str, str]:
    answer, body = _ask(port, "GET", path, cookie)
    found = _TOKEN.search(body)
    if found is None:
        message = f"{path} answers {answer.status} and has no form"
        raise RuntimeError(message)
    return _cookie(answer) or cookie, found[1]


def _cookie(answer: http.client.HTTPResponse) -> str:
    return "; ".join(one.partition(";")[0] for one in answer.headers.get_all("Set-Cookie") or ())


def _ask(
    port: int, method: str, path: str, cookie: str, body: str | None = None, key: str = ""
) -> tuple[http.client.HTTPResponse, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_SECONDS)
    headers = {"Cookie": cookie, "Idempotency-Key": key, "Content-Type": "application/x-www-form-urlencoded"}
    try:
        connection.request(method, path, body, {name: value for name, value in headers.items() if value})
        answer = connection.getresponse()
        return answer, answer.read().decode()
    finally:
        connection.close()
