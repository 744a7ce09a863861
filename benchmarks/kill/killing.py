"""Lets a server live for a moment, kills all of its processes, and starts it again, while clients send."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from time import monotonic, sleep
from typing import IO

from benchmarks.kill.clients import Told, answers, send_all, sign_in
from benchmarks.kill.counting import Pairs
from resource_hub.settings import PREFIX, Settings

START_SECONDS, WORKERS = 120, 2
MOMENT_SECONDS, LONGEST_LIFE_SECONDS = 0.2, 20


@dataclass(frozen=True)
class Nursery:
    """What forks the servers: a line in for each, and two lines out, its process group and that it is gone."""

    asked: IO[str]
    told: IO[str]

    def ask(self, line: str) -> str:
        """Send a line; return the one that answers it."""
        self.asked.write(line + "\n")
        self.asked.flush()
        return self.read()

    def read(self) -> str:
        """Return the next line."""
        return self.told.readline()


@dataclass(frozen=True)
class Server:
    """A server that can be started and killed as often as one likes; it dies soon after so many answers at most."""

    nursery: Nursery
    port: int
    start: str
    most_answers: int = 40

    @contextmanager
    def living(self) -> Iterator[None]:
        """Start the server and wait until it answers; at the end kill all of its processes at once."""
        group = int(self.nursery.ask(self.start))
        try:
            self._wait()
            yield
        finally:
            os.killpg(group, signal.SIGKILL)
            self.nursery.read()

    def _wait(self) -> None:
        until = monotonic() + START_SECONDS
        while not answers(self.port):
            if monotonic() > until:
                message = "the server does not start"
                raise RuntimeError(message)
            sleep(0.02)


@contextmanager
def nursery() -> Iterator[Nursery]:
    """Start what forks the servers."""
    command, root = [sys.executable, "-m", "benchmarks.kill.serving"], Path(__file__).parents[2]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=root, text=True, **pipes) as process:  # noqa: S603 - our own module
        if process.stdin and process.stdout:
            yield Nursery(process.stdin, process.stdout)


def server_of(nursery: Nursery, settings: Settings, linger: float, defect: str | None) -> Server:
    """Return the server of an installation; two workers, on a port that is free."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # As in production, so that no worker for notices is started beside it: that one has a test of its own.
    given = {
        "ENV": "production",
        "INSTANCE": str(settings.instance),
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
        "DATA_KEY": settings.data_key,
        "PORT": str(port),
        "WORKERS": str(WORKERS),
    }
    environment = {PREFIX + name: value for name, value in given.items()}
    return Server(nursery, port, json.dumps({"environment": environment, "linger": linger, "defect": defect}))


def kill_again_and_again(
    server: Server, who: tuple[str, str], pairs: Sequence[Pairs], cycles: int, chance: random.Random,
    say: Callable[[int], None] = lambda _cycle: None,
) -> list[Told]:  # fmt: skip
    """Kill the server so many times while each client sends its pairs; return what the clients were told.

    `who` is the address and the password to sign in with. In the end every request that was begun has its answer.
    """
    told, over = [Told() for _ in pairs], Event()
    with ThreadPoolExecutor(len(pairs)) as pool:
        with server.living():
            session = sign_in(server.port, *who)
            sending = [
                pool.submit(send_all, session, wanted, over, one) for wanted, one in zip(pairs, told, strict=True)
            ]
            _live(told, chance.randint(1, server.most_answers))
            sleep(chance.uniform(0, MOMENT_SECONDS))
        for cycle in range(1, cycles):
            say(cycle)
            with server.living():
                _live(told, chance.randint(1, server.most_answers))
                sleep(chance.uniform(0, MOMENT_SECONDS))
        with server.living():
            over.set()
            for one in sending:
                one.result()
    return told


def _live(told: Sequence[Told], answers: int) -> None:
    until, enough = monotonic() + LONGEST_LIFE_SECONDS, _done(told) + answers
    while _done(told) < enough and monotonic() < until:
        sleep(0.005)


def _done(told: Sequence[Told]) -> int:
    return sum(len(one.handoffs) + len(one.messages) for one in told)
