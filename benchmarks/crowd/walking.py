"""One of the crowd: signs in, follows links, fills in forms and sends them, some of them twice."""

import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from benchmarks.crowd.reading import Form, Reader
from benchmarks.crowd.typing_in import filled_in

Account = tuple[str, str]
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)[0-9a-f]{8}$|(?<=/answer/)[\w-]+")
_LEAVES = re.compile(r"/sign-out|/sign-in|/language|/static")
_MOST_STEPS, _HOPS = 60, 4
_SENDS, _TWICE, _FORMS_THAT_WRITE = 0.6, 0.05, 0.9


@dataclass
class Seen:
    """What the crowd was answered, what it wrote, who had to come again, and what ended in a fault of ours."""

    answers: Counter[int] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)
    busy: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)


class Walker:
    """Somebody at a browser of their own; without an account, a resident."""

    def __init__(self, app: Flask, account: Account | None, chance: random.Random, care: float, today: str) -> None:
        """Take the share of forms that are filled in with care, and the date for fields that ask for one."""
        self.seen = Seen()
        self._app, self._account, self._chance = app, account, chance
        self._care, self._today = care, today

    def walk(self, over: Callable[[], bool]) -> None:
        """Come with a new browser, look around and press things, until one has enough or it is over."""
        client = self._app.test_client()
        path, answer = self._arrive(client)
        for _step in range(self._chance.randint(_MOST_STEPS // 3, _MOST_STEPS)):
            if over():
                return
            page = Reader(path, answer.get_data(as_text=True) if answer.mimetype == "text/html" else "")
            forms = [form for form in page.forms if not _LEAVES.search(form.action)]
            links = [link for link in page.links if not _LEAVES.match(link)]
            if forms and self._chance.random() < _SENDS:
                path, answer = self._send(client, self._form_of(forms))
            else:
                path, answer = self._open(client, self._chance.choice(links) if links else "/")

    def _arrive(self, client: FlaskClient) -> tuple[str, TestResponse]:
        if self._account is None:
            return self._open(client, "/")
        _path, answer = self._open(client, "/sign-in")
        form = next(one for one in Reader("/sign-in", answer.get_data(as_text=True)).forms if "sign-in" in one.action)
        hidden = {one.name: one.value for one in form.fields if one.kind == "hidden"}
        email, password = self._account
        answer = client.post(form.action, data={**hidden, "email": email, "password": password})
        return self._follow(client, form.action, self._note("POST", form.action, answer))

    def _form_of(self, forms: list[Form]) -> Form:
        writing = [form for form in forms if form.method == "post"]
        return self._chance.choice(writing if writing and self._chance.random() < _FORMS_THAT_WRITE else forms)

    def _send(self, client: FlaskClient, form: Form) -> tuple[str, TestResponse]:
        sent = filled_in(form, self._chance, self._today, careful=self._chance.random() < self._care)
        action = form.action
        if form.buttons:
            name, value, own = self._chance.choice(form.buttons)
            action = own or action
            if name:
                sent[name] = value
        if form.method != "post":
            return action, self._note("GET", action, client.get(action, query_string=sent))
        answer = self._note("POST", action, client.post(action, data=sent))
        if self._chance.random() < _TWICE:
            answer = self._note("POST", action, client.post(action, data=sent))
        return self._follow(client, action, answer)

    def _open(self, client: FlaskClient, path: str) -> tuple[str, TestResponse]:
        return self._follow(client, path, self._note("GET", path, client.get(path)))

    def _follow(self, client: FlaskClient, path: str, answer: TestResponse) -> tuple[str, TestResponse]:
        for _hop in range(_HOPS):
            if not (answer.location or "").startswith("/"):
                break
            path = str(answer.location)
            answer = self._note("GET", path, client.get(path))
        return path, answer

    def _note(self, method: str, path: str, answer: TestResponse) -> TestResponse:
        address = _ID.sub("…", path.partition("?")[0])
        self.seen.answers[answer.status_code] += 1
        if method == "POST" and answer.status_code == HTTPStatus.SEE_OTHER:
            self.seen.written[address] += 1
        if answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
            self.seen.busy[f"{method} {address}"] += 1
        elif answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self.seen.faults[f"{method} {address}: {answer.status_code}"] += 1
        return answer
