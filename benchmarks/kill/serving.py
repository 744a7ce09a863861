"""Starts the real server as `resource-hub run` does, as often as it is asked to; on demand with a planted defect.

Run by `benchmarks.kill.killing`. What it imports is imported once: each line on stdin forks one server and names its
process group on stdout, and when all of it is gone the line `gone` follows.
"""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Timer
from time import sleep
from typing import Any

from flask import Flask, Response, request
from sqlalchemy.orm import Session

from resource_hub import cli
from resource_hub.accounts.work import Work
from resource_hub.cli import run
from resource_hub.core.db import Database
from resource_hub.settings import Settings
from resource_hub.web.shared import idempotency

LATE_SECONDS = 0.5
_create_app = run.create_app


def answer_before_commit() -> None:
    """Let a request be answered first and committed a moment later."""

    @contextmanager
    def write(self: Database) -> Iterator[Session]:
        session = self._session(writes=True)
        try:
            yield session
        except BaseException:
            session.close()
            raise
        Timer(LATE_SECONDS, lambda: (session.commit(), session.close())).start()

    Database.write = write  # type: ignore[method-assign]  # this is the defect


def keep_keys_in_memory() -> None:
    """Let a process remember by itself which keys it has answered, outside of the transaction."""
    known: dict[str, Response] = {}

    def once(_work: Work, answer: Callable[[], Response]) -> Response:
        key = request.headers.get(idempotency.HEADER, "")
        return known.get(key) or known.setdefault(key, answer())

    idempotency.once = once


DEFECTS = {"answer-before-commit": answer_before_commit, "keys-in-memory": keep_keys_in_memory}


def lingering(seconds: float) -> Callable[[Settings], Flask]:
    """Return what makes the application with answers that come late, so that kills fall between commit and answer."""

    def create(settings: Settings) -> Flask:
        app = _create_app(settings)
        inner = app.wsgi_app

        def late(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
            body = inner(environ, start)
            sleep(seconds)
            return body

        app.wsgi_app = late  # type: ignore[method-assign]  # as middleware is put around an application
        return app

    return create


def serve(environment: dict[str, str], linger: float, defect: str | None) -> None:
    """Be the server."""
    os.setsid()
    os.environ.update(environment)
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, sys.stdout.fileno())
    os.dup2(silent, sys.stderr.fileno())
    run.create_app = lingering(linger)
    if defect:
        DEFECTS[defect]()
    cli.hub(["run"], prog_name="resource-hub")


def main() -> None:
    """Fork a server for each line that comes."""
    for line in sys.stdin:
        process = os.fork()
        if process == 0:
            serve(**json.loads(line))
        print(process, flush=True)
        os.waitpid(process, 0)
        print("gone", flush=True)


if __name__ == "__main__":
    main()
