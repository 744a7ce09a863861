"""The production server with the demo markets, and the demo given back to its database after each test."""

import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("resource-hub")
START_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """The address, what the server printed when it started, and the demo as it was loaded."""

    address: str
    printed: Path
    demo: "Demo"

    def account(self, role: str) -> tuple[str, str]:
        """Return the e-mail address and password of a role's first demo account, as a newcomer reads them."""
        for line in self.printed.read_text(encoding="utf-8").splitlines():
            words = line.split()
            if role in words[2:]:
                return words[0], words[1]
        pytest.fail(f"no demo account for {role} was printed")


class Demo:
    """The database of a running server, and what it held when the demo was loaded."""

    def __init__(self, file: Path) -> None:
        self._database = sqlite3.connect(file, isolation_level=None, timeout=START_SECONDS)
        self._loaded = sqlite3.connect(":memory:")
        self._database.backup(self._loaded)
        self._version = self._look()

    def give_back(self) -> None:
        """Bring the demo back where somebody changed it; whoever has signed in stays signed in."""
        if self._look() == self._version:
            return
        last = self._database.execute("SELECT max(revision) FROM market").fetchone()[0]
        self._loaded.backup(self._database)
        # The server keeps what it made of a revision: none may come a second time with other contents.
        self._database.execute("UPDATE market SET revision = ?", (last + 1,))
        self._database.execute("UPDATE suggestion_run SET revision = ?", (last + 1,))
        self._version = self._look()

    def close(self) -> None:
        self._database.close()
        self._loaded.close()

    def _look(self) -> int:
        """Return a number that grows with what others commit."""
        return int(self._database.execute("PRAGMA data_version").fetchone()[0])


@contextmanager
def a_server(instance: Path) -> Iterator[Server]:
    """Run the production server on a database of its own with the demo markets."""
    port = _free_port()
    env = {name: value for name, value in os.environ.items() if not name.startswith("RESOURCE_HUB_")}
    env |= {"RESOURCE_HUB_INSTANCE": str(instance), "RESOURCE_HUB_PORT": str(port), "RESOURCE_HUB_WORKERS": "1"}
    for command in (["db", "upgrade"], ["seed", "demo"], ["worker", "--once"]):
        subprocess.run([COMMAND, *command], env=env, check=True, capture_output=True)
    running = Server(f"http://127.0.0.1:{port}", instance / "printed", Demo(instance / "hub.db"))
    with running.printed.open("w") as printed, subprocess.Popen([COMMAND, "run"], env=env, stdout=printed) as process:
        try:
            _wait_for(port, process)
            yield running
        finally:
            process.terminate()
            running.demo.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended before it answered"
        with closing(HTTPConnection("127.0.0.1", port, timeout=2)) as asking, suppress(OSError, HTTPException):
            asking.request("GET", "/readyz")
            if asking.getresponse().status == HTTPStatus.OK:
                return
        time.sleep(0.1)
    pytest.fail(f"the server did not answer within {START_SECONDS} seconds")
